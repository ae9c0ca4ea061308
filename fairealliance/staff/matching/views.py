"""How often each organisation is shown, new and small ones apart, and what the evening out does for those owed."""

from dataclasses import dataclass

import numpy as np
from django.db.models import F, FloatField, Q
from django.db.models.expressions import Combinable, ExpressionWrapper
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fairealliance.matching.accounts import NEW, figures
from fairealliance.matching.exposure import Evenness, raised
from fairealliance.matching.models import Attention
from fairealliance.matching.policy import current
from fairealliance.provenance.pages import page_of

_OWED = ExpressionWrapper(F("deserved") - F("had"), output_field=FloatField())
ORDERS: dict[str, tuple[object, tuple[str | Combinable, ...]]] = {
    "dues": (_("À qui l’on doit le plus"), ("-owed", "pk")),
    "montrees": (_("Les plus montrées"), ("-times_shown", "pk")),
    "jamais": (_("Jamais montrées"), ("-deserved", "pk")),
    "nouvelles": (_("Nouvelles"), ("-owed", "pk")),
}


@dataclass(frozen=True, slots=True)
class Row:
    account: Attention
    owed: float
    raised: float
    """Added to its score the next time, for what it is owed."""


@require_safe
def exposure(request: HttpRequest) -> HttpResponse:
    """Five queries, whatever their number."""
    order = request.GET.get("tri", "dues")
    order = order if order in ORDERS else "dues"
    accounts = Attention.objects.select_related("organisation").annotate(owed=_OWED)
    narrowed = {
        "jamais": Q(times_shown=0),
        "nouvelles": Q(organisation__created_at__gte=timezone.now() - NEW),
    }.get(order, Q())
    page = page_of(request, accounts.filter(narrowed).order_by(*ORDERS[order][1]))
    owed = np.array([each.owed for each in page], float)
    added = raised(owed, current().exposure).tolist() if len(owed) else []
    told = figures()
    context = {
        "orders": [(slug, label, slug == order) for slug, (label, _by) in ORDERS.items()],
        "page": page,
        "rows": [Row(each, each.owed, more) for each, more in zip(page, added, strict=True)],
        "figures": [(_("Toutes"), *_words(told.everyone)), (_("Nouvelles (moins de trois mois)"), *_words(told.new))],
        "policy": current().version,
    }
    return render(request, "staff/matching/exposure.html", context)


def _words(told: Evenness) -> tuple[int, int, float, float]:
    return told.organisations, told.never_shown, told.gini, 100 * told.unfairness
