"""How near something is to a territory, in a number for ranking and in words for people."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.geo import haversine_km
from fairealliance.territories.comparable import Neighbour, nearest
from fairealliance.territories.enums import Level, Precision
from fairealliance.territories.models import Territory

# From a département's or a région's centre a distance would mean nothing to anyone.
_PUNCTUAL = {Level.COMMUNE, Level.DELEGATED, Level.ASSOCIATED, Level.ARRONDISSEMENT, Level.EPCI, Level.EPT}
_KM = re.compile(r"à [\d\s]+ km")
NEAR_KM = 30
_WORTH_SAYING_KM = 100
COUNTRY = "pays:FR"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is: every territory it belongs to, its point, and the name to show."""

    scopes: frozenset[str]
    latitude: float | None = None
    longitude: float | None = None
    name: str = ""
    precise: bool = True


@dataclass(frozen=True, slots=True)
class Nearness:
    """`closeness` goes from 0 (elsewhere) to 1 (here)."""

    closeness: float
    words: tuple[str, ...]
    km: float | None
    circle: str  # here, epci, near, comparable, departement, region, everywhere, elsewhere


@dataclass(frozen=True, slots=True)
class Place:
    """A territory, what contains it, and what is like it."""

    territory: Territory
    ancestors: tuple[Territory, ...]
    neighbours: Mapping[str, Neighbour]

    @property
    def scopes(self) -> list[str]:
        """Refs of the territory and all that contains it, the narrowest first."""
        return [self.territory.ref, *(ancestor.ref for ancestor in self.ancestors)]

    def at(self, *levels: str) -> list[Territory]:
        """The territory itself or those that contain it, at these levels."""
        return [one for one in (self.territory, *self.ancestors) if one.level in levels]

    @property
    def is_point(self) -> bool:
        return self.territory.level in _PUNCTUAL and self.territory.latitude is not None

    def km_to(self, latitude: float | None, longitude: float | None) -> float | None:
        """Distance as the crow flies, when both ends are known."""
        here = self.territory
        if not self.is_point or latitude is None or longitude is None:
            return None
        assert here.latitude is not None
        assert here.longitude is not None
        return haversine_km(here.latitude, here.longitude, latitude, longitude)

    def nearness(self, spot: Spot) -> Nearness:
        """How close `spot` is, and why, the strongest reason first."""
        km = self.km_to(spot.latitude, spot.longitude)
        if self.territory.ref in spot.scopes:
            return Nearness(1.0, (_inside(self.territory, spot),), 0.0 if km is None else km, "here")
        if spot.scopes == {COUNTRY}:
            return Nearness(0.3, (_("agit dans toute la France"),), None, "everywhere")
        found = [*self._shared(spot), *self._by_distance(km, spot), *self._alike(spot)]
        if not found:
            words = _("ailleurs en France : %(place)s") % {"place": spot.name} if spot.name else _("lieu non précisé")
            return Nearness(0.05, (words,), km, "elsewhere")
        # The strongest first; a département says nothing more once the intercommunality is named.
        found.sort(key=lambda each: -each[0])
        return Nearness(found[0][0], tuple(words for _weight, words, _circle in found[:3]), km, found[0][2])

    def _shared(self, spot: Spot) -> Iterable[tuple[float, str, str]]:
        for levels, weight, template, circle in (
            ((Level.EPCI, Level.EPT), 0.9, _("même intercommunalité : %(name)s"), "epci"),
            ((Level.DEPARTEMENT,), 0.55, _("même département : %(name)s"), "departement"),
            ((Level.REGION,), 0.35, _("même région : %(name)s"), "region"),
        ):
            for ancestor in self.at(*levels):
                if ancestor.ref in spot.scopes:
                    return [(weight, template % {"name": ancestor.name}, circle)]
        return []

    def _by_distance(self, km: float | None, spot: Spot) -> Iterable[tuple[float, str, str]]:
        if km is None or km > _WORTH_SAYING_KM:
            return []
        exact = spot.precise and self.territory.precision in (Precision.EXACT, Precision.TOWN)
        weight = 0.92 - km / NEAR_KM * 0.2 if km <= NEAR_KM else max(0.1, 0.6 - km / 200)
        return [(weight, distance_words(km, exact=exact), "near" if km <= NEAR_KM else "far")]

    def _alike(self, spot: Spot) -> Iterable[tuple[float, str, str]]:
        for ref in spot.scopes & self.neighbours.keys():
            # The distance is told on its own; a likeness that cannot be told is not claimed.
            told = [trait for trait in self.neighbours[ref].traits if not _KM.fullmatch(trait)]
            if told:
                words = _("territoire comparable : %(traits)s") % {"traits": ", ".join(told[:2])}
                return [(0.65, words, "comparable")]
        return []


def distance_words(km: float, *, exact: bool = True) -> str:
    """« à 12 km de chez vous »; « environ » when one end is approximate."""
    if km < 1:
        return _("à moins d’un kilomètre de chez vous") if exact else _("tout près de chez vous")
    text = format_number(km)
    if exact:
        return _("à %(km)s km de chez vous") % {"km": text}
    return _("à environ %(km)s km de chez vous") % {"km": text}


def _inside(territory: Territory, spot: Spot) -> str:
    if territory.level in (Level.EPCI, Level.EPT):
        return _("dans votre intercommunalité : %(place)s") % {"place": spot.name or territory.name}
    if territory.level == Level.DEPARTEMENT:
        return _("dans votre département : %(place)s") % {"place": spot.name or territory.name}
    if territory.level == Level.REGION:
        return _("dans votre région : %(place)s") % {"place": spot.name or territory.name}
    if territory.level == Level.COUNTRY:
        return _("en France : %(place)s") % {"place": spot.name or territory.name}
    return _("chez vous, à %(place)s") % {"place": territory.name}


_WIDTH = {Level.EPCI: 1, Level.EPT: 1, Level.DEPARTEMENT: 2, Level.REGION: 3, Level.COUNTRY: 4}


def locate(territory: Territory) -> Place:
    """`territory` with its ancestors (one query) and the territories like it (in memory)."""
    ancestors = sorted(
        Territory.objects.containing(territory).order_by("pk"),
        key=lambda each: _WIDTH.get(Level(each.level), 0),
    )
    comparable = territory.level in (Level.COMMUNE, Level.EPCI)
    neighbours = nearest(territory, limit=10) if comparable else []
    return Place(territory, tuple(ancestors), {each.territory_ref: each for each in neighbours})
