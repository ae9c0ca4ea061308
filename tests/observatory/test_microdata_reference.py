"""Our numbers beside those of a published package, `samplics`, on the same respondents."""

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from fairealliance.observatory.microdata.student import quantile
from fairealliance.observatory.microdata.tables import Cell
from tests.observatory.microdata_scene import Rows, invented, tabled, written

with warnings.catch_warnings():
    warnings.simplefilter("ignore", FutureWarning)  # it is archived; its formulas do not age
    from samplics.estimation import TaylorEstimator
    from samplics.utils.types import PopParam

CLOSE = 1e-9


def reference(
    rows: Rows, question: str, by: tuple[str, ...], **design: str
) -> dict[tuple[str, str], tuple[float, ...]]:
    """(group, answer) → share, low, high, as samplics tells them."""
    kept = [row for row in rows if row[question] != ""]
    column: Callable[[str], np.ndarray] = lambda name: np.array([row[name] for row in kept])  # noqa: E731
    estimator = TaylorEstimator(PopParam.prop)
    domain = np.array(["·".join(row[name] for name in by) for row in kept]) if by else None
    parts = {name: column(value) for name, value in design.items()}
    estimator.estimate(y=column(question), samp_weight=column("poids"), domain=domain, **parts)
    if not by:
        told = {"": (estimator.point_est, estimator.lower_ci, estimator.upper_ci)}
    else:
        told = {
            str(each): (estimator.point_est[each], estimator.lower_ci[each], estimator.upper_ci[each])
            for each in estimator.point_est
        }
    return {
        (group, str(answer)): tuple(float(part[answer]) for part in parts)
        for group, parts in told.items()
        for answer in parts[0]
    }


def reference_errors(rows: Rows, question: str, by: tuple[str, ...], **design: str) -> dict[tuple[str, str], float]:
    """(group, answer) → standard error."""
    kept = [row for row in rows if row[question] != ""]
    column: Callable[[str], np.ndarray] = lambda name: np.array([row[name] for row in kept])  # noqa: E731
    estimator = TaylorEstimator(PopParam.prop)
    domain = np.array(["·".join(row[name] for name in by) for row in kept]) if by else None
    parts = {name: column(value) for name, value in design.items()}
    estimator.estimate(y=column(question), samp_weight=column("poids"), domain=domain, **parts)
    told = estimator.stderror if by else {"": estimator.stderror}
    return {(str(group), str(answer)): float(told[group][answer]) for group in told for answer in told[group]}


def assert_same(cells: list[Cell], expected: dict[tuple[str, str], tuple[float, ...]]) -> None:
    found = {("·".join(map(str, cell.by.values())), cell.answer): (cell.share, cell.low, cell.high) for cell in cells}
    assert found.keys() == expected.keys()
    for key, numbers in expected.items():
        assert found[key] == pytest.approx(numbers, abs=CLOSE, rel=0), key


@pytest.mark.parametrize("by", [(), ("acteur",), ("acteur", "region")])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({}, {}),
        ({"stratum": "strate"}, {"stratum": "strate"}),
        ({"unit": "unite"}, {"psu": "unite"}),
        ({"stratum": "strate", "unit": "unite"}, {"stratum": "strate", "psu": "unite"}),
    ],
    ids=["weights", "strata", "units", "strata-units"],
)
def test_shares_and_intervals_are_those_of_the_reference(tmp_path: Path, by: tuple, ours: dict, theirs: dict) -> None:
    rows = invented()
    for question in ("Q1", "Q2"):
        tables = tabled(written(tmp_path / "m.csv", rows), question, by=by, threshold=1, **ours)
        assert_same(list(tables.cells()), reference(rows, question, by, **theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"stratum": "strate"}, {"stratum": "strate"}),
        ({"unit": "unite"}, {"psu": "unite"}),
        ({"stratum": "strate", "unit": "unite"}, {"stratum": "strate", "psu": "unite"}),
    ],
    ids=["strata", "units", "strata-units"],
)
@pytest.mark.parametrize("by", [(), ("acteur",)])
def test_with_a_design_the_effect_is_the_variance_over_that_of_a_simple_sample(
    tmp_path: Path, by: tuple, ours: dict, theirs: dict
) -> None:
    """The package gives no design effect of its own: its standard error stands for the variance."""
    rows = invented()
    cells = list(tabled(written(tmp_path / "m.csv", rows), "Q1", by=by, threshold=1, **ours).cells())
    errors = reference_errors(rows, "Q1", by, **theirs)
    assert len(cells) == len(errors)
    for cell in cells:
        assert cell.share is not None
        assert cell.n is not None
        error = errors["·".join(map(str, cell.by.values())), cell.answer]
        expected = error**2 / (cell.share * (1 - cell.share) / cell.n)
        assert cell.design_effect == pytest.approx(expected, rel=1e-7)
        assert cell.effective_n == pytest.approx(cell.n / expected, rel=1e-7)
    assert len({cell.design_effect for cell in cells}) == len(cells)


def test_units_alike_inside_make_a_sample_that_tells_less(tmp_path: Path) -> None:
    """Thirty units of thirty who all answer as one: thirty opinions, whatever the 900 respondents."""
    rows = [{"poids": 1, "unite": f"u{n // 30}", "q": str(n // 30 % 2)} for n in range(900)]
    path = written(tmp_path / "m.csv", rows)
    alone = next(tabled(path, "q").cells())
    told = next(tabled(path, "q", unit="unite").cells())
    assert alone.effective_n == pytest.approx(900)
    assert told.effective_n == pytest.approx(29, abs=0.1)
    assert told.design_effect == pytest.approx(900 / 29, abs=0.1)


def test_a_share_of_nobody_or_everybody_has_no_effect_of_design(tmp_path: Path) -> None:
    rows = [{"poids": 1 + n % 3, "unite": f"u{n // 9}", "q": "a" if n else "b", "g": str(n % 2)} for n in range(90)]
    cells = list(tabled(written(tmp_path / "m.csv", rows), "q", by=("g",), threshold=1, unit="unite").cells())
    whole = [cell for cell in cells if cell.share in (0, 1)]
    assert len(whole) == 2
    assert all(cell.effective_n is None and cell.design_effect is None for cell in whole)


def test_totals_are_the_tables_of_fewer_dimensions(tmp_path: Path) -> None:
    rows = invented()
    tables = tabled(written(tmp_path / "m.csv", rows), "Q1", by=("acteur", "region"), threshold=1)
    totals = list(tables.totals())
    for by in ((), ("acteur",), ("region",)):
        assert_same([cell for cell in totals if tuple(cell.by) == by], reference(rows, "Q1", by))


def test_kish(tmp_path: Path) -> None:
    rows = invented()
    weights = np.array([row["poids"] for row in rows if row["Q1"] and row["acteur"] == "maire"])
    cell = next(
        c for c in tabled(written(tmp_path / "m.csv", rows), "Q1", by=("acteur",)).cells() if c.by["acteur"] == "maire"
    )
    assert cell.n == len(weights)
    assert cell.effective_n == pytest.approx(weights.sum() ** 2 / (weights**2).sum(), abs=CLOSE)
    assert cell.design_effect == pytest.approx(1 + weights.var() / weights.mean() ** 2, abs=CLOSE)


@settings(max_examples=25)
@given(data=st.data())
def test_any_sample_gives_the_numbers_of_the_reference(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    count = data.draw(st.integers(8, 40))
    draw = lambda values: data.draw(st.lists(st.sampled_from(values), min_size=count, max_size=count))  # noqa: E731
    weights = data.draw(st.lists(st.floats(0.01, 50), min_size=count, max_size=count))
    rows: Rows = [
        {"poids": weight, "g": group, "q": answer}
        for weight, group, answer in zip(weights, draw(["a", "b"]), draw(["x", "y", "z"]), strict=True)
    ]
    path = written(tmp_path_factory.mktemp("any") / "m.csv", rows)
    expected = reference(rows, "q", ("g",))
    assert_same(list(tabled(path, "q", by=("g",), threshold=1).cells()), expected)


@pytest.mark.parametrize("freedom", [1, 2, 3, 7, 30, 100, 500, 999, 1000, 1001, 20_000, 1_000_000])
@pytest.mark.parametrize("probability", [0.9, 0.975, 0.995])
def test_student(freedom: int, probability: float) -> None:
    assert quantile(probability, freedom) == pytest.approx(student.ppf(probability, freedom), rel=1e-12)
