"""Introductions between two organisations, the steps that keep them from dying in silence, their thread."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.introductions.enums import Changed, EndReason, Lives, Outcome, Owing, Route, Side, Status, StepKind
from fairealliance.introductions.life import OPEN, REACHABLE
from fairealliance.introductions.querysets import IntroductionQuerySet
from fairealliance.lib.sent_files import AttachmentKind
from fairealliance.matching.enums import RefusalReason
from fairealliance.needs.models import Need
from fairealliance.organisations.enums import AllianceKind
from fairealliance.organisations.models import Organisation

REASONS = list({**dict(RefusalReason.choices), **dict(EndReason.choices)}.items())


class Introduction(models.Model):
    """Two organisations put in touch. What a merger or an erasure takes away stays told by its name."""

    asker = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="introductions_asked")
    asked = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="introductions_met")
    asker_name = models.CharField(max_length=300)
    asked_name = models.CharField(max_length=300)
    route = models.CharField(max_length=8, choices=Route)
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.ASKED)
    need = models.ForeignKey(Need, models.SET_NULL, null=True, related_name="introductions")
    subject = models.CharField(_("sujet"), max_length=120)
    is_demo = models.BooleanField(default=False)
    # Of the page that asked: sent twice, it is asked once.
    page_key = models.CharField(max_length=80, unique=True)

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    # When each side said yes; the one who asks for itself does so by asking.
    asker_accepted_at = models.DateTimeField(null=True)
    asked_accepted_at = models.DateTimeField(null=True)
    # When each side first answered, whatever it said; None for the one who asked for itself.
    asker_answered_at = models.DateTimeField(null=True)
    asked_answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=5, choices=Side, blank=True)
    reason = models.CharField(_("raison"), max_length=12, choices=REASONS, blank=True)
    words = models.TextField(_("en quelques mots"), blank=True)
    begun_on = models.DateField(null=True)
    kind = models.CharField(_("forme de l’alliance"), max_length=10, choices=AllianceKind, blank=True)

    waits_for = models.CharField(max_length=5, choices=Owing, blank=True)
    # Each time the answer is owed by somebody else, a new round of steps begins.
    round = models.PositiveSmallIntegerField(default=1)
    ladder = models.CharField(max_length=30)
    warned: "models.ManyToManyField[models.Model, models.Model]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+"
    )
    # Of those warned, who took on its support: reads what is written after `companion_from`, and writes.
    companion = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    companion_from = models.PositiveBigIntegerField(default=0)
    touched_at = models.DateTimeField()

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-touched_at", "-id"]
        indexes = [models.Index(fields=["status", "-touched_at"], name="introduction_by_status")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="introduction_status_known"),
            models.CheckConstraint(
                condition=~Q(asker=F("asked")) | ~Q(status__in=OPEN), name="introduction_of_another"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.DECLINED, Status.ENDED]) | ~Q(reason=""), name="introduction_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.BEGUN) | Q(begun_on__isnull=False), name="introduction_begun_some_day"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ASKED) | Q(waits_for=""), name="introduction_waits_while_asked"
            ),
            models.UniqueConstraint(
                Least("asker", "asked"),
                Greatest("asker", "asked"),
                Coalesce("need", 0),
                condition=Q(status__in=OPEN),
                name="introduction_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker_name} → {self.asked_name} ({self.status})"

    def get_absolute_url(self) -> str:
        return reverse("introductions:detail", args=[self.pk])

    @property
    def ref(self) -> str:
        return f"introduction:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_reachable(self) -> bool:
        return self.status in REACHABLE

    @property
    def is_by_catalyst(self) -> bool:
        return self.route == Route.CATALYST

    def organisation_id_of(self, side: str) -> int | None:
        return self.asker_id if side == Side.ASKER else self.asked_id

    def organisation_of(self, side: str) -> Organisation | None:
        return self.asker if side == Side.ASKER else self.asked

    def name_of(self, side: str) -> str:
        """As it is called today; once it is gone, as it was."""
        held = self.organisation_of(side)
        return held.name if held else self.asker_name if side == Side.ASKER else self.asked_name

    def owes(self, side: str) -> bool:
        return self.waits_for in (side, Owing.BOTH)


class Step(models.Model):
    """One rung of the ladder: planned from the start, done once."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="steps")
    round = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=StepKind)
    due_on: "models.DateField[date, date]" = models.DateField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)

    class Meta:
        ordering = ["round", "due_on", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at=None), name="introduction_steps_due")]
        constraints = [
            models.UniqueConstraint(fields=["introduction", "round", "name"], name="introduction_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.due_on:%Y-%m-%d}"


class Checkup(models.Model):
    """Two questions to one side of an alliance, so many months after it began. Closed without having been asked: a
    later one was due already, that side is gone, or both became one.
    """

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="checkups")
    months = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=5, choices=Side)
    due_on: "models.DateField[date, date]" = models.DateField()
    asked_at = models.DateTimeField(null=True)
    closes_on = models.DateField(null=True)
    lives = models.CharField(_("l’alliance vit-elle ?"), max_length=6, choices=Lives, blank=True)
    changed = models.CharField(_("qu’a-t-elle changé ?"), max_length=7, choices=Changed, blank=True)
    words = models.TextField(_("en quelques mots"), blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(asked_at=None), name="introduction_checkups_due")]
        constraints = [
            models.UniqueConstraint(fields=["introduction", "months", "side"], name="introduction_checkup_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (Q(asked_at__isnull=False) & ~Q(lives="") & ~Q(changed="")),
                name="introduction_checkup_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months} mois, {self.side}"


class Message(models.Model):
    """A line of the thread. No side: whoever put both in touch."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=5, choices=Side, blank=True)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    # Of the page it was written on: sent twice, it is one message.
    page_key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["introduction", "page_key"], name="introduction_message_once"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.at:%Y-%m-%d}"


class Reading(models.Model):
    """Up to which message somebody has read a thread. Whoever has none has read nothing of it."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    up_to = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["introduction", "user"], name="introduction_reading_once")]

    def __str__(self) -> str:
        return f"{self.introduction_id}, {self.user_id} : {self.up_to}"


class Attachment(models.Model):
    """A photo or a document that came with a message, checked by what it holds (`lib/sent_files.py`)."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=AttachmentKind)
    file_name = models.CharField(max_length=200)
    extension = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["message", "digest"], name="introduction_attachment_once")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def stored_name(self) -> str:
        return f"{self.key.hex}.{self.extension}"
