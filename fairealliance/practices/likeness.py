"""Territories like the one where it was done: where else the practice may speak to people."""

from dataclasses import dataclass

from fairealliance.organisations.places import Place
from fairealliance.territories.comparable import nearest
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

SHOWN = 3
_COMPARED = (Level.COMMUNE, Level.EPCI)


@dataclass(frozen=True, slots=True)
class LikeTerritory:
    """One of them, and what makes it like."""

    territory: Territory
    traits: list[str]


@dataclass(frozen=True, slots=True)
class LikeTerritories:
    """Those like `origin`, the nearest in kind first."""

    origin: Territory
    found: list[LikeTerritory]


def like_territories(places: list[Place]) -> LikeTerritories | None:
    """From the first commune, else intercommunality, of a practice; None when there is nothing to compare."""
    origin = next((p.territory for level in _COMPARED for p in places if p.territory.level == level), None)
    if origin is None:
        return None
    neighbours = nearest(origin, limit=SHOWN)
    territories = Territory.objects.in_bulk([neighbour.territory_id for neighbour in neighbours])
    found = [
        LikeTerritory(territories[neighbour.territory_id], neighbour.traits)
        for neighbour in neighbours
        if neighbour.territory_id in territories
    ]
    return LikeTerritories(origin, found) if found else None
