"""The territories most like one, on standardised figures, and why, in words.

Distance is the root of the weighted mean of squared standardised gaps. A figure not known of the other counts
as a moderate gap, one not known here is left out, and both are said. Everything is in numpy, in memory,
rebuilt when the figures change.
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
# Squared distance of a figure known here and not there.
_UNKNOWN = np.float32(0.5)
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


def nearest(territory: Territory, *, limit: int = 10, weights: Mapping[str, int] | None = None) -> list[Neighbour]:
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
    best = _smallest(distances, limit)
    told = _told(table, row, best, used, cleaned)
    found = [
        _neighbour(table.rows[other], float(distances[other]), words) for other, words in zip(best, told, strict=True)
    ]
    return found, used, [trait for trait in wanted if not trait.known[row]]


def _smallest(distances: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Places of the `count` smallest finite distances, in order."""
    stride = 16
    # The count-th smallest of a part is no smaller than that of the whole: it bounds what must be sorted.
    part = distances[::stride]
    bound = np.partition(part, count - 1)[count - 1] if len(part) > count > 0 else np.inf
    places = np.flatnonzero((distances <= bound) & np.isfinite(distances))
    return places[np.lexsort((places, distances[places]))][:count]


def _distances(table: Table, row: int, used: list[Trait], weights: Mapping[str, int]) -> NDArray[np.float32]:
    total = np.zeros(len(table.rows), dtype=np.float32)
    shared = np.zeros(len(table.rows), dtype=np.float32)
    whole = everywhere = 0.0
    for trait in used:
        weight = weights[trait.group] * trait.share
        trait.add_squares(row, weight, total)
        whole += weight
        if trait.complete:
            everywhere += weight
        else:
            shared += trait.present * np.float32(weight)
    if weights["proximite"] and not np.isnan(table.latitude[row]):
        near = (np.minimum(km_from(table, row) / _FAR_KM, 2) ** 2).astype(np.float32) * weights["proximite"]
        known = ~np.isnan(near)
        total += np.where(known, near, 0)
        shared += known * np.float32(weights["proximite"])
        whole += weights["proximite"]
    shared += np.float32(everywhere)
    enough = shared >= _ENOUGH * max(whole, 1e-9)
    # What is not known of the other counts as half-way to a stranger: neither the same nor far.
    distances = np.sqrt((total + (np.float32(whole) - shared) * _UNKNOWN) / np.float32(max(whole, 1e-9)))
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
    ranks = [(trait, trait.rarities(row, others).tolist()) for trait in used]
    distances = km_from(table, row)[others].tolist() if weights["proximite"] else []
    told = []
    for i, other in enumerate(others.tolist()):
        likely = sorted(
            ((rarities[i] / weights[trait.group], trait) for trait, rarities in ranks if rarities[i] <= _COMMONPLACE),
            key=lambda pair: pair[0],
        )
        near = [_("à %(km)s km") % {"km": format_number(distances[i])}] if distances and distances[i] < _FAR_KM else []
        told.append(_choose([trait for _rank, trait in likely], row, other, near))
    return told


def _choose(traits: list[Trait], row: int, other: int, words: list[str]) -> list[str]:
    """Three likenesses, one per group first: three ways to say "rural" would be one."""
    groups: set[str] = set()
    later: list[Trait] = []
    for trait in traits:
        if len(words) >= _TOLD:
            break
        if trait.group in groups:
            later.append(trait)
        elif trait.known[other] and (likeness := trait.tell(row, other)):
            groups.add(trait.group)
            words.append(likeness)
    more = (trait.tell(row, other) for trait in later if trait.known[other])
    return (words + [likeness for likeness in more if likeness])[:_TOLD]


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
