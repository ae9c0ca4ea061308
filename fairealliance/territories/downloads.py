"""The figures of a territory as files: CSV for spreadsheets, JSON for programs."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.tabular.writing import csv_file
from fairealliance.territories import former_address
from fairealliance.territories.enums import State
from fairealliance.territories.models import Territory
from fairealliance.territories.portrait import Figure, figures


@require_safe
def figures_csv(request: HttpRequest, level: str, code: str) -> HttpResponse:
    territory = _territory(level, code)
    header = [
        *(_("niveau"), _("code"), _("territoire"), _("identifiant"), _("indicateur"), _("valeur"), _("unité")),
        *(_("état"), _("note"), _("source"), _("millésime"), _("licence")),
    ]
    rows = [_row(territory, figure) for figure in figures(territory)]
    return csv_file(f"{territory.slug}-{territory.code}", [header, *rows])


@require_safe
def figures_json(request: HttpRequest, level: str, code: str) -> JsonResponse:
    """The same, with numbers as numbers and `null` where there is none."""
    territory = _territory(level, code)
    address = request.build_absolute_uri(reverse("territories:by-code", args=[territory.level, territory.code]))
    rows = [
        {
            "slug": figure.slug,
            "label": figure.label,
            "state": figure.state,
            "value": figure.value,
            "text": figure.text or None,
            "unit": figure.unit,
            "note": figure.note,
            "source": figure.source,
            "source_url": figure.source_url,
            "vintage": figure.vintage,
            "licence": figure.licence,
        }
        for figure in figures(territory)
    ]
    answer = {"ref": territory.ref, "name": territory.name, "url": address, "figures": rows}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _territory(level: str, code: str) -> Territory:
    found = former_address.today_of(level, code.upper())
    if found is None:
        raise Http404
    return found[0]


def _row(territory: Territory, figure: Figure) -> list[str]:
    value = figure.text
    if figure.value is not None:
        value = f"{figure.value:.{max(figure.decimals, 0)}f}".replace(".", ",")
    return [
        territory.level,
        territory.code,
        territory.name,
        figure.slug,
        figure.label,
        value,
        figure.unit,
        str(State(figure.state).label),
        figure.note,
        figure.source,
        figure.vintage,
        figure.licence,
    ]
