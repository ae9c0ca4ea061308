"""When the next report of a measure is due."""

import calendar
from datetime import date

from fairealliance.roadmap.models import Programme


def months_after(start: date, months: int) -> date:
    """The same day of a later month, the last one when that month is shorter."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def due_on(programme: Programme, started_on: date, delay: int | None, last: date | None) -> date | None:
    """At the end of the delay, then as often as the programme says; None when nothing says when.

    `delay` in months; `last`: the date of the latest report. Nothing is due after the programme's end.
    """
    day = None
    if last is None:
        day = None if delay is None else months_after(started_on, delay)
    elif programme.rhythm:
        day = months_after(last, programme.rhythm)
    if day and programme.ended_on and day > programme.ended_on:
        return programme.ended_on if last is None or last < programme.ended_on else None
    return day
