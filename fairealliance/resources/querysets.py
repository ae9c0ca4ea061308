"""Reading resources."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from fairealliance.organisations.models import Organisation
    from fairealliance.resources.models import Collection, Resource  # noqa: F401 -- in the base class, as a string


class ResourceQuerySet(models.QuerySet["Resource"]):
    """Resources, as their page and the pages of their producers tell them."""

    def with_origin(self) -> "ResourceQuerySet":
        """Source, producer and what is known of the link in the same query."""
        return self.select_related("source", "producer", "link_record")

    def made_by(self, organisation: "Organisation") -> "ResourceQuerySet":
        """Real ones first, then the latest; those without a year last."""
        return self.filter(producer=organisation).order_by(
            "is_demo", models.F("year").desc(nulls_last=True), "title", "pk"
        )


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Collections, as lists tell them."""

    def listed(self) -> "CollectionQuerySet":
        """Those that are public, with how many resources each holds."""
        return self.filter(is_public=True).annotate(size=Count("items")).order_by("slug", "title", "pk")
