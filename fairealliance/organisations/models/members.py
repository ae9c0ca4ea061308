"""Who acts for an organisation: members, those who ask to be, those who are invited (docs/adr/0032)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairealliance.organisations.enums import ClaimStatus, Role, Way
from fairealliance.organisations.models.organisation import Organisation
from fairealliance.organisations.querysets import ClaimQuerySet, InvitationQuerySet, MemberQuerySet

OPEN = (ClaimStatus.CODE, ClaimStatus.WAITING)
"""States of a claim that is not decided."""


class Member(models.Model):
    """A person who acts for an organisation today. Whoever only asks to is in Claim; whoever left is in no row."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=14, choices=Role, default=Role.MEMBER)
    way = models.CharField(max_length=12, choices=Way)
    since = models.DateTimeField(default=timezone.now)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="member_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="member_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.organisation_id} ({self.role})"

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR


class Claim(models.Model):
    """Somebody asks to act for an organisation: one that we know, or one that they tell us of (`proposed`)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    # What OrganisationData takes, and where its seat is; empty when the organisation is known.
    proposed = models.JSONField(default=dict, blank=True)
    way = models.CharField(max_length=12, choices=Way)
    status = models.CharField(max_length=10, choices=ClaimStatus)
    position = models.CharField(_("fonction"), max_length=120, blank=True)
    message = models.TextField(_("message"), blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="decided_claims"
    )
    reason = models.TextField(_("motif"), blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(status__in=OPEN), name="claim_open_once"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(status__in=[ClaimStatus.CODE, ClaimStatus.ACCEPTED]),
                name="claim_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organisation_id or 'nouvelle'} ({self.status})"

    @property
    def ref(self) -> str:
        return f"claim:{self.pk}"

    @property
    def title(self) -> str:
        """The name of what is asked for."""
        return self.organisation.name if self.organisation else str(self.proposed.get("name", ""))

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class Invitation(models.Model):
    """Somebody is invited by mail. The link is signed and says which row; the row says whether it still holds."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse de courriel"))
    role = models.CharField(_("rôle"), max_length=14, choices=Role, default=Role.MEMBER)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.pk}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
