"""Cells too small are hidden, and nothing published gives them back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairealliance.observatory.microdata.codebook import read_codebook
from fairealliance.observatory.microdata.secrecy import hidden_answers, hidden_groups
from fairealliance.observatory.microdata.tables import Tables
from tests.observatory.attack import betrayed, possible
from tests.observatory.microdata_scene import Rows, invented, tabled, written


def small(tables: Tables, item: int = 0) -> np.ndarray:
    counts = tables.results[item].sums.n
    return (counts > 0) & (counts < tables.threshold)


def only_small_ones(tables: Tables) -> Tables:
    """The control: the same table where cells too small are hidden, but not their complements."""
    base = tables.results[0].sums.base
    hidden = (base > 0) & (base < tables.threshold)
    return replace(
        tables,
        hidden_groups=hidden,
        results=tuple(replace(each, hidden=small(tables, place) | hidden) for place, each in enumerate(tables.results)),
    )


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    path = written(tmp_path_factory.mktemp("secrecy") / "m.csv", invented(700, seed=5))
    return tabled(path, "Q1", "Q2", by=("acteur", "region"))


def test_every_cell_too_small_is_hidden(tables: Tables) -> None:
    for item, result in enumerate(tables.results):
        assert small(tables, item).any()
        assert result.hidden[small(tables, item)].all()


def test_no_hidden_cell_can_be_found(tables: Tables) -> None:
    assert betrayed(tables) == []


def test_control_hiding_small_cells_alone_would_betray_them(tables: Tables) -> None:
    assert betrayed(only_small_ones(tables))


def test_an_attacker_cannot_tell_that_a_cell_is_too_small(tables: Tables) -> None:
    for item in range(len(tables.results)):
        bounds = possible(tables, item)
        for cell in map(tuple, np.argwhere(small(tables, item))):
            assert bounds[cell][1] >= tables.threshold, (item, cell)


def test_complement_is_hidden_across_answers_and_across_groups(tmp_path: Path) -> None:
    def group(name: str, yes: int, no: int) -> Rows:
        return [{"poids": 1.0, "g": name, "q": answer} for answer in ["oui"] * yes + ["non"] * no]

    rows = group("a", 48, 2) + group("b", 30, 20) + group("c", 20, 40)
    made = tabled(written(tmp_path / "m.csv", rows), "q", by=("g",))
    hidden = {(cell.by["g"], cell.answer) for cell in made.cells() if cell.suppressed}
    assert {("a", "non"), ("a", "oui")} <= hidden
    assert len({name for name, _answer in hidden}) == 2  # another group too, or the total gives it back
    assert not any(cell.suppressed for cell in made.totals())


def test_suppressed_cell_tells_nothing_of_itself(tables: Tables) -> None:
    hidden = [cell for cell in tables.cells() if cell.suppressed]
    assert hidden
    for cell in hidden:
        assert (cell.share, cell.count, cell.low, cell.high) == (None,) * 4


def test_group_too_small_tells_not_even_its_size(tmp_path: Path) -> None:
    rows: Rows = [{"poids": 1.0, "g": "abc"[place % 3], "q": "xy"[place % 2]} for place in range(90)]
    rows += [{"poids": 1.0, "g": "petit", "q": "x"}] * 3
    made = tabled(written(tmp_path / "m.csv", rows), "q", by=("g",))
    lone = [cell for cell in made.cells() if cell.by["g"] == "petit"]
    assert all(cell.suppressed and cell.n is None and cell.effective_n is None for cell in lone)
    assert sum(cell.n is None for cell in made.cells()) >= 4  # another group's size hides it
    assert betrayed(made) == []


def test_a_group_hidden_in_one_question_is_hidden_in_all(tmp_path: Path) -> None:
    rows: Rows = [
        {"poids": 1.0, "g": "ab"[place % 2], "q": "xy"[place // 2 % 2], "r": "xy"[place // 4 % 2]}
        for place in range(80)
    ]
    rows += [{"poids": 1.0, "g": "c", "q": "xy"[place % 2], "r": "x" if place < 3 else ""} for place in range(12)]
    made = tabled(written(tmp_path / "m.csv", rows), "q", "r", by=("g",))
    assert all(cell.n is None for cell in made.cells() if cell.by["g"] == "c")
    assert betrayed(made) == []


def test_answers_among_several_are_hidden_both_ways(tmp_path: Path) -> None:
    """Two who did not choose are as few as two who did."""
    from_codebook = tmp_path / "dico.csv"
    from_codebook.write_text(
        "colonne;role;code;libelle_code;multiple\nq;question;1;Locaux;oui\nq;question;2;Temps;oui\n"
    )
    rows: Rows = [{"poids": 1.0, "g": "ab"[place % 2], "q": "1|2" if place % 3 else "1"} for place in range(60)]
    rows += [{"poids": 1.0, "g": "b", "q": "2"}] * 9 + [{"poids": 1.0, "g": "a", "q": "2"}] * 2
    made = tabled(written(tmp_path / "m.csv", rows), "q", by=("g",), codebook=read_codebook(from_codebook))
    assert {cell.by["g"] for cell in made.cells() if cell.suppressed and cell.label == "Locaux"} == {"a", "b"}
    assert betrayed(made) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_table_nothing_can_be_found(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Up to three groups by three, three answers, sparse or full."""
    sizes = (data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3)))
    counts = data.draw(
        st.lists(st.sampled_from([0, 1, 2, 3, 4, 6, 9, 15]), min_size=int(np.prod(sizes)), max_size=int(np.prod(sizes)))
    )
    rows: Rows = []
    for place, count in enumerate(counts):
        answer, one, two = np.unravel_index(place, sizes)
        rows += [{"poids": 1.0, "g": f"g{one}", "h": f"h{two}", "q": f"q{answer}"}] * count
    if not rows:
        return
    made = tabled(written(tmp_path_factory.mktemp("any") / "m.csv", rows), "q", by=("g", "h"))
    assert made.results[0].hidden[small(made)].all()
    told = [cell for item, cell in betrayed(made) if cell[0] < len(made.results[0].sums.n)]
    assert [cell for cell in told if small(made)[cell]] == []
    if not made.results[0].hidden.all():
        assert betrayed(made) == []


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=6, max_size=6))
def test_a_higher_threshold_never_shows_a_smaller_cell(counts: list[int]) -> None:
    leaves = np.array(counts).reshape(2, 3)
    whole = np.concatenate([leaves, leaves.sum(axis=1, keepdims=True)], axis=1)
    for threshold in (1, 3, 5, 11):
        groups = hidden_groups([whole.sum(axis=0)], threshold)
        hidden = hidden_answers(whole, groups, threshold)
        assert hidden[(whole > 0) & (whole < threshold)].all()
        assert threshold > 1 or not hidden.any()
