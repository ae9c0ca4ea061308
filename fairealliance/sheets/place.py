"""How near something is to a territory, in a number for ranking and in words for people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.geo import haversine_km
from fairealliance.territories.comparable import Neighbour, nearest
from fairealliance.territories.enums import SURE, Level
from fairealliance.territories.models import Territory

_KM = re.compile(r"à [\d\s]+ km")
NEAR_KM = 30
_WORTH_SAYING_KM = 100
COUNTRY = "pays:FR"

# What is shared, from the closest: weight between 0 (elsewhere) and 1 (here).
_SHARED = {Level.EPCI: 0.9, Level.EPT: 0.9, Level.DEPARTEMENT: 0.55, Level.REGION: 0.35}
_TOWN = 0.97
_ALIKE, _EVERYWHERE, _ELSEWHERE = 0.65, 0.3, 0.05


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
    """`closeness` goes from 0 (elsewhere) to 1 (here). `grounds`: (weight, circle, what is told), strongest first.

    Circles: here, epci, near, comparable, departement, region, far, everywhere, elsewhere.
    """

    closeness: float
    circle: str
    km: float | None
    grounds: tuple[tuple[float, str, str], ...]


class Place:
    """A territory, what contains it, and what is like it."""

    def __init__(
        self, territory: Territory, ancestors: tuple[Territory, ...], neighbours: Mapping[str, Neighbour]
    ) -> None:
        self.territory, self.ancestors, self.neighbours = territory, ancestors, neighbours
        self.is_point = Level(territory.level).is_punctual and territory.latitude is not None
        # One's own département is not a thing shared with oneself.
        wide = [one for one in ancestors if one.level in _SHARED]
        # A municipal arrondissement or a delegated commune is part of a town: what is there is at home.
        self._town = next((one for one in ancestors if one.level == Level.COMMUNE), None)
        self._shared = [(one.ref, _SHARED[Level(one.level)], _circle(one.level), one.name) for one in wide]

    def at(self, *levels: str) -> list[Territory]:
        """The territory itself or those that contain it, at these levels."""
        return [one for one in (self.territory, *self.ancestors) if one.level in levels]

    def km_to(self, latitude: float | None, longitude: float | None) -> float | None:
        """Distance as the crow flies, when both ends are known."""
        here = self.territory
        if not self.is_point or here.latitude is None or here.longitude is None:
            return None
        if latitude is None or longitude is None:
            return None
        return haversine_km(here.latitude, here.longitude, latitude, longitude)

    def nearness(self, spot: Spot) -> Nearness:
        """How close `spot` is. Hundreds are weighed for each sheet: words are made only for those shown."""
        km = self.km_to(spot.latitude, spot.longitude)
        if self.territory.ref in spot.scopes:
            return Nearness(1.0, "here", 0.0 if km is None else km, ((1.0, "here", spot.name),))
        if self._town is not None and self._town.ref in spot.scopes:
            return Nearness(_TOWN, "here", None, ((_TOWN, "town", self._town.name),))
        if spot.scopes == {COUNTRY}:
            return Nearness(_EVERYWHERE, "everywhere", None, ((_EVERYWHERE, "everywhere", ""),))
        grounds = []
        for ref, weight, circle, name in self._shared:
            if ref in spot.scopes:
                grounds.append((weight, circle, name))
                break  # a département says nothing more once the intercommunality is named
        if km is not None and km <= _WORTH_SAYING_KM:
            weight = 0.92 - km / NEAR_KM * 0.2 if km <= NEAR_KM else max(0.1, 0.6 - km / 200)
            grounds.append((weight, "near" if km <= NEAR_KM else "far", ""))
        grounds.extend(self._alike(spot))
        if not grounds:
            return Nearness(_ELSEWHERE, "elsewhere", km, ((_ELSEWHERE, "elsewhere", spot.name),))
        grounds.sort(key=lambda each: -each[0])
        return Nearness(grounds[0][0], grounds[0][1], km, tuple(grounds[:3]))

    def words(self, spot: Spot, nearness: Nearness) -> tuple[str, ...]:
        """Why `spot` is near, the strongest reason first."""
        exact = spot.precise and self.territory.precision in SURE
        return tuple(self._tell(circle, told, nearness.km, exact) for _weight, circle, told in nearness.grounds)

    def _alike(self, spot: Spot) -> list[tuple[float, str, str]]:
        for ref in spot.scopes & self.neighbours.keys():
            # The distance is told on its own; a likeness that cannot be told is not claimed.
            told = [trait for trait in self.neighbours[ref].traits if not _KM.fullmatch(trait)]
            if told:
                return [(_ALIKE, "comparable", ", ".join(told[:2]))]
        return []

    def _tell(self, circle: str, told: str, km: float | None, exact: bool) -> str:
        match circle:
            case "here":
                return _inside(self.territory, told)
            case "town":
                return _("dans votre commune : %(told)s") % {"told": told}
            case "near" | "far":
                return distance_words(km or 0.0, exact=exact)
            case "everywhere":
                return _("agit dans toute la France")
            case "elsewhere":
                return _("ailleurs en France : %(place)s") % {"place": told} if told else _("lieu non précisé")
            case "epci":
                return _("même intercommunalité : %(told)s") % {"told": told}
            case "departement":
                return _("même département : %(told)s") % {"told": told}
            case "region":
                return _("même région : %(told)s") % {"told": told}
        return _("territoire comparable : %(told)s") % {"told": told}


def _circle(level: str) -> str:
    return "epci" if level in (Level.EPCI, Level.EPT) else str(Level(level).value)


def distance_words(km: float, *, exact: bool = True) -> str:
    """« à 12 km de chez vous »; « environ » when one end is approximate."""
    if km < 1:
        return _("à moins d’un kilomètre de chez vous") if exact else _("tout près de chez vous")
    text = format_number(km)
    if exact:
        return _("à %(km)s km de chez vous") % {"km": text}
    return _("à environ %(km)s km de chez vous") % {"km": text}


def _inside(territory: Territory, name: str) -> str:
    place = {"place": name or territory.name}
    if territory.level in (Level.EPCI, Level.EPT):
        return _("dans votre intercommunalité : %(place)s") % place
    if territory.level == Level.DEPARTEMENT:
        return _("dans votre département : %(place)s") % place
    if territory.level == Level.REGION:
        return _("dans votre région : %(place)s") % place
    if territory.level == Level.COUNTRY:
        return _("en France : %(place)s") % place
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
