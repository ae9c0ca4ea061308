"""What matching remembers: who said "not for us", who has been shown, how far the week's letters are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairealliance.matching.enums import RefusalReason
from fairealliance.organisations.models import Organisation


class Refusal(models.Model):
    """An organisation said of another that it is not for it: neither is shown to the other any more."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="refusals_made")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="refusals_met")
    reason = models.CharField(_("raison"), max_length=12, choices=RefusalReason)
    note = models.CharField(_("précision"), max_length=500, blank=True)
    policy = models.CharField(max_length=30)
    """Version of the policy that had suggested it."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "other"], name="refusal_once"),
            models.CheckConstraint(condition=~models.Q(organisation=models.F("other")), name="refusal_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} ✗ {self.other_id}: {self.reason}"


class Attention(models.Model):
    """An organisation's account of exposure; half of it is forgotten in so many days as the policy says."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="attention")
    had = models.FloatField(default=0.0)
    deserved = models.FloatField(default=0.0)
    times_shown = models.PositiveIntegerField(default=0)
    times_contender = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "attention"

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.had:.2f} / {self.deserved:.2f}"


class Digest(models.Model):
    """How far the suggestions of a week are written: up to which organisation."""

    week = models.DateField(unique=True)
    """Its Monday."""
    last = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["week"]

    def __str__(self) -> str:
        return f"{self.week:%Y-%m-%d} ≤ {self.last}"
