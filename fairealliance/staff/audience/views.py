"""What is read, month by month, and what was looked for in vain."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fairealliance.audience.actions import SEEN_ENOUGH
from fairealliance.audience.reads import figures, missed_searches, months_until, top_pages, top_territories
from fairealliance.staff.access import editor_required

_MONTHS, _SHOWN = 13, 50
_PERIODS = {"1": 1, "3": 3, "12": 12}


@require_safe
@editor_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """Rubrics against the month before, pages, territories, searches that found nothing. Six queries."""
    period = request.GET.get("mois", "3")
    period = period if period in _PERIODS else "3"
    since = _since(_PERIODS[period])
    shown = figures(months=_MONTHS)
    context = {
        "period": period,
        "periods": list(_PERIODS),
        "figures": shown,
        "trends": [(row.label, row.counts[-2], row.counts[-1]) for row in shown.rows],
        "months": shown.months[-2:],
        "pages": top_pages(since=since, limit=_SHOWN),
        "territories": top_territories(since=since, limit=_SHOWN),
        "missed": missed_searches(since=since, limit=_SHOWN),
        "seen_enough": SEEN_ENOUGH,
    }
    return render(request, "staff/audience/dashboard.html", context)


def _since(months: int) -> date:
    return months_until(timezone.localdate(), months)[0].first
