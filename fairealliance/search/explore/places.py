"""« Près de »: what people write as a place, and what it narrows a search to."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fairealliance.search.query import Near
from fairealliance.territories.autocomplete import Suggestion, resolve_text
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

NEAR_KM = 30
FARTHEST_KM = 500
CHOICES_KM = (5, 10, 20, 30, 50, 100, 200)
LONGEST = 200

_POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,6})?)\Z")


class UnknownPlace(ValueError):
    """Not a place we know; the message says so in French."""


class AmbiguousPlace(ValueError):
    """Several places bear this name: `candidates`."""

    def __init__(self, candidates: list[Suggestion]) -> None:
        super().__init__(_("Plusieurs lieux portent ce nom : lequel ?"))
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Place:
    """Around a point within `km`, or inside a territory (`km` is 0)."""

    value: str
    """As it is written in an address: a ref, or `latitude,longitude`."""
    name: str
    km: float = 0
    ref: str = ""
    latitude: float | None = None
    longitude: float | None = None
    level: str = ""

    @property
    def is_point(self) -> bool:
        """A distance from here means something."""
        return self.latitude is not None and (not self.level or Level(self.level).is_punctual)

    @property
    def near(self) -> Near | None:
        if not self.km or self.latitude is None or self.longitude is None:
            return None
        return Near(self.latitude, self.longitude, self.km)

    @property
    def scopes(self) -> tuple[str, ...]:
        return (self.ref,) if self.ref and not self.km else ()


def find_place(text: str, km: float | None) -> Place:
    """The place that `text` (a ref, a name, a code, a point) means. Raises UnknownPlace or AmbiguousPlace.

    Without `km`: 30 km around a commune or a point, inside anything larger.
    """
    if point := _POINT.match(text):
        return _at(float(point[1]), float(point[2]), text, km)
    found = resolve_text(text)
    if found.territory is None:
        if found.candidates:
            raise AmbiguousPlace(found.candidates)
        raise UnknownPlace(
            _("Nous ne connaissons pas de lieu « %s ». Essayez un nom entier ou un code postal.") % text[:60]
        )
    return in_territory(found.territory, km)


def in_territory(territory: Territory, km: float | None = None) -> Place:
    """Around or inside a territory, as its size and what we know of its point allow."""
    place = Place(
        territory.ref,
        territory.name,
        0,
        territory.ref,
        territory.latitude,
        territory.longitude,
        territory.level,
    )
    if not place.is_point:
        return place
    usual = NEAR_KM if territory.level != Level.EPCI else 0
    return replace(place, km=usual if km is None else km)


def _at(latitude: float, longitude: float, text: str, km: float | None) -> Place:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise UnknownPlace(_("« %s » n’est pas un point du globe : latitude, longitude en degrés.") % text[:60])
    return Place(f"{latitude:g},{longitude:g}", _("Ma position"), km or NEAR_KM, latitude=latitude, longitude=longitude)
