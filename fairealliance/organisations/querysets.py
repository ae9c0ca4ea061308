"""Reading organisations."""

from typing import TYPE_CHECKING

from django.db import models

from fairealliance.organisations.enums import Role

if TYPE_CHECKING:
    from fairealliance.organisations.models import (  # noqa: F401 -- in the base classes, as strings
        Invitation,
        Member,
        Organisation,
    )


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, as their page tells them."""

    def with_origin(self) -> "OrganisationQuerySet":
        """Source, seat and profile in the same query."""
        return self.select_related("source", "seat", "profile")


class MemberQuerySet(models.QuerySet["Member"]):
    """Who acts for which organisation."""

    def administrators(self) -> "MemberQuerySet":
        """A closed account administers nothing."""
        return self.filter(role=Role.ADMINISTRATOR, user__is_active=True)

    def with_people(self) -> "MemberQuerySet":
        return self.select_related("user")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by mail."""

    def waiting(self) -> "InvitationQuerySet":
        """Neither accepted nor cancelled, their time over or not."""
        return self.filter(accepted_at=None, cancelled_at=None)
