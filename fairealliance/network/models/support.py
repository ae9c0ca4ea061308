"""Requests for support, and the turns of those to whom they were offered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairealliance.network.enums import Answer, Status, Trade
from fairealliance.network.models.people import Catalyst
from fairealliance.network.querysets import SupportRequestQuerySet
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Territory


class SupportRequest(models.Model):
    """Somebody asks for a catalyst's help. Once its asker's account is erased, it stays to be counted, wordless."""

    # Of the page that sent it: sent twice, it is asked once.
    start_key = models.CharField(max_length=80, unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="support_requests")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="support_requests"
    )
    commune = models.ForeignKey(Territory, models.CASCADE, related_name="support_requests")
    challenge = models.TextField(_("défi"), blank=True)
    trade = models.CharField(_("métier"), max_length=12, choices=Trade, blank=True)
    # A slug of `goals.vocabulary.FAMILIES`; empty when the asker left it open.
    sector = models.CharField(_("secteur"), max_length=40, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=Status)
    # Nobody covered the commune when it was asked: a blank spot, counted for ever.
    is_blank = models.BooleanField(default=False)
    # Asked by, or for, the invented world: real people are not asked, nothing counts it, and it goes with that world.
    is_demo = models.BooleanField(default=False)
    # To whom it is offered, or who accepted it.
    catalyst = models.ForeignKey(Catalyst, models.SET_NULL, null=True, blank=True, related_name="requests")
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    # Without an answer by then, it is offered to the next.
    due_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Who ended or withdrew it: the words of `outcome` are theirs, and go with them.
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.TextField(_("ce qui en est sorti"), blank=True)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["status", "due_at"], name="support_due")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="support_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.OFFERED) | Q(due_at__isnull=False), name="support_offered_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} ({self.status})"

    def get_absolute_url(self) -> str:
        return reverse("my_network:request", args=[self.pk])

    @property
    def ref(self) -> str:
        return f"support:{self.pk}"


class Turn(models.Model):
    """A request offered to a catalyst, and what they answered. One row each: it is never offered twice to one."""

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="turns")
    catalyst = models.ForeignKey(Catalyst, models.CASCADE, related_name="turns")
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer, default=Answer.WAITING)
    reason = models.TextField(_("motif"), blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "catalyst"], name="turn_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(answer=Answer.ACCEPTED), name="turn_accepted_by_one"
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(answer=Answer.WAITING), name="turn_waits_for_one"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} → {self.catalyst_id} ({self.answer})"
