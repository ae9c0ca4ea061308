"""Closing a claim, whoever does."""

from django.utils import timezone

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.journal.actions import record
from fairealliance.organisations.enums import ClaimStatus
from fairealliance.organisations.models import Claim


def decide(claim: Claim, status: ClaimStatus, *, by: Actor) -> None:
    before = claim.status
    close(claim, status, by=by)
    tell(by, f"claim-{status.value}", claim, before)


def close(claim: Claim, status: ClaimStatus, *, by: Actor) -> None:
    """The row only: the caller tells the journal."""
    claim.status, claim.code_digest = status, ""
    claim.decided_at, claim.decided_by = timezone.now(), by if isinstance(by, User) else None
    claim.save()


def tell(by: Actor, verb: str, claim: Claim, before: str) -> None:
    detail = {"organisation": claim.organisation_id, "way": claim.way}
    record(by=by, verb=verb, subject=claim.ref, detail=detail, before=before, after=claim.status)
