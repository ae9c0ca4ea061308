"""What the documents of several kinds have in common."""

from collections.abc import Iterable
from typing import Any

from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.lib.text_fr import shorten
from fairealliance.provenance.models import Sourced

_SUMMARY = 280


def numeric(keys: Iterable[str]) -> list[int]:
    """Keys of the outbox as primary keys; what is not one names nothing."""
    return [int(key) for key in keys if key.isdecimal()]


def joined(*parts: str) -> str:
    """Parts of a text, the empty ones left out."""
    return "\n".join(part.strip() for part in parts if part and part.strip())


def summary(*parts: str) -> str:
    """The first part that says something, shortened."""
    return next((shorten(part, _SUMMARY) for part in parts if part and part.strip()), "")


def added(item: Sourced) -> int:
    """When it came to us, seconds since 1970."""
    return int((item.imported_at or item.created_at).timestamp())


def aims(item: Any) -> dict[str, Any]:
    """Goals and themes of an item, those of the vocabulary only."""
    return {
        "goals": tuple(number for number in item.goals if number in GOALS),
        "themes": tuple(slug for slug in item.themes if slug in THEMES),
    }


def aims_in_words(item: Any) -> str:
    """So that "biodiversité" finds what was only tagged with it."""
    themes = [THEMES[slug].name for slug in item.themes if slug in THEMES]
    return " ".join([*themes, *(GOALS[number].short for number in item.goals if number in GOALS)])


def origin(item: Sourced) -> str:
    return item.source.label if item.source else ""
