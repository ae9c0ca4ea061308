"""Dates in French words, and as people type them."""

from datetime import UTC, date, datetime

import pytest

from fairealliance.design.templatetags.french_dates import day
from fairealliance.lib.dates_fr import in_words, month_in_words, parse


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert in_words(date(2021, 7, 1)) == "1er juillet 2021"
    assert in_words(date(2021, 5, 11)) == "11 mai 2021"
    assert in_words(None) == ""
    assert month_in_words(date(2020, 8, 3)) == "août 2020"


def test_an_instant_is_the_day_it_was_here() -> None:
    assert day(datetime(2021, 6, 30, 23, 30, tzinfo=UTC)) == "1er juillet 2021"
    assert day(None) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-05-07", date(2021, 5, 7)),
        (" 7/5/2021 ", date(2021, 5, 7)),
        ("2021-05-07 00:00:00", date(2021, 5, 7)),
        ("", None),
    ],
)
def test_what_people_type_is_read(text: str, expected: date | None) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["hier", "2021-02-30", "31/02/2021", "2021-W18", "20210507", "2021-05-07x"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\d|hier|day"):
        parse(text)
