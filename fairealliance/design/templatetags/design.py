"""What templates need to draw the identity: stylesheet, icons, shapes, numbers in French."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from fairealliance.design import masthead
from fairealliance.design import stylesheet as sheets
from fairealliance.design.plots import NARROW, WIDE, Plot, height
from fairealliance.design.spheres import LOOKS
from fairealliance.lib.french_numbers import counted, format_number

register = template.Library()

COMPONENTS = Path(__file__).resolve().parents[1] / "components"
THREE = frozenset({"association", "entreprise", "collectivite"})
NO_BREAK = "\u00a0"
STATES = {
    "secret": gettext_lazy("Secret statistique"),
    "unavailable": gettext_lazy("Non disponible"),
    "not_applicable": gettext_lazy("Sans objet"),
    "unknown": gettext_lazy("Inconnu"),
}
LEVELS = {
    "commune": gettext_lazy("Commune"),
    "commune-deleguee": gettext_lazy("Commune déléguée"),
    "commune-associee": gettext_lazy("Commune associée"),
    "arrondissement-municipal": gettext_lazy("Arrondissement"),
    "epci": gettext_lazy("Intercommunalité"),
    "ept": gettext_lazy("Établissement public territorial"),
    "departement": gettext_lazy("Département"),
    "region": gettext_lazy("Région"),
    "pays": gettext_lazy("Pays"),
}
NAVIGATION = (
    (
        gettext_lazy("Agir"),
        "/agir/",
        ("/agir/", "/passer-a-l-action/", "/accompagnement/", "/contribuer/", "/besoins/", "/offres/"),
    ),
    (
        gettext_lazy("S’informer"),
        "/s-informer/",
        ("/s-informer/", "/actualites/", "/etudes/", "/observatoire/", "/feuille-de-route/"),
    ),
    (gettext_lazy("Se former"), "/se-former/", ("/se-former/", "/exemples/", "/outils/", "/kit")),
    (
        gettext_lazy("Explorer"),
        "/recherche/",
        ("/recherche/", "/pratiques/", "/organisations/", "/ressources/"),
    ),
    (gettext_lazy("Territoires"), "/territoires/", ("/territoires/",)),
)


@register.simple_tag
def stylesheet() -> SafeString:
    """The link to all our CSS. Needs no request, so that the error 500 page is dressed too."""
    address = reverse("design:style", kwargs={"digest": sheets.current().digest})
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, *, query: bool = False) -> str:
    """The page's own address; empty without a request (error 500) or when its host is not ours."""
    request = context.get("request")
    if request is None:
        return ""
    try:
        return str(request.build_absolute_uri(request.get_full_path() if query else request.path))
    except DisallowedHost:
        # The very reason why the error 400 page is being shown.
        return ""


@register.simple_tag(takes_context=True)
def whole_address(context: template.Context, path: str) -> str:
    """`/partage/site.png` with the host before it; empty where `page_address` is."""
    request = context.get("request")
    try:
        return str(request.build_absolute_uri(path)) if request else ""
    except DisallowedHost:
        return ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the main navigation; `current` is the value of aria-current, or empty; `count` tells what awaits."""

    label: str
    href: str
    current: str = ""
    count: int = 0


@register.simple_tag(takes_context=True)
def nav_entries(context: template.Context) -> list[Entry]:
    """The main navigation, with the section of the present page told apart."""
    path = getattr(context.get("request"), "path", "")
    return [
        Entry(str(label), href, ("page" if path == href else "true") if path.startswith(sections) else "")
        for label, href, sections in NAVIGATION
    ]


@register.simple_tag(takes_context=True)
def account_link(context: template.Context) -> Entry:
    """« Se connecter », or « Mon espace » and how many things await. Without a session's cookie the session is not
    opened, and nothing is counted.
    """
    request = context.get("request")
    path = getattr(request, "path", "")
    if settings.SESSION_COOKIE_NAME in getattr(request, "COOKIES", {}) and _is_signed_in(request):
        current = "page" if path == "/mon-espace/" else ""
        return Entry(str(gettext_lazy("Mon espace")), "/mon-espace/", current, _count(request))
    return Entry(str(gettext_lazy("Se connecter")), "/connexion/", "page" if path == "/connexion/" else "")


def _is_signed_in(request: Any) -> bool:
    """An error page may be drawn before anybody asked who it is for, or because the database is away."""
    try:
        return bool(request.user.is_authenticated)
    except (AttributeError, DatabaseError):
        return False


def _count(request: Any) -> int:
    """Nothing is told where the database is away: an error page is still drawn."""
    try:
        return masthead.count(request)
    except DatabaseError:
        return 0


@cache
def _drawing(path: Path) -> SafeString:
    # Our own files, read once: the only callers pass names that exist or fail loudly.
    return mark_safe(path.read_text(encoding="utf-8").strip())  # noqa: S308 -- our own icons


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline SVG of `components/icon/`, hidden from screen readers: the word beside it speaks."""
    return _drawing(COMPONENTS / "icon" / f"{name}.svg")


@register.simple_tag
def sphere_shape(sphere: str) -> SafeString:
    """The shape of a sphere in its colour, without its word."""
    return _drawing(COMPONENTS / "sphere" / "shapes" / f"{LOOKS[sphere].shape}.svg")


@register.filter
def sphere_label(sphere: str) -> str:
    """`collectivite` → `Collectivité`; a sphere we do not know is shown as written."""
    return str(LOOKS[sphere].label) if sphere in LOOKS else sphere


@cache
def _badge(sphere: str) -> SafeString:
    return render_to_string("design/components/sphere/sphere.html", {"sphere": sphere})


@register.simple_tag
def sphere_badge(sphere: str) -> SafeString:
    """The sphere component without parameters, drawn once a process: lists show hundreds."""
    return _badge(sphere) if sphere in LOOKS else SafeString("")


@cache
def _mark(spheres: frozenset[str], size: str, label: str) -> SafeString:
    context = {"spheres": spheres, "size": size, "label": label}
    return render_to_string("design/components/mark/mark.html", context)


@register.simple_tag
def mark(spheres: Iterable[str], size: str = "m", label: str = "") -> SafeString:
    """The three circles, those of `spheres` lit. Other spheres have no circle and change nothing."""
    return _mark(frozenset(spheres) & THREE, size, label)


@register.simple_tag
def mark_logo() -> SafeString:
    """The whole mark, as in the masthead."""
    return _mark(THREE, "m", "")


@register.simple_tag
def goal_mark(number: int) -> SafeString:
    """The number of a goal in its UN colour; its name must stand beside it or in a title."""
    return format_html('<span class="goal-mark goal-{}">{}</span>', int(number), int(number))


@register.filter
def number_fr(value: float | Decimal | None, decimals: int = 0) -> str:
    """`1234.5|number_fr:1` → `1 234,5`; nothing for None, because absence is told by its state."""
    return "" if value is None else format_number(value, decimals)


@register.filter
def unlocalized(value: float) -> str:
    """`12.5` stays `12.5`: what SVG and HTML attributes read, whatever the page's language."""
    return str(value)


@register.filter
def with_unit(text: str, unit: str | None = None) -> str:
    """`12,5` and `%` → `12,5 %` with a no-break space."""
    return f"{text}{NO_BREAK}{unit}" if unit else text


@register.filter
def figure_state(state: str) -> str:
    """The words for a value that is not a number."""
    return str(STATES.get(state, STATES["unknown"]))


@register.filter
def level_label(level: str) -> str:
    """`epci` → `Intercommunalité`."""
    return str(LEVELS.get(level, level))


@register.simple_tag
def page_links(page: int, pages: int) -> list[int | None]:
    """Page numbers to show around `page`; None where some are left out."""
    paginator = Paginator(range(pages), 1)
    shown = paginator.get_elided_page_range(page, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


class FacetOption(Protocol):
    """A value one can narrow by."""

    value: str
    label: str
    count: int | None
    selected: bool


@register.simple_tag
def facet_options(name: str, options: Sequence[FacetOption], limit: int | str) -> SafeString:
    """The lines of the facet component. Written here, not in its template: a page has two hundred of them."""
    one, many = str(gettext_lazy("résultat")), str(gettext_lazy("résultats"))
    shown = int(limit)
    lines = []
    for place, option in enumerate(options, start=1):
        folded = ' class="facet-more"' if place > shown and not option.selected else ""
        checked = " checked" if option.selected else ""
        value = escape(option.value)
        count = ""
        if option.count is not None:
            spoken = many if option.count >= 2 else one
            count = f'{format_number(option.count)}<span class="visually-hidden"> {spoken}</span>'
        lines.append(
            f'<li{folded}><label><input type="checkbox" id="{name}-{value}" name="{name}" value="{value}"{checked}>'
            f'<span>{escape(option.label)}</span><span class="facet-count">{count}</span></label></li>'
        )
    return mark_safe("".join(lines))  # noqa: S308 -- names are ours, values and labels are escaped


@register.simple_tag
def level_words() -> str:
    """Every level's word as JSON, for a `data-` attribute read by the autocomplete's script."""
    return json.dumps({level: str(words) for level, words in LEVELS.items()}, ensure_ascii=False)


@register.simple_tag
def room_of_plot(plot: Plot) -> dict[str, SafeString]:
    """The sizes of a chart, wide and narrow, as attributes."""
    sizes = {"wide": WIDE, "narrow": NARROW}
    return {name: format_html('width="{}" height="{}"', width, height(plot, width)) for name, width in sizes.items()}


@register.simple_tag
def count_words(count: int, one: str, many: str) -> str:
    """`0 résultat`, `1 résultat`, `2 résultats`: French is singular below two."""
    return counted(count, one, many)
