"""What the engine is given: columns. Whoever knows of needs, profiles or catalysts fills them; see README.md.

A *unit* is what can be suggested: an organisation as its profile tells it, or one of its needs or offers with dates,
scope and conditions of its own. Units of one `owner` compete: the best of them stands for it in a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairealliance.matching.bits import ALL_SPHERES, THEME_WORDS

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

EPOCH = date(2000, 1, 1)
ALWAYS, NEVER = -32768, 32767
UNKNOWN_DAY = -32768
NO_LIMIT = -1
TELLS_SEEKS, TELLS_BRINGS = 1, 2
GOALS, THEMES = 0, slice(1, 1 + THEME_WORDS)
SOUGHT, BROUGHT = THEMES.stop, THEMES.stop + 1
"""Columns of `traits`."""
_KEPT = 64
"""Territories (with what lies in them) that are remembered: forty kilobytes each."""
REMOTE = "distance"
"""Level of the one place that is nowhere: whoever can act remotely acts there."""


def day(of: date | None, unknown: int = UNKNOWN_DAY) -> int:
    """Days since 2000, as the columns hold them."""
    return unknown if of is None else min(max((of - EPOCH).days, ALWAYS + 1), NEVER - 1)


@dataclass
class Units:
    """One value per unit. Defaults, in `units()`, mean "nothing said"."""

    owner: Ints
    """Organisation."""
    key: Ints
    """What the unit is, for whoever gave it (a need's id…); 0 for the organisation itself."""
    seeks: NDArray[np.uint16]
    brings: NDArray[np.uint16]
    """Bits of `Exchange`."""
    traits: NDArray[np.uint64]
    """Shape (n, 5): goals, two words of themes, skills sought, skills brought. Read together, hence kept together."""
    sphere: NDArray[np.uint8]
    """Index as `bits.sphere_index` gives it."""
    welcomes: NDArray[np.uint8]
    """Bits of the spheres that it wishes to be shown to."""
    opens: NDArray[np.int16]
    closes: NDArray[np.int16]
    """First and last day on which it may be shown."""
    room: NDArray[np.int16]
    """How many more it can take; NO_LIMIT when it sets none."""
    network_only: NDArray[np.bool_]
    invented: NDArray[np.bool_]
    """Made up to show the product: shown among themselves only."""
    tells: NDArray[np.uint8]
    """What its owner tells somewhere, of what all may read: TELLS_SEEKS, TELLS_BRINGS."""
    told_on: NDArray[np.int16]
    """Day when it last said what it says, or UNKNOWN_DAY."""
    asked: NDArray[np.uint16]
    answered: NDArray[np.uint16]
    """Requests that it got, and those among them that it answered."""

    def __len__(self) -> int:
        return len(self.owner)

    def take(self, which: NDArray[np.integer]) -> "Units":
        """These units, in that order."""
        return Units(**{name: column[which] for name, column in vars(self).items()})

    def padded(self, spare: int) -> "Units":
        """With so many more, that are nobody's."""
        if not spare:
            return self
        return Units(
            **{
                name: np.concatenate([column, np.zeros((spare, *column.shape[1:]), column.dtype)])
                for name, column in vars(self).items()
            }
        )

    def put(self, at: slice, others: "Units") -> None:
        """Write `others` over the units `at`."""
        for name, column in vars(others).items():
            getattr(self, name)[at] = column


_TYPES: dict[str, tuple[type, int]] = {
    "key": (np.int64, 0),
    "seeks": (np.uint16, 0),
    "brings": (np.uint16, 0),
    "sphere": (np.uint8, 0),
    "welcomes": (np.uint8, ALL_SPHERES),
    "opens": (np.int16, ALWAYS),
    "closes": (np.int16, NEVER),
    "room": (np.int16, NO_LIMIT),
    "network_only": (np.bool_, 0),
    "invented": (np.bool_, 0),
    "tells": (np.uint8, 0),
    "told_on": (np.int16, UNKNOWN_DAY),
    "asked": (np.uint16, 0),
    "answered": (np.uint16, 0),
}


def units(
    owner: Sequence[int] | Ints,
    *,
    goals: Any = 0,
    themes: Any = 0,
    skills_sought: Any = 0,
    skills_brought: Any = 0,
    **given: Any,
) -> Units:
    """Columns of `Units`; those not given say nothing. `themes` has the shape (n, THEME_WORDS).

    Raises ValueError when lengths differ, or for a column that does not exist.
    """
    count = len(owner)
    columns: dict[str, Any] = {"owner": np.asarray(owner, np.int64)}
    for name, (kind, default) in _TYPES.items():
        columns[name] = np.asarray(given[name], kind) if name in given else np.full(count, default, kind)
    traits = np.zeros((count, THEMES.stop + 2), np.uint64)
    traits[:, GOALS], traits[:, THEMES] = goals, themes
    traits[:, SOUGHT], traits[:, BROUGHT] = skills_sought, skills_brought
    if unknown := set(given) - set(columns):
        raise ValueError(f"no such columns: {sorted(unknown)}")
    if any(len(column) != count for column in columns.values()):
        raise ValueError("columns of different lengths")
    return Units(**columns, traits=traits)


@dataclass
class Sites:
    """Points of units, in degrees; `place` is an index in Places, -1 when unknown."""

    unit: NDArray[np.int32]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    place: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, float, float, int]]) -> "Sites":
        unit, latitude, longitude, place = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(
            np.array(unit, np.int32), np.array(latitude, float), np.array(longitude, float), np.array(place, np.int32)
        )


@dataclass
class Scopes:
    """Territories where units act."""

    unit: NDArray[np.int32]
    place: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int]]) -> "Scopes":
        unit, place = zip(*rows, strict=True) if rows else ((), ())
        return cls(np.array(unit, np.int32), np.array(place, np.int32))


class Places:
    """Territories by index, what contains each, and the place that is nowhere (`remote`)."""

    def __init__(
        self,
        keys: Sequence[int],
        levels: Sequence[str],
        names: Sequence[str],
        parents: Mapping[int, Sequence[int]],
    ) -> None:
        """`keys` are ids of territories; `parents` gives, by key, the keys of all that contain it."""
        self.keys = [*keys, 0]
        self.levels = [*levels, REMOTE]
        self.names = [*names, ""]
        self.index = {key: i for i, key in enumerate(keys)}
        self.remote = len(keys)
        self._within = lru_cache(_KEPT)(self._inside)
        self._parents = {
            self.index[key]: tuple(self.index[each] for each in above if each in self.index)
            for key, above in parents.items()
            if key in self.index
        }

    def __len__(self) -> int:
        return len(self.keys)

    def containing(self, place: int) -> tuple[int, ...]:
        """The place itself, then all that contain it."""
        return (place, *self._parents.get(place, ()))

    def around(self, places: Sequence[int]) -> tuple[int, ...]:
        """Where one acts to be of use to whoever is in `places`; remote included."""
        found = {each: None for place in places for each in self.containing(place)}
        return (*found, self.remote)

    def within(self, places: tuple[int, ...]) -> NDArray[np.bool_]:
        """By index, whether it is one of `places` or lies in one. Not to be written to: the last few are kept."""
        return self._within(places)

    def _inside(self, places: tuple[int, ...]) -> NDArray[np.bool_]:
        wanted = set(places)
        inside = np.zeros(len(self), bool)
        inside[list(wanted)] = True
        for place, above in self._parents.items():
            if not wanted.isdisjoint(above):
                inside[place] = True
        return inside
