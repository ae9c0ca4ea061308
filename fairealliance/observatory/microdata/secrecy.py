"""Hiding what is too small to publish, and enough of the rest that it cannot be found by subtraction.

A cell is too small when fewer than `threshold` respondents (but at least one) stand in it. Hiding it alone would not
do: shares add up to 1, groups add up to their totals. Each hidden cell is therefore the corner of a box (one other
place on each axis: another answer, another group, or the total) all of whose corners are hidden and not empty
(the hypercube method: Repsilber 1994, Giessing & Repsilber 2002, *Tools and strategies to protect multiple tables*).
Along a box all corners can move together without changing anything published, up or down by turns, so that whatever
is subtracted from whatever, a hidden cell has several possible values; boxes are chosen so that, wherever the table
allows, `threshold` is among them. It works on counts; weighted sums and sums of squares add up in the same way.

Bounds: what another table of the same respondents tells (other groupings, asked on another day) is not seen from here.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
# Fewer respondents than this and the cell is not published. Five is the floor of most statistical offices for
# surveys without fiscal data; INSEE asks 11 of fiscal sources: the threshold is a setting of each table.
DEFAULT_THRESHOLD = 5


def hidden_groups(bases: Iterable[Counts], threshold: int) -> Mask:
    """Groups (margins included) that are too small in one question or more, and what protects them: one mask for all.

    The same mask for all questions, since where nobody skipped a question two bases are one number.
    """
    different = {base.tobytes(): base for base in bases}
    hidden: Mask = np.zeros(next(iter(different.values())).shape, bool)
    while True:
        before = hidden.copy()
        for base in different.values():
            done = conceal(base, threshold, hidden, np.zeros(base.shape, bool))
            hidden = np.asarray(hidden | (np.ones(base.shape, bool) if done is None else done))
        if (hidden == before).all():
            return hidden


def hidden_answers(counts: Counts, groups: Mask, threshold: int) -> Mask:
    """Answers × groups to hide, given the groups of which nothing is told. `counts` has its margins."""
    whole = np.concatenate([counts, counts.sum(axis=0, keepdims=True)])
    start = np.broadcast_to(groups, whole.shape).copy()
    shown_bases = np.zeros(whole.shape, bool)
    shown_bases[-1] = ~groups
    done = conceal(whole, threshold, start, shown_bases)
    return np.ones(counts.shape, bool) if done is None else done[:-1]


def conceal(counts: Counts, threshold: int, hidden: Mask, shown: Mask) -> Mask | None:
    """The least found that must be hidden, `hidden` already being so and `shown` never; None when no box exists.

    On each axis the last place is the total of the others.
    """
    small = (counts > 0) & (counts < threshold) & ~shown
    hidden = np.asarray(hidden | small)  # of no axis at all it would be a number
    counts, covered = np.asarray(counts), np.zeros(counts.shape, bool)
    for cell in sorted(map(tuple, np.argwhere(small)), key=lambda place: (counts[place], place)):
        if not _protect(counts, cell, threshold, hidden, covered, shown):
            return None
    while (rest := np.argwhere(hidden & ~covered & (counts > 0))).size:
        # Any movement is enough for these: they were hidden to protect others.
        if not _protect(counts, tuple(rest[0]), 0, hidden, covered, shown):
            return None
    return hidden


def _protect(counts: Counts, cell: tuple[int, ...], threshold: int, hidden: Mask, covered: Mask, shown: Mask) -> bool:
    """Hides the best box on `cell`. False when every box has an empty corner or one that must be shown."""
    if min(counts.shape, default=2) < 2:
        return False
    order = [np.r_[place, :place, place + 1 : size] for size, place in zip(counts.shape, cell, strict=True)]
    at = np.ix_(*order)
    around, veiled = counts[at], hidden[at]
    price = np.where(veiled, 0.0, np.log1p(around))
    price[(around == 0) | (shown[at] & ~veiled)] = np.inf
    totals = tuple(place == size - 1 for size, place in zip(counts.shape, cell, strict=True))
    shape = tuple(size - 1 for size in counts.shape)
    room = np.full(shape, np.inf)  # how far the cell can go up: the least of the corners that go down
    cost = np.zeros(shape)
    for corner, down in _corners(counts.shape, totals):
        cost += price[corner]
        if down is not None:
            np.minimum(room, around[corner], out=room, where=down)
    if np.isinf(cost).all():
        return False
    reached = np.where(np.isinf(cost), -1, np.minimum(room, max(threshold - counts[cell], 0)))
    cost[reached < reached.max()] = np.inf
    chosen = np.unravel_index(int(np.argmin(cost)), shape)
    box = np.ix_(*([each[0], each[place + 1]] for each, place in zip(order, chosen, strict=True)))
    hidden[box] = True
    covered[box] = True
    return True


@lru_cache(maxsize=256)
def _corners(shape: tuple[int, ...], totals: tuple[bool, ...]) -> list[tuple[tuple[slice, ...], Mask | None]]:
    """The corners of all boxes on a cell that stands first on each axis (then the others, the total last).

    With each, where it goes down when the cell goes up: once per axis between two parts, never to or from a total.
    """
    corners = []
    for moved in product((False, True), repeat=len(shape)):
        if not any(moved):
            continue
        down: Mask = np.zeros([size - 1 for size in shape], bool)
        for axis, (size, far, is_total) in enumerate(zip(shape, moved, totals, strict=True)):
            if far and not is_total:
                parts = np.arange(size - 1) < size - 2
                down ^= parts.reshape([-1 if each == axis else 1 for each in range(len(shape))])
        corner = tuple(slice(1, None) if far else slice(0, 1) for far in moved)
        corners.append((corner, down if down.any() else None))
    return corners
