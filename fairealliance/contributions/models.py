"""Proposals of cases, their files, their thread, their links; corrections."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairealliance.contributions.enums import CorrectionStatus, Side, Status
from fairealliance.contributions.querysets import CorrectionQuerySet, ProposalQuerySet
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.practices.models import Practice


class Judged(models.Model):
    """What looks like spam is put apart, never away: `suspicions` says why."""

    is_suspect = models.BooleanField(_("mise à part"), default=False)
    suspicions = models.JSONField(default=list)
    text_digest = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        abstract = True


class Proposal(Judged):
    """A case someone tells us. `content` holds each step as it was typed; the steps' forms say what it is worth."""

    # Of the page that began it: sent twice, it begins one proposal.
    start_key = models.CharField(max_length=64, unique=True)
    folder = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.DRAFT)
    title = models.CharField(_("titre"), max_length=400, blank=True)
    content = models.JSONField(default=dict)
    # Step → [version, page that wrote it]: a page older than the last one must not write over it unseen.
    saved = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    # Personal data: never public, erased some time after the end.
    contact_name = models.CharField(_("nom"), max_length=200, blank=True)
    contact_email = models.EmailField(_("courriel"), blank=True)
    consent_at = models.DateTimeField(null=True)
    reason = models.TextField(_("motif"), blank=True)
    practice = models.OneToOneField(Practice, models.SET_NULL, null=True, related_name="proposal")
    touched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    touched_at = models.DateTimeField(auto_now=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "is_suspect", "-id"], name="proposal_pile")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values),
                name="proposal_status_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.DECLINED) | ~models.Q(reason=""),
                name="proposal_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) | models.Q(consent_at__isnull=False),
                name="proposal_sent_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"proposition {self.pk}"

    @property
    def ref(self) -> str:
        return f"proposal:{self.pk}"


class AccessLink(models.Model):
    """One of the links that lead to a proposal. Only the digest of its token is kept."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.expires_at:%Y-%m-%d}"


class Message(models.Model):
    """A line of the thread between the one who proposes and the desk."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    # Of the page it was written on: sent twice, it is one message.
    page_key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "page_key"], name="message_once_per_page")]

    def __str__(self) -> str:
        return f"{self.side} {self.at:%Y-%m-%d}"


class Attachment(models.Model):
    """A photo (made anew by us, without what the camera wrote in it) or a document, checked by what it holds."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=AttachmentKind)
    file_name = models.CharField(max_length=200)
    extension = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    # For a photo, what it shows, for those who do not see it; for a document, its title. Blank: still to be said, and
    # nothing is sent before it is.
    words = models.CharField(max_length=300, blank=True)
    credit = models.CharField(_("crédit"), max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "digest"], name="attachment_once")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def stored_name(self) -> str:
        return f"{self.key.hex}.{self.extension}"

    @property
    def words_field(self) -> str:
        """The name of the field where its words are written, once it is kept."""
        return f"words_{self.pk}"


class Correction(Judged):
    """« This is not right »: one field of one thing we show, as it stands and as it should."""

    subject = models.CharField(max_length=80, db_index=True)
    subject_title = models.CharField(max_length=400)
    field = models.CharField(max_length=40, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(_("ce qu’il faudrait lire"))
    comment = models.TextField(_("comment vous le savez"), blank=True)
    contact_email = models.EmailField(_("courriel"), blank=True)
    # Of the page it was written on: sent twice, it is one correction.
    page_key = models.CharField(max_length=64, unique=True)
    status = models.CharField(max_length=10, choices=CorrectionStatus, default=CorrectionStatus.NEW)
    version = models.PositiveIntegerField(default=1)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=CorrectionStatus.values), name="correction_status_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=CorrectionStatus.REFUSED) | ~models.Q(reason=""),
                name="correction_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}"

    @property
    def ref(self) -> str:
        return f"correction:{self.pk}"


def typed(proposal: Proposal, step: str) -> dict[str, Any]:
    """What was typed at that step, as a form takes it."""
    found = proposal.content.get(step, {})
    return dict(found) if isinstance(found, dict) else {}
