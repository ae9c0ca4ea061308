"""A unit agrees with its number, as French does: singular below two."""

import pytest

from fairealliance.lib.french_numbers import unit_after


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (0, "quartiers", "quartier"),
        (1, "quartiers", "quartier"),
        (1.9, "ménages", "ménage"),
        (2, "quartiers", "quartiers"),
        (1, "fois", "fois"),
        (1, "%", "%"),
        (1, "€ par an", "€ par an"),
    ],
)
def test_a_unit_agrees_with_its_number(number: float, unit: str, said: str) -> None:
    assert unit_after(number, unit) == said
