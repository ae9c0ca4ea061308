"""Reading organisations."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from fairealliance.organisations.models import Organisation  # noqa: F401 -- in the base class, as a string


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, as their page tells them."""

    def with_origin(self) -> "OrganisationQuerySet":
        """Source and seat in the same query."""
        return self.select_related("source", "seat")
