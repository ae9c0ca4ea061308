"""The maps: the list of indicators, one of them on its map, and the same as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.atlas import asking, listing, page, table
from fairealliance.atlas.asking import FORMATS, Refused
from fairealliance.atlas.choropleth import Atlas, atlas
from fairealliance.atlas.document import standalone
from fairealliance.atlas.series import known_levels
from fairealliance.lib.tabular.tables import table_file
from fairealliance.provenance.pages import Trail, trail_to
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Indicator

_TELLING = (Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.COMMUNE)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every indicator, under its theme, with the levels at which it is known."""
    themes = listing.by_theme()
    can_cross = listing.can_cross(listed for _theme, listeds in themes for listed in listeds)
    context = {"themes": themes, "can_cross": can_cross, "trail": _trail((_("Cartes"), ""))}
    return render(request, "atlas/index.html", context)


@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator on its map, with its table."""
    found = _indicator(slug)
    if found is None:
        return unknown(request, slug)
    try:
        drawn = _atlas(request, found)
    except Refused as error:
        return refused(request, str(error), reverse("atlas:indicator", args=[slug]), found.label)
    return render(request, "atlas/indicator.html", {**page.of(request, drawn), "trail": _trail((found.label, ""))})


@require_safe
def download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same figures as a file."""
    found = _indicator(slug)
    if found is None or form not in FORMATS:
        raise Http404
    try:
        drawn = _atlas(request, found)
    except Refused as error:
        return refused(request, str(error), reverse("atlas:indicator", args=[slug]), found.label)
    name = f"{slug}-{drawn.level.value}"
    address = request.build_absolute_uri(f"{reverse('atlas:indicator', args=[slug])}?{urlencode(page.query_of(drawn))}")
    if form == "svg":
        response = HttpResponse(standalone(drawn, address), content_type="image/svg+xml")
        response["Content-Disposition"] = f'inline; filename="{name}.svg"'
        return response
    return table_file(name, form, table.HEADER, table.cells(drawn), table.about(drawn, address))


def refused(request: HttpRequest, message: str, back: str, label: str) -> HttpResponse:
    """What was asked means nothing: why, and where to start again."""
    context = {"message": message, "back": back, "label": label, "trail": _trail((_("Demande à revoir"), ""))}
    return render(request, "atlas/refused.html", context, status=400)


def unknown(request: HttpRequest, slug: str) -> HttpResponse:
    """No such indicator: those there are."""
    context = {"asked": slug[:80], "themes": listing.by_theme(), "trail": _trail((_("Inconnu"), ""))}
    return render(request, "atlas/unknown.html", context, status=404)


def _trail(*steps: tuple[str, str]) -> Trail:
    above = ((_("Observatoire"), "/observatoire/"), (_("Données des territoires"), reverse("atlas:index")))
    return trail_to(*above, *steps)


def _indicator(slug: str) -> Indicator | None:
    return Indicator.objects.select_related("source").filter(slug=slug).first()


def _atlas(request: HttpRequest, found: Indicator) -> Atlas:
    """Raises Refused."""
    level = asking.level_of(request.GET, usual_level(found))
    return atlas(found, level, asking.choices(request.GET), asking.marked(request.GET, level))


def usual_level(found: Indicator) -> Level:
    """The most telling of the levels at which it is known."""
    known = known_levels().get(found.pk, {})
    return next((level for level in _TELLING if level in known), Level.EPCI)
