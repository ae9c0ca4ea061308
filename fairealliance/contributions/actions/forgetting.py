"""Personal data does not stay for ever: drafts left behind go, what looks like spam goes, addresses go some time after
all is over, and with them what was never published."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fairealliance.contributions import files
from fairealliance.contributions.models import Correction, Proposal
from fairealliance.contributions.permissions import PROPOSER
from fairealliance.journal.actions import record

BLANK_KEPT, DRAFT_KEPT = timedelta(days=2), timedelta(days=120)
SUSPECT_KEPT = timedelta(days=180)
_AT_ONCE = 500


def forget() -> int:
    """Run by the worker. Returns how many proposals and corrections were erased or lost their personal data."""
    now = timezone.now()
    kept = now - timedelta(days=settings.CONTRIBUTIONS_KEPT_DAYS)
    proposals, corrections = Proposal.objects, Correction.objects
    left = proposals.blank_before(now - BLANK_KEPT) | proposals.left_before(now - DRAFT_KEPT)
    suspects = now - SUSPECT_KEPT
    return (
        sum(erase(each) for each in left.order_by("pk")[:_AT_ONCE])
        + sum(erase(each) for each in proposals.suspect_before(suspects).order_by("pk")[:_AT_ONCE])
        + sum(forget_person(each) for each in proposals.to_forget(kept).order_by("pk")[:_AT_ONCE])
        + sum(_forget_story(each) for each in proposals.to_empty(kept).order_by("pk")[:_AT_ONCE])
        + sum(_erase_correction(each) for each in corrections.suspect_before(suspects).order_by("pk")[:_AT_ONCE])
        + sum(forget_suggester(each) for each in corrections.to_forget(kept).order_by("pk")[:_AT_ONCE])
    )


@transaction.atomic
def erase(proposal: Proposal) -> int:
    """The proposal, its thread, its links and its files."""
    record(by=PROPOSER, verb="proposal-erased", subject=proposal.ref)
    _remove_files(proposal)
    proposal.delete()
    return 1


@transaction.atomic
def forget_person(proposal: Proposal) -> int:
    """Name, address, thread and links go; what is published stays."""
    proposal.links.all().delete()
    proposal.messages.all().delete()
    proposal.contact_name = proposal.contact_email = ""
    proposal.forgotten_at = timezone.now()
    proposal.save(update_fields=["contact_name", "contact_email", "forgotten_at"])
    record(by=PROPOSER, verb="proposal-forgotten", subject=proposal.ref)
    return 1


@transaction.atomic
def _forget_story(proposal: Proposal) -> int:
    """What was refused or taken back keeps its state and its reason; words, photos and documents go."""
    _remove_files(proposal)
    proposal.attachments.all().delete()
    proposal.title, proposal.content, proposal.saved = "", {}, {}
    proposal.save(update_fields=["title", "content", "saved"])
    record(by=PROPOSER, verb="proposal-emptied", subject=proposal.ref)
    return 1


def _remove_files(proposal: Proposal) -> None:
    folder = files.folder() / proposal.folder.hex
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


@transaction.atomic
def _erase_correction(correction: Correction) -> int:
    record(by=PROPOSER, verb="correction-erased", subject=correction.ref)
    correction.delete()
    return 1


@transaction.atomic
def forget_suggester(correction: Correction) -> int:
    """The address, and how they said they know: their office, their name…"""
    correction.contact_email = correction.comment = ""
    correction.save(update_fields=["contact_email", "comment"])
    record(by=PROPOSER, verb="correction-forgotten", subject=correction.ref)
    return 1
