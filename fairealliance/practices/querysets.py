"""Reading practices."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch

from fairealliance.organisations.models import Organisation
from fairealliance.resources.models import Resource
from fairealliance.territories.models import Territory

if TYPE_CHECKING:
    from fairealliance.practices.models import Practice  # noqa: F401 -- in the base class, as a string


class PracticeQuerySet(models.QuerySet["Practice"]):
    """Practices, as their page and the pages of those who did them tell them."""

    def with_story(self) -> "PracticeQuerySet":
        """All that one practice's page tells: source, partners, tools. Three queries."""
        return self.select_related("source").prefetch_related("partners__organisation", "tools")

    def for_cards(self) -> "PracticeQuerySet":
        """What a card shows: the spheres that met, the places, the source. Three queries."""
        places = Territory.objects.order_by("level", "slug", "name").only("pk", "name", "level", "code", "slug")
        return self.select_related("source").prefetch_related("partners", Prefetch("territories", places))

    def told(self) -> "PracticeQuerySet":
        """In the order of lists: real ones first, then the latest."""
        return self.order_by("is_demo", models.F("start_year").desc(nulls_last=True), "title", "pk")

    def with_partner(self, organisation: Organisation) -> "PracticeQuerySet":
        """Those the organisation took part in, whatever its role."""
        return self.filter(partners__organisation=organisation).distinct()

    def that_used(self, resource: Resource) -> "PracticeQuerySet":
        """Those that used the resource."""
        return self.filter(tools=resource)
