"""Dates in French words, and dates as people type them."""

import re
from datetime import date, time

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_TYPED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")


def in_words(day: date | None) -> str:
    """`7 mai 2021`, `1er juillet 2021`; empty for no date."""
    if day is None:
        return ""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """`août 2020`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def hour_in_words(at: time) -> str:
    """`9 h 05`, which no line breaks. Of a moment, say first which hour it is here."""
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}"


def parse(text: str) -> date | None:
    """`2021-05-07` or `07/05/2021`, None for nothing. Raises ValueError for what is no date.

    A spreadsheet adds the hour: it is left out.
    """
    told = text.strip()
    if not told:
        return None
    if parts := _TYPED.match(told):
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    if len(told) not in (10, 19):
        raise ValueError(told)
    return date.fromisoformat(told[:10])
