"""Needs and offers, as they are typed and as they are published."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts.mail import absolute
from fairealliance.needs.enums import Side, Status, Visibility
from fairealliance.needs.querysets import NeedQuerySet
from fairealliance.organisations.enums import Exchange
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Territory


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Need(models.Model):
    """A need, or an offer (`side`), of an organisation.

    `content` holds what was typed, right or not yet; the other columns hold what was published, and say nothing before.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="needs")
    side = models.CharField(max_length=5, choices=Side)
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.DRAFT)
    visibility = models.CharField(_("visible par"), max_length=7, choices=Visibility, default=Visibility.PUBLIC)
    # Of the page that began it: sent twice, it begins one.
    start_key = models.CharField(max_length=80, unique=True)
    content = models.JSONField(default=dict)
    # A page older than the last one must not write over it unseen: what it was, and which page wrote it.
    version = models.PositiveIntegerField(default=0)
    closed_by_hub = models.BooleanField(default=False)  # then its organisation alone cannot show it again
    last_page = models.CharField(max_length=40, blank=True)

    title = models.CharField(_("titre"), max_length=200, blank=True)
    slug = models.SlugField(max_length=120, blank=True)
    exchange = models.CharField(_("quoi"), max_length=14, choices=Exchange, blank=True)
    challenge = models.TextField(_("défi"), blank=True)
    description = models.TextField(_("précisions"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    quantity = models.CharField(_("combien"), max_length=120, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2, null=True, blank=True)
    goals = models.JSONField(_("ODD"), default=list)
    # The same as bits: both databases filter by it.
    goal_bits = models.IntegerField(default=0)
    themes = models.JSONField(_("thèmes"), default=list)
    territories = models.ManyToManyField(Territory, related_name="needs")
    is_remote = models.BooleanField(_("à distance possible"), default=False)
    starts_on = models.DateField(_("à partir du"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    token = models.CharField(max_length=43, unique=True, default=new_token)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    touched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True)
    # When its organisation last said that it holds.
    told_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [models.Index(fields=["side", "status", "visibility", "-told_at", "-id"], name="need_listed")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="need_status_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="need_side_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="need_visibility_known"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="need_amount_positive"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="need_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT)
                | (Q(published_at__isnull=False, told_at__isnull=False, expires_on__isnull=False) & ~Q(title="")),
                name="need_published_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"needs:{self.side}", args=[self.pk, self.slug or self.side])

    @property
    def ref(self) -> str:
        return f"{self.side}:{self.pk}"

    @property
    def name(self) -> str:
        """Its title, as published or as typed so far."""
        return self.title or str(self.content.get("title", ""))[:200] or str(_("Sans titre"))

    @property
    def is_need(self) -> bool:
        return self.side == Side.NEED

    @property
    def targets(self) -> list[str]:
        """For the words of `tags_of`: needs are told by goals, not by targets."""
        return []

    def link(self) -> str:
        """For whoever it was given to."""
        return reverse("needs:by-link", args=[self.token])

    def link_to_give(self) -> str:
        """The same with its host: it is copied into mails."""
        return absolute(self.link())

    def typed(self) -> dict[str, Any]:
        return dict(self.content)
