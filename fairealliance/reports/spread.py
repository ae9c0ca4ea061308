"""How the hardest communes of France are shared among territories.

A median or a rate read commune by commune has no sum and no mean: a département has no figure unless the source
gives one. What can be said is how many of its inhabitants live in a commune of the hardest quarter, a quarter being
such that one inhabitant of France in four lives there. All in memory, in numpy, until the figures change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairealliance.territories import slugs
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Membership, Territory, Value

QUARTER = 0.25
# Under this share of inhabitants in communes with a figure, nothing is said.
ENOUGH = 0.5
HIGH, LOW = 1, -1
# Indicators that tell a fragility, and which end of them is the hard one.
FRAGILE: Mapping[str, int] = {
    slugs.POVERTY_RATE: HIGH,
    slugs.MEDIAN_INCOME: LOW,
    "taux-pauvrete-jeunes": HIGH,
    "taux-pauvrete-locataires": HIGH,
    "taux-pauvrete-proprietaires": HIGH,
    "part-chomage": HIGH,
    "part-prestations-sociales": HIGH,
    "rapport-interdecile": HIGH,
}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """Of the inhabitants whose commune has a figure, those in the hardest quarter; `covered`: of all inhabitants."""

    share: float
    covered: float


@dataclass(frozen=True, slots=True)
class Spread:
    """`threshold`: the figure from which a commune is in the hardest quarter. `shares`: by territory id."""

    threshold: float
    shares: dict[int, Share]
    hard: frozenset[int]
    known: frozenset[int]


def spreads() -> dict[str, Spread]:
    """By slug of indicator; only those with enough figures to speak of quarters."""
    return _kept.get()


def warm() -> None:
    """Builds the table now rather than for the first reader."""
    _kept.get()


def _build() -> dict[str, Spread]:
    people, index = _people()
    child, parent = _pairs(index)
    whole = _sums(parent, people[child])
    found = {}
    for slug, values in _values(index, len(people)).items():
        if np.count_nonzero(~np.isnan(values)) >= 4:
            found[slug] = _spread(values * FRAGILE[slug], FRAGILE[slug], people, child, parent, whole, list(index))
    return found


def _spread(
    values: Floats,
    direction: int,
    people: Floats,
    child: NDArray[np.intp],
    parent: NDArray[np.int64],
    whole: dict[int, float],
    pks: list[int],
) -> Spread:
    known = ~np.isnan(values)
    limit = _limit(values[known], people[known])
    hard = known & (np.nan_to_num(values, nan=-np.inf) >= limit)
    in_hard = _sums(parent, people[child] * hard[child])
    in_known = _sums(parent, people[child] * known[child])
    shares = {
        pk: Share(in_hard[pk] / total, total / whole[pk])
        for pk, total in in_known.items()
        if total > 0 and total >= ENOUGH * whole[pk]
    }
    return Spread(
        float(limit * direction),
        shares,
        frozenset(pks[i] for i in np.flatnonzero(hard)),
        frozenset(pks[i] for i in np.flatnonzero(known)),
    )


def _limit(values: Floats, people: Floats) -> float:
    """The figure above which (or at which) a quarter of the inhabitants live."""
    order = np.argsort(values)[::-1]
    running = np.cumsum(people[order])
    place = int(np.searchsorted(running, QUARTER * running[-1]))
    return float(values[order][min(place, len(order) - 1)])


def _people() -> tuple[Floats, dict[int, int]]:
    rows = Territory.objects.filter(level=Level.COMMUNE).order_by("pk").values_list("pk", "population")
    held = list(rows.iterator(chunk_size=20_000))
    people = np.array([population or 0 for _pk, population in held], dtype=np.float64)
    return people, {pk: i for i, (pk, _population) in enumerate(held)}


def _pairs(index: dict[int, int]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    rows = Membership.objects.filter(child__level=Level.COMMUNE).order_by("pk").values_list("child_id", "parent_id")
    held = [(index[child], parent) for child, parent in rows.iterator(chunk_size=20_000)]
    both = np.array(held, dtype=np.int64).reshape(-1, 2)
    return both[:, 0].astype(np.intp), both[:, 1]


def _values(index: dict[int, int], size: int) -> dict[str, Floats]:
    rows = Value.objects.filter(
        indicator__slug__in=FRAGILE, state=State.KNOWN, number__isnull=False, territory__level=Level.COMMUNE
    ).order_by()
    found: dict[str, Floats] = {}
    for slug, pk, number in rows.values_list("indicator__slug", "territory_id", "number").iterator(20_000):
        if slug not in found:
            found[slug] = np.full(size, np.nan)
        found[slug][index[pk]] = number
    return found


def _sums(parent: NDArray[np.int64], weights: Floats) -> dict[int, float]:
    """Parent id → sum of what its children weigh."""
    if not len(parent):
        return {}
    found, inverse = np.unique(parent, return_inverse=True)
    sums = np.bincount(inverse, weights=weights)
    return dict(zip(found.tolist(), sums.tolist(), strict=True))


_kept: PerEdition[dict[str, Spread]] = PerEdition(_build, "reference", "figures")
