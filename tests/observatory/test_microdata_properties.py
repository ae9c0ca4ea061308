"""What holds of any sample: the unit of weights is nothing, answers make 1, intervals hold their share."""

from collections import defaultdict
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairealliance.observatory.microdata.coding import Dimension, Item
from fairealliance.observatory.microdata.respondents import Respondents
from fairealliance.observatory.microdata.tables import Tables, compute
from fairealliance.observatory.microdata.tallies import tally_all

GROUPS, ANSWERS = ("a", "b"), ("x", "y", "z")


@st.composite
def samples(draw: Any) -> list[tuple[float, int, int]]:
    """Weight, group, answer (-1: none) of 2 to 60 respondents, one of whom at least answered."""
    row = st.tuples(st.floats(0.001, 1000), st.integers(0, 1), st.integers(-1, 2))
    rows: list[tuple[float, int, int]] = draw(st.lists(row, min_size=1, max_size=59))
    return [(1.0, 0, 0), *rows]


def computed(rows: list[tuple[float, int, int]], factor: float = 1.0, threshold: int = 1) -> Tables:
    columns = {
        "weight": pa.array([weight * factor for weight, _group, _answer in rows]),
        "cell": pa.array([group for _weight, group, _answer in rows], pa.int32()),
        "item0": pa.array([answer for _weight, _group, answer in rows], pa.int16()),
    }
    return compute(
        Respondents(
            columns=pa.table(columns),
            dimensions=(Dimension("g", "g", GROUPS, GROUPS),),
            items=(Item("item0", "q", "q", ANSWERS, ANSWERS),),
            total=len(rows),
        ),
        threshold,
    )


@settings(max_examples=60)
@given(samples(), st.floats(1e-6, 1e6))
def test_the_unit_of_weights_changes_nothing(rows: list[tuple[float, int, int]], factor: float) -> None:
    for one, other in zip(computed(rows).cells(), computed(rows, factor).cells(), strict=True):
        assert (one.n, one.count, one.suppressed) == (other.n, other.count, other.suppressed)
        for name in ("share", "low", "high", "effective_n", "design_effect"):
            value, again = getattr(one, name), getattr(other, name)
            assert (value is None) == (again is None), name
            # The end of an interval, by a logit: near 1 the last digits of a share are stretched a thousandfold.
            near = 1e-6 if name in ("low", "high") else 1e-9
            assert value is None or value == pytest.approx(again, rel=near, abs=1e-12), name


@settings(max_examples=60)
@given(samples())
def test_answers_of_a_group_make_one(rows: list[tuple[float, int, int]]) -> None:
    tables = computed(rows)
    groups = defaultdict(list)
    for cell in [*tables.cells(), *tables.totals()]:
        groups[tuple(cell.by.items())].append(cell)
    for cells in groups.values():
        shares = [cell.share for cell in cells if cell.share is not None]
        assert len(shares) in (0, len(cells))
        assert not shares or sum(shares) == pytest.approx(1)
        assert sum(cell.count or 0 for cell in cells) == cells[0].n
        for cell in cells:
            assert cell.effective_n is None or cell.effective_n <= (cell.n or 0) * (1 + 1e-9)
            if cell.low is not None and cell.high is not None:
                assert 0 <= cell.low <= (cell.share or 0) + 1e-12
                assert (cell.share or 0) - 1e-12 <= cell.high <= 1


@settings(max_examples=60)
@given(samples(), st.sampled_from([3, 5, 11]))
def test_what_is_shown_is_what_it_would_be_without_secrecy(rows: list[tuple[float, int, int]], threshold: int) -> None:
    """Secrecy hides, it never alters; and shows nothing that rests on fewer than the threshold."""
    for shown, whole in zip(computed(rows, threshold=threshold).cells(), computed(rows).cells(), strict=True):
        if shown.suppressed:
            assert (shown.share, shown.count, shown.low, shown.high) == (None,) * 4
        else:
            assert shown == whole
            assert not 0 < (whole.count or 0) < threshold


def test_spark_could_run_the_same_expression() -> None:
    """The tally is written for Spark's SQL too (as Databricks speaks it: Ibis writes it without Spark installed)."""
    table = ibis.table({"weight": "float64", "cell": "int32", "q": "int16", "r": "int16"}, name="respondents")
    asked = ibis.to_sql(tally_all(table, questions=["q", "r"], by=["cell"], weight="weight"), dialect="databricks")
    assert "UNION ALL" in str(asked)
