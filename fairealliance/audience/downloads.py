"""The public figures as files."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.audience.reads import figures
from fairealliance.lib.tabular.writing import csv_file

_ALL = 120  # months


@require_safe
def audience_csv(request: HttpRequest) -> HttpResponse:
    """A month not counted is an empty cell."""
    return csv_file("audience", [[_("mois"), _("rubrique"), _("libellé"), _("pages lues")], *_rows()])


@require_safe
def audience_json(request: HttpRequest) -> JsonResponse:
    """The same, with how it is counted."""
    shown = figures(months=_ALL)
    return JsonResponse(
        {
            "since": shown.since,
            "unit": _("pages lues (pas des personnes)"),
            "method": _("Comptage propre, sans cookie ni adresse conservée, robots et équipe écartés."),
            "licence": "Licence Ouverte 2.0",
            "rows": [
                {"month": month, "rubric": slug, "label": label, "count": count}
                for month, slug, label, count in _rows()
            ],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def _rows() -> list[tuple[str, str, str, int | None]]:
    shown = figures(months=_ALL)
    counted = [number for number, month in enumerate(shown.months) if shown.since and month.first >= shown.since]
    return [
        (f"{shown.months[number].first:%Y-%m}", row.slug, row.label, row.counts[number])
        for number in counted
        for row in shown.rows
    ]
