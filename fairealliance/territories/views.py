"""Pages of territories: search and browse, suggestions, the portrait."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import Trail, page_of, trail_to
from fairealliance.territories import former_address, governing, portrait, surroundings
from fairealliance.territories.addresses import address_of
from fairealliance.territories.autocomplete import resolve_text, suggest
from fairealliance.territories.comparable import Comparison, compare
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.overview import overview
from fairealliance.territories.weights_form import WeightsForm
from fairealliance.territories.words import level_plural, of_name, seat_name

_SHOWN = 8
_COMPARED = 12
_MEMBERS = 50


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Search a territory by name or code, or browse from the régions down."""
    asked = request.GET.get("q", "").strip()[:200]
    candidates = []
    if asked:
        resolution = resolve_text(asked)
        if resolution.territory:
            return redirect(resolution.territory)
        candidates = _linked(resolution.candidates)
    context = {
        "asked": asked,
        "candidates": candidates,
        "overview": overview(),
        "trail": trail_to((_("Territoires"), "")),
    }
    return render(request, "territories/index.html", context)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`[{"ref", "name", "context", "level"}]` for what was typed so far."""
    levels = [level for level in request.GET.getlist("level") if level in Level.values] or None
    found = suggest(request.GET.get("q", "")[:200], levels=levels)
    rows = [{"ref": s.ref, "name": s.name, "context": s.context, "level": s.level} for s in found]
    response = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def detail(request: HttpRequest, level: str, code: str, slug: str = "") -> HttpResponseBase:
    """The portrait of a territory."""
    found = former_address.today_of(level, code.upper())
    if found is None:
        return _unknown(request, level, code, slug)
    territory, elsewhere = found
    if elsewhere:
        return former_address.redirect_to(territory, level, code.upper())
    if moved := moved_to(request, territory.get_absolute_url()):
        return moved
    form = WeightsForm(request.GET if WeightsForm.is_sent(request.GET) else None)
    context = _portrait(request, territory, form)
    return render(request, "territories/detail.html", context, status=200 if form.holds() else 400)


def _portrait(request: HttpRequest, territory: Territory, form: WeightsForm) -> dict[str, Any]:
    above, parts = surroundings.ancestors(territory), surroundings.parts(territory)
    comparison: Comparison = compare(territory, limit=_COMPARED, weights=form.weights())
    ranked, strips = portrait.placed(territory, portrait.figures(territory), comparison.neighbours)
    tabs = surroundings.tabs(territory, request.GET.get("voir", ""))
    shown = next((tab for tab in tabs if tab.shown), None)
    asked = request.GET.get(former_address.PARAMETER, "")
    return {
        "territory": territory,
        "what": governing.what(territory),
        "seat": seat_name(territory.nature) if territory.level == Level.COMMUNE else "",
        "of_name": of_name(territory.name, territory.article),
        "plural": level_plural(territory.level) if territory.level != Level.COUNTRY else "",
        "above": above,
        "parts": parts,
        "parts_title": surroundings.parts_title(parts),
        "former": former_address.notice(territory, asked) if asked else "",
        "themes": portrait.by_theme(ranked),
        "sources": portrait.sources_of(ranked),
        "strips": strips,
        "comparison": comparison,
        "neighbours": _linked(comparison.neighbours[:_SHOWN]),
        "weights": form,
        "tabs": tabs,
        "members": page_of(request, surroundings.members(territory, shown.value), _MEMBERS) if shown else None,
        "members_query": f"voir={shown.value}" if shown else "",
        "in_france": surroundings.in_france(territory),
        "local_map": surroundings.local_map(territory, above),
        "trail": _trail(territory, above),
    }


def _linked(found: list[Any]) -> list[tuple[Any, str]]:
    """Suggestions or neighbours with the address of their page."""
    pairs = []
    for item in found:
        ref = getattr(item, "ref", None) or item.territory_ref
        pairs.append((item, address_of(ref, item.name)))
    return pairs


def _trail(territory: Territory, above: list[Territory]) -> Trail:
    """From France down, through the one région and département that hold it; several would mislead."""
    wide = [item for item in reversed(above) if item.level in (Level.REGION, Level.DEPARTEMENT)]
    levels = [item.level for item in wide]
    single = [(item.name, item.get_absolute_url()) for item in wide if levels.count(item.level) == 1]
    return trail_to((_("Territoires"), reverse("territories:index")), *single, (territory.name, ""))


def _unknown(request: HttpRequest, level: str, code: str, slug: str) -> HttpResponse:
    """A friendly 404: what was asked, and the search with what comes nearest."""
    words = slug.replace("-", " ") or code
    context = {
        "asked": f"{level}:{code}",
        "words": words,
        "candidates": _linked(suggest(words, limit=6)),
        "trail": trail_to((_("Territoires"), reverse("territories:index")), (_("Inconnu"), "")),
    }
    return render(request, "territories/unknown.html", context, status=404)
