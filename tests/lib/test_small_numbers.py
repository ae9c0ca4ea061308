"""What is hidden cannot be found by subtraction from a whole that is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairealliance.lib.small_numbers import with_complements

LEAST = 5


def hidden_of(sizes: list[int]) -> list[int]:
    """The places of what is hidden."""
    few = [place for place, size in enumerate(sizes) if size < LEAST]
    others = [place for place, size in enumerate(sizes) if size >= LEAST]
    return with_complements(few, others, size=sizes.__getitem__, least=LEAST)


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ([9, 8], []),
        ([9, 1], [1, 0]),
        ([9, 1, 1], [1, 2, 0]),
        ([20, 7, 1, 1], [2, 3, 1]),
        ([9, 3, 3], [1, 2]),
        ([1], [0]),
    ],
)
def test_until_it_is_enough(sizes: list[int], hidden: list[int]) -> None:
    assert hidden_of(sizes) == hidden


@given(st.lists(st.integers(1, 30), max_size=12))
def test_the_sum_of_what_is_hidden_tells_nothing_small(sizes: list[int]) -> None:
    hidden = hidden_of(sizes)
    assert {place for place, size in enumerate(sizes) if size < LEAST} <= set(hidden)
    if hidden and len(hidden) < len(sizes):
        assert len(hidden) > 1
        assert sum(sizes[place] for place in hidden) >= LEAST
