"""Which column of a file is probably which of ours, by the words above it. Proposed, never decided."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from fairealliance.federation.mapping import FOLDER
from fairealliance.goals.stems import keys
from fairealliance.lib.text_fr import fold


class Words(NamedTuple):
    """A column in words, and others that people write for it."""

    words: str = ""
    also: tuple[str, ...] = ()


@cache
def _told() -> Mapping[str, Words]:
    data = tomllib.loads((FOLDER / "shared" / "words.toml").read_text(encoding="utf-8"))
    return {name: Words(each["words"], tuple(each.get("also", ()))) for name, each in data.items()}


def words_of(column: str) -> str:
    """« Année de début » for `annee_debut`; nothing for columns of files that are not our own templates."""
    return _told().get(column, Words()).words


def propose(columns: Iterable[str], header: Iterable[str]) -> dict[str, str]:
    """Ours → the file's, of those that mean the same; each column of the file at most once."""
    left: dict[tuple[str, ...], str] = {}
    for name in header:
        left.setdefault(_key(name), name)
    left.pop((), None)
    wanted, found = list(columns), {}
    # Its own name first, in all: what one says rightly is not taken by what another says roughly.
    for told in (_names, _others):
        for column in wanted:
            match = next((key for name in told(column) if (key := _key(name)) in left), None)
            if match is not None and column not in found:
                found[column] = left.pop(match)
    return found


def _names(column: str) -> tuple[str, ...]:
    return (column, words_of(column))


def _others(column: str) -> tuple[str, ...]:
    return _told().get(column, Words()).also


def _key(text: str) -> tuple[str, ...]:
    """Without accents, articles nor plurals."""
    spaced = text.replace("_", " ")
    return keys(spaced) or tuple(fold(spaced).split())
