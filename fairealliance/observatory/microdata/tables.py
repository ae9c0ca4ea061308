"""Weighted tables: from the columns asked for to cells that may be published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pyarrow as pa

from fairealliance.observatory.microdata import tallies
from fairealliance.observatory.microdata.design import designed_variance, with_design
from fairealliance.observatory.microdata.estimates import Estimates, Sums, estimate
from fairealliance.observatory.microdata.respondents import MISSING, Dimension, Item, Respondents
from fairealliance.observatory.microdata.secrecy import DEFAULT_THRESHOLD, Mask, hidden_answers, hidden_groups


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer in one group. `by` has the code of each dimension the group is told by (None: not known).

    n: respondents of the group who answered; count: those who gave this answer; share of the weighted n.
    Effective n and design effect are of this share when the sampling design is known, else of the group's weights.
    A suppressed cell says nothing but n, and not even that when the group itself is too small. None is "not known".
    """

    question: str
    by: dict[str, str | None]
    answer: str
    label: str
    share: float | None
    count: int | None
    n: int | None
    effective_n: float | None
    design_effect: float | None
    low: float | None
    high: float | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """How many answered a question, and how many did not (they are not in its base). None when secret."""

    question: str
    label: str
    multiple: bool
    answered: int | None
    missing: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """All that was computed for one item: answers × groups, margins included."""

    item: Item
    sums: Sums
    estimates: Estimates
    hidden: Mask


@dataclass(frozen=True, slots=True)
class Tables:
    """Results of one file. `hidden_groups`: groups of which nothing is told. `has_design`: strata or units known."""

    dimensions: tuple[Dimension, ...]
    results: tuple[Result, ...]
    hidden_groups: Mask
    respondents: int
    threshold: int
    notes: tuple[str, ...] = ()
    has_design: bool = False

    def cells(self) -> Iterator[Cell]:
        """Each answer in each group of the whole crossing (one code of each dimension)."""
        return self._told([range(len(each.codes)) for each in self.dimensions])

    def totals(self) -> Iterator[Cell]:
        """Each answer in each group told by some of the dimensions only, down to none: all respondents."""
        parts = [(range(len(each.codes)), [len(each.codes)]) for each in self.dimensions]
        for chosen in product(*parts):
            if any(isinstance(each, list) for each in chosen):
                yield from self._told(list(chosen))

    def questions(self) -> list[Answered]:
        """In the order asked, once each."""
        secret = bool(self.hidden_groups[self._everyone])
        told = {}
        for result in self.results:
            if result.item.question not in told:
                answered = None if secret else result.sums.answered
                missing = None if answered is None else self.respondents - answered
                item = result.item
                told[item.question] = Answered(item.question, item.label, item.multiple, answered, missing)
        return list(told.values())

    @property
    def _everyone(self) -> tuple[int, ...]:
        return (-1,) * len(self.dimensions)

    def _told(self, places: Sequence[Sequence[int]]) -> Iterator[Cell]:
        for result in self.results:
            for group in product(*places):
                for answer, code in enumerate(result.item.codes):
                    yield self._cell(result, answer, code, group)

    def _cell(self, result: Result, answer: int, code: str, group: tuple[int, ...]) -> Cell:
        at = (answer, *group)
        hidden, secret = bool(result.hidden[at]), bool(self.hidden_groups[group])
        found = result.estimates
        return Cell(
            question=result.item.question,
            by={
                dimension.name: dimension.codes[place]
                for dimension, place in zip(self.dimensions, group, strict=True)
                if place < len(dimension.codes)
            },
            answer=code,
            label=result.item.labels[answer],
            share=None if hidden else _number(found.share[at]),
            count=None if hidden else int(result.sums.n[at]),
            n=None if secret else int(result.sums.base[group]),
            effective_n=None if hidden or secret else _number(found.effective_n[at]),
            design_effect=None if hidden or secret else _number(found.design_effect[at]),
            low=None if hidden else _number(found.low[at]),
            high=None if hidden else _number(found.high[at]),
            suppressed=hidden,
        )


def compute(respondents: Respondents, threshold: int = DEFAULT_THRESHOLD) -> Tables:
    """Counts once, estimates, and hides. `threshold` 1 hides nothing."""
    names = [f"item{place}" for place in range(len(respondents.items))]
    counted = tallies.run(respondents.columns, questions=names, by=["cell"], weight="weight")
    all_sums = _sums(respondents, counted)
    variances = _variances(respondents, names, all_sums)
    groups = hidden_groups((sums.base for sums in all_sums), threshold)
    return Tables(
        dimensions=respondents.dimensions,
        results=tuple(
            Result(item, sums, estimate(sums, *variance), _hidden(item, sums, groups, threshold))
            for item, sums, variance in zip(respondents.items, all_sums, variances, strict=True)
        ),
        hidden_groups=groups,
        respondents=respondents.total,
        threshold=threshold,
        notes=respondents.notes,
        has_design=respondents.has_design,
    )


def _hidden(item: Item, sums: Sums, groups: Mask, threshold: int) -> Mask:
    """Where several answers may be chosen, "not chosen" is what is left: both are hidden or neither."""
    hidden = hidden_answers(sums.n, groups, threshold)
    return np.broadcast_to(hidden.any(axis=0), hidden.shape) if item.multiple else hidden


def _sums(respondents: Respondents, counted: pa.Table) -> list[Sums]:
    """The tally of each item laid out by answer and group; those who did not answer are left out."""
    columns = {name: counted[name].to_numpy() for name in counted.column_names}
    groups = int(np.prod(respondents.shape))
    told = columns["answer"] != MISSING
    all_sums = []
    for place, item in enumerate(respondents.items):
        rows = told & (columns["question"] == place)
        answers = len(item.codes) + item.multiple  # chosen or not, when several may be
        leaves = np.zeros((3, answers, groups))
        for kind, name in enumerate(("n", "w", "w2")):
            leaves[kind, columns["answer"][rows], columns["cell"][rows]] = columns[name][rows]
        all_sums.append(Sums.of(leaves.reshape(3, answers, *respondents.shape)))
    return all_sums


def _variances(respondents: Respondents, names: list[str], all_sums: list[Sums]) -> list[tuple]:
    """What `estimate` takes besides sums: nothing, or the variance and freedom of the sampling design."""
    if not respondents.has_design:
        return [()] * len(names)
    counted = tallies.run(with_design(respondents), questions=names, by=["cell", "part"], weight="weight")
    columns = {name: counted[name].to_numpy() for name in counted.column_names}
    found = []
    for place, (item, sums) in enumerate(zip(respondents.items, all_sums, strict=True)):
        rows = columns["question"] == place
        found.append(designed_variance(respondents, item, sums, {name: each[rows] for name, each in columns.items()}))
    return found


def _number(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None


__all__ = ["Answered", "Cell", "Result", "Tables", "compute"]
