"""Where something is: territories with what contains them, and pins for the small map."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory
from fairealliance.territories.stipple import Pin

SHOWN = 30
_CONTAINING = [Level.EPCI, Level.DEPARTEMENT, Level.REGION]


@dataclass(frozen=True, slots=True)
class Place:
    """A territory and, from near to far, those that contain it."""

    territory: Territory
    within: list[Territory]


@dataclass(frozen=True, slots=True)
class Places:
    """The first territories of a list, and how many more there are."""

    shown: list[Place]
    more: int


def places_of(territories: "QuerySet[Territory]") -> Places:
    """Three queries whatever their number."""
    count = territories.count()
    shown = list(territories.order_by("level", "slug", "name", "pk")[:SHOWN])
    containing = _containing(shown)
    return Places([Place(territory, containing[territory.pk]) for territory in shown], count - len(shown))


def _containing(territories: Iterable[Territory]) -> defaultdict[int, list[Territory]]:
    memberships = Membership.objects.filter(
        child__in=[territory.pk for territory in territories], parent__level__in=_CONTAINING
    ).select_related("parent")
    found: defaultdict[int, list[Territory]] = defaultdict(list)
    # An EPCI may cross départements: all are told, in the order near to far, then by code.
    near_to_far = sorted(memberships, key=lambda m: (_CONTAINING.index(Level(m.parent.level)), m.parent.code))
    for membership in near_to_far:
        found[membership.child_id].append(membership.parent)
    return found


def pins_of(places: Sequence[Place]) -> list[Pin]:
    """One pin per territory whose place is known; a country has none."""
    territories = [place.territory for place in places if place.territory.level != Level.COUNTRY]
    return [
        Pin(territory.latitude, territory.longitude, territory.name, territory.precision)
        for territory in territories
        if territory.latitude is not None and territory.longitude is not None
    ]
