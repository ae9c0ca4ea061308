"""The territories most like one, on standardised figures, and why, in words.

Distance is the weighted mean of squared standardised gaps over what both have known, raised when little is
shared. Everything is in numpy, in memory, rebuilt when the figures change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fairealliance.lib.french_numbers import format_number
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Territory, Value
from fairealliance.territories.trait_facts import Row
from fairealliance.territories.trait_table import Table, build, km_from
from fairealliance.territories.traits import GROUPS, MAX_WEIGHT, Trait

_TOLD = 3
# A likeness shared with more than this many territories in a hundred says nothing of these two.
_COMMONPLACE = 0.6
# With less than this share of the figures in common, nothing can be said of two territories.
_ENOUGH = 0.5
# At this distance two territories are strangers as far as nearness goes.
_FAR_KM = 150.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A territory like the one asked about. `distance` has no unit: 0 is the same, about 1.4 a stranger."""

    territory_ref: str
    name: str
    distance: float
    traits: list[str]
    territory_id: int
    population: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The nearest, what was compared, and what could not be (label, why)."""

    neighbours: list[Neighbour]
    compared_on: list[str]
    left_out: list[tuple[str, str]]


def nearest(
    territory: Territory, *, limit: int = 10, weights: Mapping[str, int] | None = None
) -> list[Neighbour]:
    """The `limit` territories of the same level most like `territory`, the nearest first.

    `weights`: group (see `traits.GROUPS`) → 0 to 3. Raises ValueError in French for any other.
    """
    return _nearest(territory, limit, weights)[0]


def compare(territory: Territory, *, limit: int = 10, weights: Mapping[str, int] | None = None) -> Comparison:
    """Like `nearest`, saying too what was compared and what is missing."""
    neighbours, used, unknown = _nearest(territory, limit, weights)
    table = _tables.get().get(territory.level)
    why = (
        _("chiffres pas encore importés")
        if territory.level == Level.COMMUNE
        else _("pas de chiffre officiel à cette échelle")
    )
    absent = [(label, why) for label in (table.absent if table else [])]
    return Comparison(neighbours, [trait.label for trait in used], _reasons(territory, unknown) + absent)


def clean_weights(weights: Mapping[str, int] | None) -> dict[str, int]:
    """Every group with its weight. Raises ValueError in French."""
    given = dict(weights or {})
    for group, weight in given.items():
        if group not in GROUPS:
            raise ValueError(_("« %(group)s » n’est pas un critère de comparaison.") % {"group": group[:40]})
        if weight not in range(MAX_WEIGHT + 1):
            raise ValueError(_("Un critère pèse de 0 (ignoré) à 3 (décisif)."))
    cleaned = {group: given.get(group, default) for group, (_label, default) in GROUPS.items()}
    if not any(cleaned.values()):
        raise ValueError(_("Gardez au moins un critère de comparaison."))
    return cleaned


def warm() -> None:
    """Builds the tables now rather than for the first visitor."""
    _tables.get()


_tables: PerEdition[dict[str, Table]] = PerEdition(build, "reference", "coordinates", "figures")


def _nearest(
    territory: Territory, limit: int, weights: Mapping[str, int] | None
) -> tuple[list[Neighbour], list[Trait], list[Trait]]:
    """The nearest, the traits compared, and those unknown for this territory."""
    cleaned = clean_weights(weights)
    table = _tables.get().get(territory.level)
    row = table.position.get(territory.pk) if table else None
    if table is None or row is None:
        return [], [], []
    wanted = [trait for trait in table.traits if cleaned[trait.group]]
    used = [trait for trait in wanted if trait.known[row]]
    distances = _distances(table, row, used, cleaned)
    count = min(limit, len(distances))
    best = np.argpartition(distances, count - 1)[:count] if count else np.array([], dtype=int)
    best = best[np.lexsort((best, distances[best]))]
    best = best[np.isfinite(distances[best])]
    told = _told(table, row, best, used, cleaned)
    found = [
        _neighbour(table.rows[other], float(distances[other]), words)
        for other, words in zip(best, told, strict=True)
    ]
    return found, used, [trait for trait in wanted if not trait.known[row]]


def _distances(table: Table, row: int, used: list[Trait], weights: Mapping[str, int]) -> NDArray[np.float32]:
    total = np.zeros(len(table.rows), dtype=np.float32)
    shared = np.zeros(len(table.rows), dtype=np.float32)
    whole = 0.0
    for trait in used:
        weight = weights[trait.group] * trait.share
        trait.add_squares(row, weight, total)
        shared += trait.present * np.float32(weight)
        whole += weight
    if weights["proximite"] and not np.isnan(table.latitude[row]):
        near = (np.minimum(km_from(table, row) / _FAR_KM, 2) ** 2).astype(np.float32) * weights["proximite"]
        known = ~np.isnan(near)
        total += np.where(known, near, 0)
        shared += known * np.float32(weights["proximite"])
        whole += weights["proximite"]
    enough = shared >= _ENOUGH * max(whole, 1e-9)
    # The mean over what is shared, raised by how much is not.
    distances = np.sqrt(total * np.float32(whole)) / np.maximum(shared, np.float32(1e-9))
    distances[row] = np.inf
    distances[~enough] = np.inf
    return distances.astype(np.float32, copy=False)


def _neighbour(there: Row, distance: float, traits: list[str]) -> Neighbour:
    return Neighbour(
        territory_ref=f"{there.level}:{there.code}",
        name=there.name,
        distance=round(distance, 4),
        traits=traits,
        territory_id=there.pk,
        population=there.population,
        latitude=there.latitude,
        longitude=there.longitude,
    )


def _told(
    table: Table, row: int, others: NDArray[np.intp], used: list[Trait], weights: Mapping[str, int]
) -> list[list[str]]:
    """For each neighbour, the likenesses that say most: those that the fewest other territories have."""
    told: list[list[tuple[float, str, str]]] = [[] for _other in others]
    for trait in used:
        for i, rarity in enumerate(trait.rarities(row, others).tolist()):
            if (
                rarity <= _COMMONPLACE
                and trait.known[others[i]]
                and (words := trait.tell(row, int(others[i])))
            ):
                told[i].append((rarity / weights[trait.group], trait.group, words))
    if weights["proximite"]:
        for i, km in enumerate(km_from(table, row)[others].tolist()):
            if km < _FAR_KM:
                told[i].append((km / _FAR_KM / 3, "proximite", _("à %(km)s km") % {"km": format_number(km)}))
    return [_choose(sorted(likenesses)) for likenesses in told]


def _choose(told: list[tuple[float, str, str]]) -> list[str]:
    """Three, one per group first: three ways to say "rural" would be one."""
    groups: set[str] = set()
    firsts: list[str] = []
    others: list[str] = []
    for _rank, group, words in told:
        (others if group in groups else firsts).append(words)
        groups.add(group)
    return (firsts + others)[:_TOLD]


def _reasons(territory: Territory, unknown: list[Trait]) -> list[tuple[str, str]]:
    """Why each figure could not be compared: secret here, unavailable here, or no official value."""
    if not unknown:
        return []
    states = dict(
        Value.objects.filter(territory=territory, indicator__slug__in=[trait.slug for trait in unknown])
        .order_by()
        .values_list("indicator__slug", "state")
    )
    return [(trait.label, str(State(states.get(trait.slug, State.UNAVAILABLE)).label)) for trait in unknown]
