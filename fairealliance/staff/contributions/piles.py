"""What waits at the desk, sorted in piles, each with its count."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from fairealliance.contributions.enums import CorrectionStatus, Status
from fairealliance.contributions.models import Correction, Proposal

PROPOSAL_PILES = {
    "todo": _("À examiner"),
    "question": _("En attente de réponse"),
    "suspect": _("Suspectes"),
    "accepted": _("Publiées"),
    "declined": _("Non retenues"),
    "withdrawn": _("Retirées"),
    "all": _("Toutes"),
}
CORRECTION_PILES = {
    "todo": _("À examiner"),
    "suspect": _("Suspectes"),
    "accepted": _("Acceptées"),
    "refused": _("Refusées"),
    "all": _("Toutes"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A pile as a tab."""

    slug: str
    label: Any
    count: int
    current: bool


def proposal_tabs(current: str) -> list[Tab]:
    """One query."""
    received = Q(pk__isnull=False) & ~Q(status=Status.DRAFT)
    rules = {
        "todo": Q(status=Status.SENT, is_suspect=False),
        "suspect": Q(status=Status.SENT, is_suspect=True),
        "all": received,
        **{slug: Q(status=slug) for slug in ("question", "accepted", "declined", "withdrawn")},
    }
    counts = Proposal.objects.aggregate(**{f"n_{slug}": Count("pk", filter=rule) for slug, rule in rules.items()})
    return _tabs(PROPOSAL_PILES, counts, current)


def correction_tabs(current: str) -> list[Tab]:
    """One query."""
    new = Q(status=CorrectionStatus.NEW)
    rules = {
        "todo": new & Q(is_suspect=False),
        "suspect": new & Q(is_suspect=True),
        "accepted": Q(status=CorrectionStatus.ACCEPTED),
        "refused": Q(status=CorrectionStatus.REFUSED),
        "all": Q(pk__isnull=False),
    }
    counts = Correction.objects.aggregate(**{f"n_{slug}": Count("pk", filter=rule) for slug, rule in rules.items()})
    return _tabs(CORRECTION_PILES, counts, current)


def _tabs(piles: dict[str, Any], counts: dict[str, int], current: str) -> list[Tab]:
    return [Tab(slug, label, counts[f"n_{slug}"], slug == current) for slug, label in piles.items()]


def proposals_waiting() -> int:
    return Proposal.objects.of_pile("todo").count()


def proposals_set_aside() -> int:
    return Proposal.objects.of_pile("suspect").count()


def corrections_waiting() -> int:
    return Correction.objects.of_pile("todo").count()


def corrections_set_aside() -> int:
    return Correction.objects.of_pile("suspect").count()


def set_aside(tabs: list[Tab], pile: str) -> int:
    """How many were put apart, to be told beside an empty pile of what is to be examined."""
    return next((tab.count for tab in tabs if tab.slug == "suspect"), 0) if pile == "todo" else 0
