"""Every public page, for search engines: an index, and parts of at most five thousand addresses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Model, QuerySet
from wagtail.models import Page

from fairealliance.network.models import Catalyst
from fairealliance.observatory.models import Series, Study
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.provenance import guides
from fairealliance.resources.models import Collection, Resource
from fairealliance.roadmap.models import Measure
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

_PER_PART = 5_000
_FIXED = ("/", "/agir/", "/recherche/", "/territoires/", "/sources/", "/aide/", "/licences/")
_OTHERS = ("/observatoire/", "/observatoire/territoires/", "/feuille-de-route/", "/kit/", "/audience/")
_PEOPLE = ("/besoins/", "/offres/", "/catalyseurs/", "/catalyseurs/couverture/")
_GUIDES = tuple(f"/aide/{slug}/" for slug in guides.FOR_ALL)


class Records(Sitemap):
    """The pages of a table, in the order of their keys. `dated`: what says when one changed, "" when nothing does."""

    limit = _PER_PART

    def __init__(self, rows: "Callable[[], QuerySet[Any]]", dated: str = "updated_at") -> None:
        self._rows, self._dated = rows, dated

    def items(self) -> "QuerySet[Any]":
        return self._rows().order_by("pk")

    def location(self, item: Model) -> str:
        return str(item.get_absolute_url())  # type: ignore[attr-defined]  # all have one

    def lastmod(self, item: Any) -> datetime | None:
        return getattr(item, self._dated) if self._dated else None

    def get_latest_lastmod(self) -> datetime | None:
        """One query: Django's own would read the whole table."""
        if not self._dated:
            return None
        latest: datetime | None = self._rows().order_by().aggregate(latest=Max(self._dated))["latest"]
        return latest


class EditorialPages(Records):
    """What editors wrote, published and open to all."""

    def __init__(self) -> None:
        super().__init__(lambda: Page.objects.live().public().filter(depth__gt=2), "last_published_at")

    def location(self, item: Any) -> str:
        return item.url or "/"


class FixedPages(Sitemap):
    """Pages that are always there."""

    def items(self) -> list[str]:
        return [*_FIXED, *_OTHERS, *_PEOPLE, *_GUIDES]

    def location(self, item: str) -> str:
        return item


SITEMAPS: dict[str, Sitemap[Any]] = {
    "site": FixedPages(),
    "pages": EditorialPages(),
    "pratiques": Records(lambda: Practice.objects.filter(is_demo=False)),
    "ressources": Records(lambda: Resource.objects.filter(is_demo=False)),
    "collections": Records(lambda: Collection.objects.filter(is_public=True)),
    "etudes": Records(lambda: Study.objects.published().filter(is_demo=False)),
    "series": Records(Series.objects.all),
    "mesures": Records(lambda: Measure.objects.select_related("programme"), dated=""),
    "organisations": Records(lambda: Organisation.objects.filter(is_demo=False, closed_on__isnull=True)),
    "catalyseurs": Records(lambda: Catalyst.objects.active().of_world(is_demo=False), dated="touched_at"),
    "territoires": Records(
        lambda: Territory.objects.filter(
            level__in=(Level.COMMUNE, Level.EPCI, Level.EPT, Level.DEPARTEMENT, Level.REGION)
        ),
        dated="",
    ),
}
