"""Who helps alliances happen: catalysts, and mediators of the State."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairealliance.network.enums import MarkKind, Standing
from fairealliance.network.querysets import CatalystQuerySet, MediatorQuerySet
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Territory


class Catalyst(models.Model):
    """The profile of a person who brokers local alliances, in their own words.

    It is seen while `standing` is accepted, `consented_at` is set and the account is open (`querysets.py`, alone).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="catalyst")
    name = models.CharField(_("nom affiché"), max_length=120)
    slug = models.SlugField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="catalysts", verbose_name=_("organisation")
    )
    presentation = models.TextField(_("présentation"))
    skills = models.JSONField(_("compétences"), default=list, blank=True)
    territories = models.ManyToManyField(Territory, related_name="catalysts", verbose_name=_("territoires couverts"))
    capacity = models.PositiveSmallIntegerField(_("places"), default=3)
    absent_from = models.DateField(_("absent à partir du"), null=True, blank=True)
    # The last day of an absence; null while its end is not known.
    absent_until = models.DateField(_("absent jusqu’au"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    standing = models.CharField(_("état"), max_length=10, choices=Standing, default=Standing.WAITING)
    reason = models.TextField(_("motif"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    consented_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(auto_now=True)

    objects = CatalystQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="catalyst_standing_known"),
            models.CheckConstraint(
                condition=Q(consented_at__isnull=True) | Q(withdrawn_at__isnull=True), name="catalyst_consents_or_not"
            ),
            models.CheckConstraint(
                condition=Q(absent_until__isnull=True)
                | Q(absent_from__isnull=False, absent_until__gte=F("absent_from")),
                name="catalyst_absence_in_order",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(standing=Standing.WAITING),
                name="catalyst_decided_once_judged",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("network:catalyst", args=[self.pk, self.slug or "catalyseur"])

    @property
    def ref(self) -> str:
        return f"catalyst:{self.pk}"

    @property
    def is_demo(self) -> bool:
        """Of the invented world, as its owner is."""
        return self.user.is_demo

    @property
    def is_active(self) -> bool:
        """Whether anybody sees it; the account must be open too."""
        return self.standing == Standing.ACCEPTED and self.consented_at is not None

    def is_absent(self, on: date | None = None) -> bool:
        day = on or timezone.localdate()
        if self.absent_from is None or self.absent_from > day:
            return False
        return self.absent_until is None or self.absent_until >= day

    def slugs(self, kind: MarkKind) -> list[str]:
        """Of its marks: no query once they are prefetched."""
        return [mark.slug for mark in self.marks.all() if mark.kind == kind]

    @property
    def trades(self) -> list[str]:
        return self.slugs(MarkKind.TRADE)

    @property
    def sectors(self) -> list[str]:
        return self.slugs(MarkKind.SECTOR)


class Mark(models.Model):
    """A trade or a sector of a catalyst, by its slug: rows, so that both databases filter and count by them."""

    catalyst = models.ForeignKey(Catalyst, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=6, choices=MarkKind)
    slug = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "slug"], name="mark_by_slug")]
        constraints = [models.UniqueConstraint(fields=["catalyst", "kind", "slug"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug}"


class Invited(models.Model):
    """The secretariat asked them to be a catalyst; they have not answered. Their first profile is listed at once."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="catalyst_invitation")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "invited"

    def __str__(self) -> str:
        return f"{self.user_id} ({self.invited_at:%Y-%m-%d})"


class Mediator(models.Model):
    """A person whom the State named mediator in a département; given and taken back by the secretariat."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mediations")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="mediators", verbose_name=_("département"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    objects = MediatorQuerySet.as_manager()

    class Meta:
        ordering = ["territory", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "territory"], name="mediator_once")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.territory_id}"
