"""The country at a glance: régions and their départements, on our own map."""

from collections import defaultdict
from dataclasses import dataclass

from fairealliance.lib import geo
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory
from fairealliance.territories.stipple import background


@dataclass(frozen=True, slots=True)
class Point:
    """A département on the map."""

    x: float
    y: float
    label: str
    href: str
    ref: str


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A région and its départements."""

    region: Territory
    departements: list[Territory]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of territories shows; `country` is None as long as nothing is loaded."""

    country: Territory | None
    regions: list[RegionRow]
    elsewhere: list[Territory]
    points: list[Point]
    background: str
    insets: tuple[geo.Inset, ...]


def overview() -> Overview:
    """Two queries, and the background kept in memory."""
    wide = Territory.objects.filter(level__in=(Level.COUNTRY, Level.REGION, Level.DEPARTEMENT)).order_by("slug")
    found = list(wide.only("level", "code", "name", "slug", "population", "latitude", "longitude"))
    departements = [item for item in found if item.level == Level.DEPARTEMENT]
    pairs = Membership.objects.filter(child__level=Level.DEPARTEMENT, parent__level=Level.REGION)
    region_of = dict(pairs.order_by("pk").values_list("child_id", "parent_id"))
    within: dict[int, list[Territory]] = defaultdict(list)
    for item in departements:
        if item.pk in region_of:
            within[region_of[item.pk]].append(item)
    return Overview(
        country=next((item for item in found if item.level == Level.COUNTRY), None),
        regions=[RegionRow(item, within[item.pk]) for item in found if item.level == Level.REGION],
        elsewhere=[item for item in departements if item.pk not in region_of],
        points=[point for item in departements if (point := _point(item))],
        background=background(),
        insets=geo.INSETS,
    )


def _point(item: Territory) -> Point | None:
    if item.latitude is None or item.longitude is None:
        return None
    spot = geo.project(item.latitude, item.longitude)
    if spot is None:
        return None
    return Point(round(spot[0], 1), round(spot[1], 1), f"{item.name} ({item.code})", item.get_absolute_url(), item.ref)
