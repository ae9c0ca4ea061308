"""Reading organisations."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from fairealliance.accounts.models import User
from fairealliance.organisations.enums import ClaimStatus, Role

if TYPE_CHECKING:
    from fairealliance.organisations.models import (  # noqa: F401 -- in the base classes, as strings
        Claim,
        Invitation,
        Member,
        Organisation,
    )


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, as their page tells them."""

    def with_origin(self) -> "OrganisationQuerySet":
        """Source, seat and profile in the same query."""
        return self.select_related("source", "seat", "profile")

    def numbered(self, pk: int) -> "OrganisationQuerySet":
        """The one of that number: the one that was kept, when it was merged since."""
        merged = self.model.mergers.rel.related_model._default_manager.filter(gone_id=pk).values("kept")
        return self.filter(Q(pk=pk) | Q(pk__in=merged))


class MemberQuerySet(models.QuerySet["Member"]):
    """Who acts for which organisation."""

    def administrators(self) -> "MemberQuerySet":
        """A closed account administers nothing."""
        return self.filter(role=Role.ADMINISTRATOR, user__is_active=True)

    def with_people(self) -> "MemberQuerySet":
        return self.select_related("user")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Who asked to act for which organisation."""

    def waiting_of(self, user: User) -> "Claim | None":
        """Their latest that the secretariat has to answer."""
        found = self.filter(user=user, status=ClaimStatus.WAITING).select_related("organisation")
        return found.order_by("-asked_at", "-pk").first()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by mail."""

    def waiting(self) -> "InvitationQuerySet":
        """Neither accepted nor cancelled, their time over or not."""
        return self.filter(accepted_at=None, cancelled_at=None)
