"""Reading proposals and corrections."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from fairealliance.contributions.enums import CorrectionStatus, Status
from fairealliance.contributions.life import OVER

if TYPE_CHECKING:
    from fairealliance.contributions.models import Correction, Proposal  # noqa: F401 -- in the base class, as a string

PILES = ("todo", "question", "suspect", "accepted", "declined", "withdrawn", "all")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, as the desk sorts them."""

    def received(self) -> "ProposalQuerySet":
        """All but drafts, which are nobody's business."""
        return self.exclude(status=Status.DRAFT)

    def of_pile(self, pile: str) -> "ProposalQuerySet":
        """One of PILES. What looks like spam is in its own pile only."""
        received = self.received()
        if pile == "all":
            return received
        if pile == "suspect":
            return received.filter(is_suspect=True, status=Status.SENT)
        if pile == "todo":
            return received.filter(is_suspect=False, status=Status.SENT)
        return received.filter(status=pile)

    def for_list(self) -> "ProposalQuerySet":
        return self.select_related("touched_by", "practice").defer("content", "saved")

    def blank_before(self, instant: datetime) -> "ProposalQuerySet":
        """Begun and left without a word."""
        return self.filter(status=Status.DRAFT, content={}, touched_at__lt=instant)

    def left_before(self, instant: datetime) -> "ProposalQuerySet":
        """Drafts nobody came back to."""
        return self.filter(status=Status.DRAFT, touched_at__lt=instant)

    def suspect_before(self, instant: datetime) -> "ProposalQuerySet":
        """Put apart, and taken for someone by nobody since."""
        return self.filter(status=Status.SENT, is_suspect=True, sent_at__lt=instant)

    def to_forget(self, instant: datetime) -> "ProposalQuerySet":
        """Over since before `instant`, or without a sign from anyone since, and still holding personal data."""
        over = models.Q(status__in=OVER, decided_at__lt=instant)
        silent = models.Q(status__in=(Status.SENT, Status.QUESTION), touched_at__lt=instant)
        return self.filter(over | silent, forgotten_at__isnull=True)

    def to_empty(self, instant: datetime) -> "ProposalQuerySet":
        """Never published, over since before `instant`, and still holding what was told."""
        never = self.filter(status__in=(Status.DECLINED, Status.WITHDRAWN), decided_at__lt=instant)
        return never.exclude(content={}, attachments__isnull=True).distinct()


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections, as the desk sorts them."""

    def of_pile(self, pile: str) -> "CorrectionQuerySet":
        if pile == "all":
            return self.all()
        if pile in ("todo", "suspect"):
            return self.filter(status=CorrectionStatus.NEW, is_suspect=pile == "suspect")
        return self.filter(status=pile)

    def suspect_before(self, instant: datetime) -> "CorrectionQuerySet":
        """Put apart, and looked at by nobody since."""
        return self.filter(status=CorrectionStatus.NEW, is_suspect=True, created_at__lt=instant)

    def to_forget(self, instant: datetime) -> "CorrectionQuerySet":
        """Decided before `instant`, or waiting since before, and still holding personal data."""
        decided = models.Q(decided_at__lt=instant)
        waiting = models.Q(status=CorrectionStatus.NEW, created_at__lt=instant)
        return self.filter(decided | waiting).exclude(contact_email="", comment="")
