"""What someone could do with a published table to find a hidden cell: linear programming on all that adds up."""

from itertools import product

import numpy as np
from scipy.optimize import linprog

from fairealliance.observatory.microdata.tables import Tables


def possible(tables: Tables, item: int) -> dict[tuple[int, ...], tuple[float, float]]:
    """The least and the most respondents each hidden cell may hold, from everything published of that item.

    Cells are (answer, group…), margins included; the answer after the last one is the base. Known to the attacker:
    every shown count, every shown base, that answers add up to the base, that groups add up to their totals, that
    counts are not negative.
    """
    result = tables.results[item]
    counts = np.concatenate([result.sums.n, result.sums.base[None]])
    hidden = np.concatenate([_hidden(tables, item), tables.hidden_groups[None]])
    unknown = {tuple(cell): place for place, cell in enumerate(np.argwhere(hidden))}
    equations, values = _equations(counts, unknown)
    if not unknown:
        return {}
    found = {}
    for cell, place in unknown.items():
        goal = np.zeros(len(unknown))
        goal[place] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * goal, A_eq=equations, b_eq=values, bounds=(0, None), method="highs")
            assert solved.status in (0, 3), solved.message
            ends.append(np.inf if solved.status == 3 else sign * solved.fun)
        found[cell] = (ends[0], ends[1])
    return found


def _hidden(tables: Tables, item: int) -> np.ndarray:
    """Of a question with several answers only "chosen" is published, but "not chosen" is the base less it."""
    hidden = tables.results[item].hidden
    return np.broadcast_to(hidden.any(axis=0), hidden.shape) if tables.results[item].item.multiple else hidden


def _equations(counts: np.ndarray, unknown: dict[tuple[int, ...], int]) -> tuple[np.ndarray | None, np.ndarray | None]:
    rows, values = [], []
    for axis, size in enumerate(counts.shape):
        for rest in product(*(range(each) for place, each in enumerate(counts.shape) if place != axis)):
            row, value = np.zeros(len(unknown)), 0.0
            for place in range(size):
                cell = (*rest[:axis], place, *rest[axis:])
                sign = -1 if place == size - 1 else 1
                if cell in unknown:
                    row[unknown[cell]] = sign
                else:
                    value -= sign * counts[cell]
            if row.any():
                rows.append(row)
                values.append(value)
    return (np.array(rows), np.array(values)) if rows else (None, None)


def betrayed(tables: Tables) -> list[tuple[int, tuple[int, ...]]]:
    """Hidden cells with respondents in them whose number can be found exactly."""
    told = []
    for item, result in enumerate(tables.results):
        counts = np.concatenate([result.sums.n, result.sums.base[None]])
        for cell, (low, high) in possible(tables, item).items():
            if counts[cell] and high - low < 0.5:
                told.append((item, cell))
    return told
