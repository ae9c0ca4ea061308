"""Reading resources."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from fairealliance.organisations.models import Organisation
    from fairealliance.resources.models import Resource  # noqa: F401 -- in the base class, as a string


class ResourceQuerySet(models.QuerySet["Resource"]):
    """Resources, as their page and the pages of their producers tell them."""

    def with_origin(self) -> "ResourceQuerySet":
        """Source and producer in the same query."""
        return self.select_related("source", "producer")

    def made_by(self, organisation: "Organisation") -> "ResourceQuerySet":
        """Real ones first, then the latest; those without a year last."""
        return self.filter(producer=organisation).order_by(
            "is_demo", models.F("year").desc(nulls_last=True), "title", "pk"
        )
