"""Dates as precise as they are known: `2016`, `2016-11`, `2016-11-03`."""

import calendar
import re
from datetime import date

from django.utils.translation import gettext as _

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")
_FRENCH = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})\Z")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_VOWELS = ("a", "o")  # of avril, août and octobre
_FIRST, _LAST = 1900, 2100


def parse(raw: str) -> str:
    """`11/2016`, `novembre 2016`, `2016-11` → `2016-11`. Raises ValueError in French."""
    text = raw.strip().lower()
    if not text:
        return ""
    if match := _FRENCH.match(text):
        day, month, year = match.groups()
        text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    for number, name in enumerate(MONTHS, start=1):
        if match := re.match(rf"(?:(\d{{1,2}})(?:er)? )?{name} (\d{{4}})\Z", text):
            text = f"{match[2]}-{number:02}" + (f"-{int(match[1]):02}" if match[1] else "")
    match = _SHAPE.match(text)
    if not match or not _exists(text):
        raise ValueError(
            _("« %s » n’est pas une date : écrivez 2016, 2016-11, 2016-11-03, 11/2016 ou novembre 2016.") % raw[:40]
        )
    return text


def _exists(text: str) -> bool:
    parts = [int(part) for part in text.split("-")]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return _FIRST <= parts[0] <= _LAST


def first_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    return date(*[*parts, 1, 1][:3])


def last_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def in_order(started: str, ended: str) -> bool:
    """`ended` may be as early as `started` allows."""
    return not started or not ended or last_day(ended) >= first_day(started)


def one_in_words(text: str) -> str:
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return ""
    words = [str(parts[0])]
    if len(parts) > 1:
        words.insert(0, MONTHS[parts[1] - 1])
    if len(parts) > 2:
        words.insert(0, "1er" if parts[2] == 1 else str(parts[2]))
    return " ".join(words)


def in_words(started: str, ended: str) -> str:
    """`novembre 2016`, `du 3 mai 2020 au 4 juin 2020`, "" when nothing is known."""
    if started and ended and started != ended:
        told = {"start": one_in_words(started), "end": one_in_words(ended)}
        if started.count("-") == 2:
            return _("du %(start)s au %(end)s") % told
        if told["start"].startswith(_VOWELS):
            return _("d’%(start)s à %(end)s") % told
        return _("de %(start)s à %(end)s") % told
    return one_in_words(ended or started)


def sort_key(started: str, ended: str) -> float | None:
    """Middle of what is known, in years: 2016-11 → 2016.87."""
    known = [text for text in (started, ended) if text]
    if not known:
        return None
    first, last = first_day(known[0]), last_day(known[-1])
    middle = first.toordinal() + (last.toordinal() - first.toordinal()) / 2
    moment = date.fromordinal(round(middle))
    return moment.year + (moment.timetuple().tm_yday - 1) / 365.25
