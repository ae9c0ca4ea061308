"""Which GeoNames town is which commune: name, region, population and neighbours, together.

Homonyms are many (eleven "Saint-Sauveur" in one région), so a name never suffices: towns whose name
is unique within their région are placed first, then each other candidate must also lie near the
towns already placed that share its postal code, EPCI or arrondissement. When two readings remain
possible, none is taken: an unplaced commune is approximated later, a wrong one would mislead.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from fairealliance.lib.geo import haversine_km
from fairealliance.lib.text_fr import name_key

Point = tuple[float, float]

LINK_WORDS = frozenset(
    ("le", "la", "les", "l", "de", "du", "des", "d", "en", "lez", "sur", "sous", "s", "aux", "au", "a", "et")
)
ROUNDS = 4
MAX_COST = 3.2
MAX_COST_ALONE = 6.0
MARGIN = 0.8  # how much better the best reading must be than the next
SAME_PLACE_KM = 6.0  # two towns this close are one town for our purpose
UNKNOWN_POPULATION_COST = 0.7

# Neighbourhoods from the tightest to the widest, with the distance (km) at which a town is "usual"
# for its neighbourhood: about the 75th centile of what the placed towns show.
SCALES = {"postal": 8.0, "epci": 14.0, "district": 22.0, "departement": 45.0}


@dataclass(frozen=True, slots=True)
class Town:
    """One GeoNames town of France."""

    id: int
    name: str
    others: tuple[str, ...]
    region: str
    population: int
    point: Point


@dataclass(slots=True)
class Spot:
    """A commune's code, of today or of the past, with every name it had; the first is today's."""

    code: str
    names: list[str]
    region: str
    groups: dict[str, tuple[str, ...]]
    family: str  # code of today's commune
    population: int | None = None
    merged: bool = False  # the commune gathers others, so its town is smaller than itself
    ceiling: int | None = None  # a former commune's town is not larger than today's commune


@dataclass(slots=True)
class Neighbourhoods:
    """Points already placed, by postal code, EPCI, arrondissement and département."""

    members: dict[tuple[str, str], dict[str, Point]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, spot: Spot, point: Point) -> None:
        for level, codes in spot.groups.items():
            for code in codes:
                self.members[level, code][spot.code] = point

    def expect(self, spot: Spot, least: dict[str, int]) -> tuple[Point, float] | None:
        """Where the spot should be and within how many km, from the tightest group well enough known."""
        for level, scale in SCALES.items():
            points = {
                code: point
                for group in spot.groups.get(level, ())
                for code, point in self.members.get((level, group), {}).items()
                if code != spot.code
            }
            if len(points) >= least[level]:
                return middle(points.values()), scale
        return None


LEAST_TO_CHECK = {"postal": 2, "epci": 3, "district": 3, "departement": 3}


def middle(points: Iterable[Point]) -> Point:
    """Median on each axis: one misplaced town does not pull it away."""
    latitudes, longitudes = zip(*points, strict=True)
    return statistics.median(latitudes), statistics.median(longitudes)


def loose(key: str) -> str:
    return " ".join(word for word in key.split() if word not in LINK_WORDS) or key


def match(spots: list[Spot], towns: list[Town]) -> dict[str, Town]:
    """Town of each spot's code, for the codes of which it is certain enough."""
    pairs = candidates(spots, towns)
    placed = certain(spots, pairs)
    for _ in range(ROUNDS):
        near = neighbourhoods(spots, placed)
        placed = assign(spots, pairs, near)
    return placed


def neighbourhoods(spots: list[Spot], placed: dict[str, Town]) -> Neighbourhoods:
    near = Neighbourhoods()
    for spot in spots:
        if spot.code in placed:
            near.add(spot, placed[spot.code].point)
    return near


def candidates(spots: list[Spot], towns: list[Town]) -> dict[str, list[tuple[Town, float]]]:
    """For each code, the towns of its région that bear one of its names, with the cost of the name."""
    index: dict[tuple[str, str], dict[int, tuple[Town, float]]] = defaultdict(dict)
    for town in towns:
        for cost, key in town_keys(town):
            kept = index[town.region, key].get(town.id)
            if kept is None or cost < kept[1]:
                index[town.region, key][town.id] = (town, cost)
    found: dict[str, list[tuple[Town, float]]] = {}
    for spot in spots:
        best: dict[int, tuple[Town, float]] = {}
        for cost, key in spot_keys(spot):
            for town, town_cost in index.get((spot.region, key), {}).values():
                if town.id not in best or cost + town_cost < best[town.id][1]:
                    best[town.id] = (town, cost + town_cost)
        if best:
            found[spot.code] = list(best.values())
    return found


def town_keys(town: Town) -> Iterable[tuple[float, str]]:
    key = name_key(town.name)
    yield 0.0, key
    yield 0.4, "~" + loose(key)
    for other in town.others:
        key = name_key(other)
        if len(key) > 2:  # names in other alphabets fold to nothing, airport codes are no names
            yield 0.8, key
            yield 1.2, "~" + loose(key)


def spot_keys(spot: Spot) -> Iterable[tuple[float, str]]:
    for rank, name in enumerate(spot.names):
        key = name_key(name)
        extra = 0.4 if rank else 0.0
        yield extra, key
        yield extra + 0.2, "~" + loose(key)


def certain(spots: list[Spot], pairs: dict[str, list[tuple[Town, float]]]) -> dict[str, Town]:
    """Same full name, alone to bear it on both sides in the région, and about as many inhabitants."""
    claims: dict[int, int] = defaultdict(int)
    for found in pairs.values():
        for town, _ in found:
            claims[town.id] += 1
    placed = {}
    for spot in spots:
        found = pairs.get(spot.code, [])
        if len(found) != 1 or not spot.population:
            continue
        town, name_cost = found[0]
        if name_cost == 0 and claims[town.id] == 1 and population_cost(spot, town) < 0.4:
            placed[spot.code] = town
    return placed


def population_cost(spot: Spot, town: Town) -> float:
    """0 when alike, 1 when one is 2.7 times the other; former communes' populations are not known."""
    if spot.population is None or town.population < 10:  # GeoNames has a few zeros and slips
        too_large = spot.ceiling is not None and town.population > spot.ceiling * 1.3
        return 3.0 if too_large else UNKNOWN_POPULATION_COST
    ratio = math.log((town.population + 150) / (spot.population + 150))
    if spot.merged and ratio < 0:
        return min(0.3 - ratio * 0.3, 1.2)
    return abs(ratio)


def assign(spots: list[Spot], pairs: dict[str, list[tuple[Town, float]]], near: Neighbourhoods) -> dict[str, Town]:
    """Best readings first; a code and a town are taken once; two near-equal readings cancel out."""
    claims = priced_claims(spots, pairs, near)
    doubtful = Doubts(claims)
    placed: dict[str, Town] = {}
    taken: set[int] = set()
    for claim in claims:
        code, town = claim.spot.code, claim.town
        if code in placed or town.id in taken or claim.cost >= doubtful.limit(claim):
            continue
        if not doubtful.of_code(claim) and not doubtful.of_town(claim):
            placed[code] = town
            taken.add(town.id)
    return placed


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A commune's claim on a town: the lower the cost, the likelier."""

    cost: float
    name_cost: float
    spot: Spot
    town: Town


def priced_claims(spots: list[Spot], pairs: dict[str, list[tuple[Town, float]]], near: Neighbourhoods) -> list[Claim]:
    claims = []
    for spot in spots:
        expected = near.expect(spot, LEAST_TO_CHECK) if spot.code in pairs else None
        for town, name_cost in pairs.get(spot.code, ()):
            cost = name_cost + population_cost(spot, town) + distance_cost(town, expected)
            claims.append(Claim(cost, name_cost, spot, town))
    return sorted(claims, key=lambda claim: (claim.cost, claim.spot.code, claim.town.id))


def distance_cost(town: Town, expected: tuple[Point, float] | None) -> float:
    if expected is None:
        return 1.0
    centre, scale = expected
    return haversine_km(*town.point, *centre) / scale


class Doubts:
    """Tells when another reading of the same code, or of the same town, is almost as good."""

    def __init__(self, claims: list[Claim]) -> None:
        self.by_code: dict[str, list[Claim]] = defaultdict(list)
        self.by_town: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            self.by_code[claim.spot.code].append(claim)
            self.by_town[claim.town.id].append(claim)

    def limit(self, claim: Claim) -> float:
        """A name with no other plausible reading in the région may lie farther out."""
        readings = {*self.by_code[claim.spot.code], *self.by_town[claim.town.id]} - {claim}
        alone = all(other.cost > claim.cost + 2 * MARGIN for other in readings)
        alike = claim.name_cost == 0 and population_cost(claim.spot, claim.town) < 0.15
        return MAX_COST_ALONE if alone and alike else MAX_COST

    def of_code(self, claim: Claim) -> bool:
        """Another town, elsewhere, fits this commune almost as well and no other commune better."""
        return any(
            other.cost < claim.cost + MARGIN
            and haversine_km(*other.town.point, *claim.town.point) > SAME_PLACE_KM
            and self.by_town[other.town.id][0].cost > other.cost - MARGIN / 2
            for other in self.by_code[claim.spot.code]
        )

    def of_town(self, claim: Claim) -> bool:
        """Another commune fits this town almost as well."""
        return any(
            other.spot.family != claim.spot.family and other.cost < claim.cost + MARGIN / 2
            for other in self.by_town[claim.town.id]
        )
