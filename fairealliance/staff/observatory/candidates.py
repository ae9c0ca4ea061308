"""The answers that may become a wave of a series: a hundred at most, found by their words."""

from collections.abc import Sequence

from django.db.models import Min, Q, QuerySet

from fairealliance.observatory.models import Result

SEPARATOR = "|"
MOST = 100
_CODES = ("question__study__slug", "question__code", "code")
_WORDS = ("question__study__title", "question__label", "answer")


def waves_like(words: str) -> list[tuple[str, str]]:
    """`study|question|answer` and its words, the latest study first: those that hold each of `words`. One query."""
    rows = Result.objects.filter(territory=None)
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(question__study__title__icontains=word) | Q(question__label__icontains=word) | Q(answer__icontains=word)
        )
    return list(_told(rows, MOST).items())


def waves_named(waves: Sequence[str]) -> dict[str, str]:
    """The words of those that exist. One query."""
    wanted = set(waves)
    parts = [part for wave in wanted if len(part := wave.split(SEPARATOR)) == len(_CODES)]
    near = {f"{name}__in": {part[place] for part in parts} for place, name in enumerate(_CODES)}
    return {wave: said for wave, said in _told(Result.objects.filter(**near), None).items() if wave in wanted}


def _told(rows: "QuerySet[Result]", most: int | None) -> dict[str, str]:
    found = rows.order_by().values_list(*_CODES, *_WORDS).annotate(place=Min("position"))
    ordered = found.order_by("-question__study__ended", "question__study__title", "question__position", "place")
    known: dict[str, str] = {}
    for row in ordered[:most]:
        known.setdefault(SEPARATOR.join(row[:3]), " · ".join(row[3:6]))
    return known
