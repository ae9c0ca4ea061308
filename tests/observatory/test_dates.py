"""Dates as precise as they are known."""

import pytest

from fairealliance.observatory import dates


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("2016", "2016"),
        ("11/2016", "2016-11"),
        ("novembre 2016", "2016-11"),
        ("3 Novembre 2016", "2016-11-03"),
        ("1er mai 2020", "2020-05-01"),
        ("03/11/2016", "2016-11-03"),
        (" 2016-11-03 ", "2016-11-03"),
        ("", ""),
    ],
)
def test_what_people_write_is_read(raw: str, read: str) -> None:
    assert dates.parse(raw) == read


@pytest.mark.parametrize("raw", ["hier", "13/2016", "31/02/2016", "1800", "2016-1", "20166", "-", "2016-00"])
def test_what_is_no_date_is_refused_in_french(raw: str) -> None:
    with pytest.raises(ValueError, match="n’est pas une date"):
        dates.parse(raw)


def test_dates_are_said_no_more_precisely_than_known() -> None:
    assert dates.in_words("2016-09", "2016-11") == "de septembre 2016 à novembre 2016"
    assert dates.in_words("2026-10", "2026-11") == "d’octobre 2026 à novembre 2026"
    assert dates.in_words("2024-09-30", "2024-10-28") == "du 30 septembre 2024 au 28 octobre 2024"
    assert dates.in_words("2008", "2008") == "2008"
    assert dates.in_words("", "2020-05-01") == "1er mai 2020"
    assert dates.in_words("", "") == ""


def test_an_end_within_the_year_of_the_start_is_in_order() -> None:
    assert dates.in_order("2016-11", "2016")
    assert not dates.in_order("2016-11", "2015")
    assert dates.sort_key("", "") is None
