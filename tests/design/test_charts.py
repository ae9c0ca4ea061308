"""Places on the comparison strip."""

from hypothesis import given
from hypothesis import strategies as st

from fairealliance.design.charts import MARGIN, WIDTH, strip

VALUES = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


def test_nobody_to_compare_with() -> None:
    assert strip(("Ici", 3), []) is None


def test_median_and_rank() -> None:
    placed = strip(("Ici", 4), [("A", 1), ("B", 2), ("C", 9)], unit="%", decimals=1)
    assert placed is not None
    assert placed.median.value == 3
    assert placed.below == 2
    assert [mark.name for mark in placed.ordered] == ["A", "B", "Ici", "C"]
    assert [mark.value for mark in placed.ends] == [1, 9]


def test_all_equal_stand_in_the_middle() -> None:
    placed = strip(("Ici", 5), [("A", 5), ("B", 5)])
    assert placed is not None
    assert {mark.x for mark in [placed.own, *placed.others]} == {WIDTH / 2}


def test_names_at_the_ends_stay_inside() -> None:
    low = strip(("Ici", 0), [("A", 10)])
    high = strip(("Ici", 10), [("A", 0)])
    assert low is not None
    assert low.own.anchor == "start"
    assert high is not None
    assert high.own.anchor == "end"


@given(VALUES, st.lists(VALUES, min_size=1, max_size=20))
def test_marks_stay_on_the_strip_in_the_order_of_their_values(own: float, others: list[float]) -> None:
    placed = strip(("Ici", own), [(str(number), value) for number, value in enumerate(others)])
    assert placed is not None
    places = [mark.x for mark in placed.ordered]
    assert places == sorted(places)
    assert all(MARGIN <= place <= WIDTH - MARGIN for place in places)
