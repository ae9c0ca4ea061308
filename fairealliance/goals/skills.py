"""Skills told in free words, read into families. What no family knows stays words: search finds it all the same."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources

from fairealliance.goals.stems import keys, telling

MOST = 64
_LONGEST = 10_000
_BETWEEN = 1
"""Other words that may stand between two words of a phrase."""
_SENTENCE = re.compile(r"[.!?;:,\n]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Skill:
    """A family of skills. `place`: of its bit."""

    place: int
    slug: str
    name: str
    words: tuple[str, ...]


def _skills() -> tuple[Skill, ...]:
    data = tomllib.loads(_text())
    return tuple(Skill(i, row["slug"], row["name"], tuple(row["words"])) for i, row in enumerate(data["skill"]))


def _text() -> str:
    return (resources.files(__package__) / "data" / "skills.toml").read_text("utf-8")


SKILLS: tuple[Skill, ...] = _skills()
"""By the place of their bits."""
assert len(SKILLS) <= MOST


@cache
def digest() -> str:
    """Of the vocabulary: what was read with another must be read again."""
    return sha256(_text().encode()).hexdigest()[:16]


@lru_cache(maxsize=2_000)
def read(text: str) -> int:
    """Bits of the families that `text` tells."""
    found, phrases = 0, _by_first_key()
    for sentence in _SENTENCE.split(text[:_LONGEST]):
        said = [each[1] for raw in _WORD.findall(sentence) if (each := telling(raw))]
        for at, key in enumerate(said):
            for phrase, bit in phrases.get(key, ()):
                if _goes_on(phrase, said, at):
                    found |= bit
    return found


def named(bits: int) -> list[str]:
    """The families' names, in the order of their bits."""
    found = []
    while bits:  # few are set, and a list of suggestions asks for many
        low = bits & -bits
        found.append(SKILLS[low.bit_length() - 1].name)
        bits ^= low
    return found


def _goes_on(phrase: tuple[str, ...], said: list[str], at: int) -> bool:
    """Whether the phrase, whose first word stands there, stands whole."""
    for key in phrase[1:]:
        nearby = said[at + 1 : at + 2 + _BETWEEN]
        if key not in nearby:
            return False
        at += 1 + nearby.index(key)
    return True


@cache
def _by_first_key() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    found: dict[str, dict[tuple[tuple[str, ...], int], None]] = defaultdict(dict)
    for skill in SKILLS:
        for phrase in map(keys, skill.words):
            found[phrase[0]][phrase, 1 << skill.place] = None
    return {first: tuple(phrases) for first, phrases in found.items()}
