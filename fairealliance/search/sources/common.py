"""What the documents of several kinds have in common.

Rows are read as tuples, in SQL that both databases speak: an import makes a hundred thousand documents in a few
seconds, and instances with their related managers would take most of that time.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import models

from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib import bulk
from fairealliance.lib.addresses import addresses
from fairealliance.lib.text_fr import shorten
from fairealliance.provenance.models import Source, Sourced

_SUMMARY = 280


def numeric(keys: Iterable[str]) -> list[int]:
    """Keys of the outbox as primary keys; what is not one names nothing."""
    return [int(key) for key in keys if key.isdecimal()]


def rows_of(model: type[models.Model], columns: Sequence[str], keys: Iterable[str]) -> list[tuple[Any, ...]]:
    """`columns`, the first of which is the id, of the things with these keys, in order of id."""
    return sorted(bulk.select_in(model, columns, columns[0], numeric(keys)), key=_first)


def linked(
    model: type[models.Model], columns: Sequence[str], ids: Iterable[int]
) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Rows of a table of links by the id in their first column, in the order they were made, without that column."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sorted(bulk.select_in(model, ("id", *columns), columns[0], ids), key=_first):
        found[row[1]].append(row[2:])
    return found


def _first(row: tuple[Any, ...]) -> Any:
    return row[0]


@lru_cache(maxsize=4096)
def listed(stored: str) -> tuple[Any, ...]:
    """A list kept as JSON, which raw rows give as text on both databases."""
    return tuple(json.loads(stored))


@lru_cache(maxsize=1024)
def distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    """Each once, in order, the empty one left out."""
    return tuple(value for value in dict.fromkeys(values) if value)


@lru_cache(maxsize=256)
def label_of(choices: type[models.TextChoices], value: str) -> str:
    """The words of a choice; none for none, and for what is no longer one."""
    return str(choices(value).label) if value in choices.values else ""


def joined(*parts: str) -> str:
    """Parts of a text, the empty ones left out."""
    return "\n".join([bare for part in parts if part and (bare := part.strip())])


def summary(*parts: str) -> str:
    """The first part that says something, shortened."""
    for part in parts:
        if part and part.strip():
            return _shortened(part)
    return ""


@lru_cache(maxsize=1024)
def _shortened(text: str) -> str:
    return shorten(text, _SUMMARY)


def added(item: Sourced) -> int:
    """When it came to us, seconds since 1970."""
    return int((item.imported_at or item.created_at).timestamp())


ADDED = "COALESCE(imported_at, created_at)"
"""The same in SQL, for `seconds`. An expression: SQLite's driver would make an instant without a zone of a column."""


@lru_cache(maxsize=256)
def seconds(instant: datetime | str) -> int:
    """Of a raw instant: SQLite gives text, in UTC. A batch of an import has one instant for all."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    return int(instant.timestamp())


@lru_cache(maxsize=4096)
def known_goals(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number in GOALS)


@lru_cache(maxsize=4096)
def known_themes(slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug in THEMES)


@lru_cache(maxsize=4096)
def aims_in_words(goals: tuple[int, ...], themes: tuple[str, ...]) -> str:
    """So that "biodiversité" finds what was only tagged with it."""
    return " ".join([*(THEMES[slug].name for slug in themes), *(GOALS[number].short for number in goals)])


@dataclass(frozen=True, slots=True)
class Context:
    """What is the same for a whole batch: how pages are addressed, what has no label, labels of sources by id."""

    address: Callable[[int, str], str]
    unnamed: str
    sources: dict[int, str]

    @classmethod
    def of(cls, page: str, unnamed: str) -> "Context":
        return cls(addresses(page), unnamed, dict(Source.objects.order_by().values_list("pk", "label")))
