"""Columns laid out for questions: one row per place of a unit, sorted so that what is near lies together.

Sites come first, by cell of a tenth of a degree, south to north then west to east: what lies within a radius is one
slice per line of cells, read without gathering. Scopes follow, by territory: who acts in one is one slice. What
changed since then follows, in no order, up to the spare rows that were kept for it; it is looked at whole each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairealliance.lib.geo import EARTH_RADIUS_KM, Box
from fairealliance.matching.bits import SPHERES
from fairealliance.matching.columns import NO_LIMIT, UNKNOWN_DAY, Floats, Ints, Scopes, Sites, Units, day
from fairealliance.matching.policy import Policy

CELL = 0.1
_COLUMNS = round(360 / CELL)
WELCOMES = len(SPHERES) + 1
ROOM = 1 << (2 * WELCOMES)
NETWORK = 1 << (2 * WELCOMES + 1)
INVENTED = 1 << (2 * WELCOMES + 2)
"""Bits of `tags`: the sphere (one of the first), those it welcomes, whether it has room, is for members, is made up."""


@dataclass
class Rows:
    """Sites, then scopes. Columns that every question reads are copied here from the units."""

    x: Floats
    y: Floats
    z: Floats
    """On the unit sphere: differences of float32 are good to a metre, everywhere on the globe."""
    unit: NDArray[np.int32]
    place: NDArray[np.int32]
    seeks: NDArray[np.uint16]
    brings: NDArray[np.uint16]
    tags: NDArray[np.uint32]
    opens: NDArray[np.int16]
    closes: NDArray[np.int16]
    cells: NDArray[np.int32]
    """Cells that hold a site, in order, and in `cell_starts` where each begins."""
    cell_starts: NDArray[np.int32]
    places: NDArray[np.int32]
    """Territories where someone acts, in order, and in `place_starts` where each begins."""
    place_starts: NDArray[np.int32]
    end: NDArray[np.int64]
    """One value: how many rows are in use, what came later included."""

    @property
    def sites(self) -> int:
        """How many sites are in order."""
        return int(self.cell_starts[-1])

    @property
    def late(self) -> slice:
        """What came later."""
        return slice(int(self.place_starts[-1]), int(self.end[0]))

    def is_site(self, at: NDArray[np.intp]) -> NDArray[np.bool_]:
        return ~np.isnan(self.x[at])

    def in_box(self, box: Box) -> Iterator[slice]:
        """Sites of the cells that touch the box: more than lie in it."""
        low, high = _line(box.south), _line(box.north)
        spans = [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
        for west, east in spans:
            lines = np.arange(low, high + 1) * _COLUMNS
            first = np.searchsorted(self.cells, lines + _column(west))
            after = np.searchsorted(self.cells, lines + _column(east), side="right")
            for i, j in zip(first.tolist(), after.tolist(), strict=True):
                if i < j:
                    yield slice(int(self.cell_starts[i]), int(self.cell_starts[j]))
        if self.late.start < self.late.stop:
            yield self.late

    def acting_in(self, places: tuple[int, ...]) -> Iterator[tuple[int, NDArray[np.intp] | slice]]:
        """For each territory where someone acts, the rows of those who do."""
        late = self.late
        late_places = np.where(np.isnan(self.x[late]), self.place[late], -1)
        for place in places:
            i = int(np.searchsorted(self.places, place))
            if i < len(self.places) and self.places[i] == place:
                yield place, slice(int(self.place_starts[i]), int(self.place_starts[i + 1]))
            if (here := np.flatnonzero(late_places == place)).size:
                yield place, here + late.start

    def bury(self, units: Ints) -> None:
        """Take units out, for good: no sphere is theirs any more, so that no gate opens to them."""
        self.tags[: int(self.end[0])][np.isin(self.unit[: int(self.end[0])], units)] = 0

    def append(self, other: "Rows", shift: int) -> slice:
        """Rows laid out apart, of units that come `shift` further. Raises Full when no spare rows are left."""
        start, count = int(self.end[0]), int(other.end[0])
        if start + count > len(self.unit):
            raise Full
        new = slice(start, start + count)
        for name in _PER_ROW:
            getattr(self, name)[new] = getattr(other, name)[:count]
        self.unit[new] += np.int32(shift)
        self.end[0] = new.stop
        return new


class Full(Exception):
    """So much changed that the whole must be laid out anew."""


_PER_ROW = ("x", "y", "z", "unit", "place", "seeks", "brings", "tags", "opens", "closes")


def lay_out(units: Units, sites: Sites, scopes: Scopes, spare: int = 0) -> Rows:
    """Same columns, same rows: ties are sorted by unit. `spare` rows, open to nobody, are left for what comes later."""
    cell = _cells(sites.latitude, sites.longitude)
    order = np.lexsort((sites.unit, cell))
    cells, cell_starts = _runs(cell[order])
    acting = np.lexsort((scopes.unit, scopes.place))
    places, place_starts = _runs(scopes.place[acting])
    unit = np.concatenate([sites.unit[order], scopes.unit[acting]])
    x, y, z = on_sphere(sites.latitude[order], sites.longitude[order])
    nowhere = np.full(len(scopes.unit), np.nan, np.float32)
    columns: dict[str, NDArray[Any]] = {
        "x": np.concatenate([x, nowhere]),
        "y": np.concatenate([y, nowhere]),
        "z": np.concatenate([z, nowhere]),
        "unit": unit,
        "place": np.concatenate([sites.place[order], scopes.place[acting]]),
        "seeks": units.seeks[unit],
        "brings": units.brings[unit],
        "tags": _tags(units)[unit],
        "opens": units.opens[unit],
        "closes": units.closes[unit],
    }
    return Rows(
        **{name: padded(column, spare) for name, column in columns.items()},
        cells=cells,
        cell_starts=cell_starts,
        places=places,
        place_starts=place_starts + np.int32(len(order)),
        end=np.array([len(unit)], np.int64),
    )


def padded(column: NDArray[Any], spare: int) -> NDArray[Any]:
    """With so many zeros at the end."""
    return np.concatenate([column, np.zeros((spare, *column.shape[1:]), column.dtype)]) if spare else column


def arranged(count: int, sites: Sites, scopes: Scopes) -> tuple[NDArray[np.intp], Sites, Scopes]:
    """An order of the units by the cell of their first site (those without last), and both tables told in it."""
    cell = np.full(count, np.iinfo(np.int32).max, np.int32)
    cell[sites.unit[::-1]] = _cells(sites.latitude, sites.longitude)[::-1]
    order = np.argsort(cell, kind="stable")
    rank = np.empty(count, np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    renamed = Sites(rank[sites.unit], sites.latitude, sites.longitude, sites.place)
    return order, renamed, Scopes(rank[scopes.unit], scopes.place)


def on_sphere(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> tuple[Floats, Floats, Floats]:
    phi, lam = np.radians(latitude), np.radians(longitude)
    x, y, z = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)
    return x.astype(np.float32), y.astype(np.float32), z.astype(np.float32)


def chord(km: float) -> float:
    """Straight length, on the unit sphere, of an arc of so many kilometres."""
    return 2 * float(np.sin(min(km / (2 * EARTH_RADIUS_KM), np.pi / 2)))


def arc_km(straight: float) -> float:
    """The other way."""
    return 2 * EARTH_RADIUS_KM * float(np.arcsin(min(straight / 2, 1.0)))


def standing(units: Units, policy: Policy, today: date) -> Floats:
    """What a unit's freshness and reliability add to its score, whoever asks."""
    w = policy.weights
    told: Floats = (w.freshness * freshness(units, policy, today) + w.reliability * reliability(units, policy)).astype(
        np.float32
    )
    return told


def freshness(units: Units, policy: Policy, today: date) -> NDArray[np.float64]:
    age = np.maximum(day(today) - units.told_on.astype(float), 0.0)
    known: NDArray[np.float64] = np.where(
        units.told_on == UNKNOWN_DAY, policy.unknown_freshness, 0.5 ** (age / policy.freshness_half_life_days)
    )
    return known


def reliability(units: Units, policy: Policy) -> NDArray[np.float64]:
    """Share of requests answered, drawn to the prior: a newcomer is neither good nor bad."""
    answered = np.minimum(units.answered, units.asked).astype(float)
    drawn: NDArray[np.float64] = (answered + policy.prior * policy.strength) / (units.asked + policy.strength)
    return drawn


def _tags(units: Units) -> NDArray[np.uint32]:
    tags = np.uint32(1) << units.sphere.astype(np.uint32)
    tags |= units.welcomes.astype(np.uint32) << np.uint32(WELCOMES)
    tags |= np.where((units.room == NO_LIMIT) | (units.room > 0), np.uint32(ROOM), np.uint32(0))
    tags |= np.where(units.network_only, np.uint32(NETWORK), np.uint32(0))
    tags |= np.where(units.invented, np.uint32(INVENTED), np.uint32(0))
    return tags


def _cells(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.int32]:
    line = np.floor((latitude + 90) / CELL).astype(np.int32)
    column = np.floor((longitude + 180) / CELL).astype(np.int32)
    cells: NDArray[np.int32] = line * np.int32(_COLUMNS) + np.minimum(column, np.int32(_COLUMNS - 1))
    return cells


def _line(latitude: float) -> int:
    return int(np.floor((latitude + 90) / CELL))


def _column(longitude: float) -> int:
    return min(int(np.floor((longitude + 180) / CELL)), _COLUMNS - 1)


def _runs(ordered: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Distinct values of a sorted column, where each begins, and the end."""
    values, starts = np.unique(ordered, return_index=True)
    return values.astype(np.int32), np.append(starts, len(ordered)).astype(np.int32)
