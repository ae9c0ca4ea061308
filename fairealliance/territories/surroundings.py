"""What a territory lies in, what lies in it, and where it is on the map."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.lib import geo
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.querysets import TerritoryQuerySet
from fairealliance.territories.stipple import Pin, SmallMap, small_map
from fairealliance.territories.words import level_plural

# From the nearest to the widest.
_UP = (Level.COMMUNE, Level.EPT, Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.COUNTRY)
_DOWN: dict[str, tuple[Level, ...]] = {
    Level.COUNTRY: (Level.REGION, Level.DEPARTEMENT, Level.EPCI),
    Level.REGION: (Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE),
    Level.DEPARTEMENT: (Level.EPCI, Level.COMMUNE),
    Level.EPCI: (Level.COMMUNE, Level.EPT),
    Level.EPT: (Level.COMMUNE,),
}
_PARTS = (Level.DELEGATED, Level.ASSOCIATED, Level.ARRONDISSEMENT)
# Établissements publics territoriaux exist in the Métropole du Grand Paris only (law of 7 August 2015).
_HOLDS_EPT = ("200054781",)
_SIDE = 1000.0


@dataclass(frozen=True, slots=True)
class Tab:
    """A level of members one can list: its value in the address, its name, whether it is the one shown."""

    value: str
    label: str
    shown: bool


@dataclass(frozen=True, slots=True)
class LocalMap:
    """SVG paths on a drawing 1000 wide: the communes around, those that belong, and the place itself."""

    around: str
    members: str
    own: tuple[float, float] | None
    height: int
    title: str


def ancestors(territory: Territory) -> list[Territory]:
    """What it lies in, the nearest first; one query."""
    order = {level: i for i, level in enumerate(_UP)}
    found = Territory.objects.containing(territory).filter(level__in=_UP).order_by("pk")
    return sorted(found, key=lambda item: (order[Level(item.level)], -(item.population or 0)))


def parts(territory: Territory) -> list[Territory]:
    """Delegated and associated communes, municipal arrondissements; none above the commune, and no query."""
    if territory.level != Level.COMMUNE:
        return []
    return list(Territory.objects.within(territory).filter(level__in=_PARTS).order_by("code", "level"))


def parts_title(found: list[Territory]) -> str:
    """What the parts are, together."""
    levels = {part.level for part in found}
    if levels == {Level.ARRONDISSEMENT}:
        return _("Ses arrondissements")
    if levels == {Level.DELEGATED}:
        return _("Ses communes déléguées")
    return _("Ses communes associées") if levels == {Level.ASSOCIATED} else _("Ses communes déléguées et associées")


def tabs(territory: Territory, asked: str) -> list[Tab]:
    """The levels below, the one asked for (else the first) marked as shown."""
    levels = [level for level in _DOWN.get(territory.level, ()) if level != Level.EPT or territory.code in _HOLDS_EPT]
    shown = next((level for level in levels if level == asked), levels[0] if levels else None)
    return [Tab(level, level_plural(level), level == shown) for level in levels]


def members(territory: Territory, level: str) -> TerritoryQuerySet:
    """Members of that level in alphabetical order; slugs sort without accents, unlike names in SQLite."""
    return Territory.objects.within(territory).filter(level=level).order_by("slug", "code")


def in_france(territory: Territory) -> SmallMap | None:
    """A dot on the country."""
    if territory.latitude is None or territory.longitude is None or territory.level == Level.COUNTRY:
        return None
    return small_map([Pin(territory.latitude, territory.longitude, territory.name, territory.precision)])


def local_map(territory: Territory, above: list[Territory]) -> LocalMap | None:
    """The communes of its département(s), its own (or its EPCI's) in strong; two queries.

    None for a région or the country: too many communes to tell anything.
    """
    if territory.level not in (Level.COMMUNE, Level.EPCI, Level.EPT, Level.DEPARTEMENT):
        return None
    frame = [item for item in above if item.level == Level.DEPARTEMENT] or [territory]
    group = (
        next((item for item in above if item.level == Level.EPCI), None)
        if territory.level == Level.COMMUNE
        else territory
    )
    around = _spots(frame)
    strong = set(_spots([group])) if group else set()
    place = _place(territory)
    everything = [*around, *strong, *([place] if place else [])]
    if len(everything) < 2:
        return None
    box = _Box(everything)
    return LocalMap(
        around=box.path(spot for spot in around if spot not in strong),
        members=box.path(sorted(strong)),
        own=box.at(place) if place and territory.level == Level.COMMUNE else None,
        height=box.height,
        title=_title(territory, group, frame),
    )


def _title(territory: Territory, group: Territory | None, frame: list[Territory]) -> str:
    where = ", ".join(item.name for item in frame)
    if territory.level == Level.COMMUNE and group:
        words = {"name": territory.name, "group": group.name, "where": where}
        return _("%(name)s parmi les communes de %(group)s, dans : %(where)s") % words
    if territory.level == Level.DEPARTEMENT:
        return _("Les communes de : %(name)s") % {"name": territory.name}
    return _("Les communes de %(name)s, dans : %(where)s") % {"name": territory.name, "where": where}


_Spot = tuple[float, float]


def _place(territory: Territory) -> _Spot | None:
    if territory.latitude is None or territory.longitude is None:
        return None
    spot = geo.project(territory.latitude, territory.longitude)
    return (spot[0], spot[1]) if spot else None


def _spots(wholes: list[Territory]) -> list[_Spot]:
    rows = (
        Territory.objects.filter(
            memberships__parent__in=wholes,
            level=Level.COMMUNE,
            latitude__isnull=False,
            longitude__isnull=False,
        )
        .order_by("pk")
        .values_list("latitude", "longitude")
    )
    spots = (geo.project(latitude or 0.0, longitude or 0.0) for latitude, longitude in rows)
    return [(spot[0], spot[1]) for spot in spots if spot]


class _Box:
    """Brings a few places to a drawing 1000 wide."""

    def __init__(self, spots: list[_Spot]) -> None:
        xs, ys = [x for x, _y in spots], [y for _x, y in spots]
        span = max(max(xs) - min(xs), max(ys) - min(ys), 1e-6)
        self._left, self._top = min(xs), min(ys)
        self._scale = _SIDE * 0.9 / span
        self._margin = _SIDE * 0.05
        self._shift = (span - (max(xs) - min(xs))) / 2
        self.height = round((max(ys) - self._top) * self._scale + 2 * self._margin)

    def at(self, spot: _Spot) -> _Spot:
        x = (spot[0] - self._left + self._shift) * self._scale + self._margin
        return round(x, 1), round((spot[1] - self._top) * self._scale + self._margin, 1)

    def path(self, spots: Iterable[_Spot]) -> str:
        places = (self.at(spot) for spot in spots)
        return "".join(f"M{x:.0f} {y:.0f}h.1" for x, y in places)
