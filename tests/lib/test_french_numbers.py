"""A unit agrees with its number, as French does: singular below two."""

from decimal import Decimal

import pytest

from fairealliance.lib.french_numbers import counted, parse_decimal, small_whole, unit_after


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


def test_counts_agree_as_french_has_it() -> None:
    told = [counted(n, "vague", "vagues").replace("\u00a0", " ").replace("\u202f", " ") for n in (0, 1, 2, 1200)]
    assert told == ["0 vague", "1 vague", "2 vagues", "1 200 vagues"]


@pytest.mark.parametrize("raw", ["1e999999999", "1e-999999999", "9" * 5000, "nan", "-inf"])
def test_what_nobody_could_write_out_is_no_number(raw: str) -> None:
    with pytest.raises(ValueError, match="n’est pas un nombre"):
        parse_decimal(raw)


def test_a_number_is_read_as_the_french_write_it() -> None:
    assert parse_decimal("21\u202f667,50 €") == Decimal("21667.5")
    assert parse_decimal("-1e3") == -1000


def test_a_field_of_ours_holds_a_small_number_or_none() -> None:
    assert [small_whole(raw) for raw in ("12", "", "-1", "²", "9" * 5000)] == [12, 0, 0, 0, 0]
