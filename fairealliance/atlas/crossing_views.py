"""Two indicators crossed: the page, and its files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.atlas import cloud, listing, ranks
from fairealliance.atlas.asking import FORMATS, Refused
from fairealliance.atlas.crossing import Crossing, common, crossable, crossing
from fairealliance.lib.tabular.tables import table_file
from fairealliance.lib.tabular.writing import Cell
from fairealliance.provenance.pages import trail_to
from fairealliance.territories.models import Indicator
from fairealliance.territories.words import level_plural

_PER_PAGE = 50
_TWO = 2
_HEADER = ("niveau", "code", "nom", "habitants", "x", "y", "rapprochement")


@require_safe
def cross(request: HttpRequest) -> HttpResponse:
    """The cloud, its sentence and its table; or the form alone, when nothing was chosen yet."""
    indicators = {each.slug: each for each in listing.every()}
    context = _form(request, indicators)
    if len(context["options"]) < _TWO:
        return render(request, "atlas/cross.html", context)
    if not request.GET.get("x") or not request.GET.get("y"):
        return render(request, "atlas/cross.html", context)
    try:
        found = crossing(request.GET, indicators)
    except Refused as error:
        return render(request, "atlas/cross.html", {**context, "problem": str(error)}, status=400)
    return render(request, "atlas/cross.html", {**context, **_found(request, found)})


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file."""
    if form not in FORMATS:
        raise Http404
    indicators = {each.slug: each for each in listing.every()}
    try:
        found = crossing(request.GET, indicators)
    except Refused as error:
        context = {**_form(request, indicators), "problem": str(error)}
        return render(request, "atlas/cross.html", context, status=400)
    address = request.build_absolute_uri(f"{reverse('atlas:cross')}?{_query(found)}")
    name = f"{found.x.slug}-{found.y.slug}-{found.level.value}"[:120]
    if form == "svg":
        response = HttpResponse(cloud.standalone(found, address), content_type="image/svg+xml")
        response["Content-Disposition"] = f'inline; filename="{name}.svg"'
        return response
    return table_file(name, form, _HEADER, _cells(found), _about(found, address))


def _form(request: HttpRequest, indicators: dict[str, Indicator]) -> dict[str, Any]:
    steps = ((_("Observatoire"), "/observatoire/"), (_("Données des territoires"), reverse("atlas:index")))
    return {
        "options": crossable(indicators),
        "chosen_x": request.GET.get("x", ""),
        "chosen_y": request.GET.get("y", ""),
        "chosen_level": request.GET.get("niveau", ""),
        "text": request.GET.get("territoire", "")[:200],
        "trail": trail_to(*steps, (_("Croiser"), "")),
    }


def _found(request: HttpRequest, found: Crossing) -> dict[str, Any]:
    page = Paginator(found.ordered(), _PER_PAGE).get_page(request.GET.get("page"))
    levels = [
        (level_plural(level), _query(found, niveau=level.value), level == found.level)
        for level in common(found.x, found.y)
    ]
    return {
        "crossing": found,
        "drawing": SafeString(cloud.draw(found, linked=True)),  # names are escaped there
        "width": cloud.WIDTH,
        "height": cloud.HEIGHT,
        "logarithmic": cloud.logarithmic(found),
        "caution": ranks.caution(),
        "levels": levels,
        "page": page,
        "rows": [_row(found, pair) for pair in page.object_list],
        "query": _query(found),
        "files": [(each, each.upper()) for each in FORMATS],
        "swapped": _query(found, x=found.y.slug, y=found.x.slug),
        "text": found.marked.text,
        "ref": found.marked.ref,
        "candidates": [(each, _query(found, territoire=each.ref)) for each in found.marked.candidates],
    }


def _row(found: Crossing, pair: Any) -> dict[str, Any]:
    return {
        "place": pair.place,
        "x": found.xs.told(pair.x),
        "y": found.ys.told(pair.y),
        "is_own": found.own is pair,
        "is_alike": pair.place.pk in found.marked.alike_ids,
    }


def _query(found: Crossing, **changes: str) -> str:
    chosen = {"x": found.x.slug, "y": found.y.slug, "niveau": found.level.value, "territoire": found.marked.ref}
    held = {**chosen, **changes}
    return urlencode({name: value for name, value in held.items() if value})


def _cells(found: Crossing) -> list[list[Cell]]:
    alike = set(found.marked.alike_ids)
    own = found.marked.own.pk if found.marked.own else None
    return [
        [
            *(pair.place.level, pair.place.code, pair.place.name, pair.place.population, pair.x, pair.y),
            _("le vôtre") if pair.place.pk == own else _("comparable") if pair.place.pk in alike else None,
        ]
        for pair in found.ordered()
    ]


def _about(found: Crossing, address: str) -> dict[str, Any]:
    return {
        "titre": found.title,
        "lecture": found.sentence,
        "prudence": ranks.caution(),
        "x": f"{found.x.label} ({found.x.unit}), {found.x.source.label}, {found.x.vintage}, {found.x.source.licence}",
        "y": f"{found.y.label} ({found.y.unit}), {found.y.source.label}, {found.y.vintage}, {found.y.source.licence}",
        "n": found.correlation.number,
        "rho": found.correlation.rho,
        "page": address,
    }
