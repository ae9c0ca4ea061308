"""Words as bits: what is sought and brought, goals, themes, skills, spheres. An order that changed shows in
`words_digest`: columns are then laid out anew.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256

from fairealliance.goals import skills
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.organisations.enums import Exchange, Sphere

EXCHANGES: tuple[str, ...] = tuple(Exchange.values)
SKILLS_BIT = 1 << EXCHANGES.index(Exchange.SKILLS)
SPHERES: tuple[str, ...] = tuple(Sphere.values)
UNKNOWN_SPHERE = 0
ALL_SPHERES = (1 << (len(SPHERES) + 1)) - 1
THEME_WORDS = 2
"""64-bit words that hold the themes."""
assert len(THEMES) <= 64 * THEME_WORDS
assert len(EXCHANGES) <= 12  # a table of 2^12 numbers is made at each question


def exchange_bits(values: Iterable[str]) -> int:
    """Raises ValueError for a kind that does not exist."""
    return sum(1 << EXCHANGES.index(value) for value in set(values))


def exchanges(bits: int) -> list[Exchange]:
    return [Exchange(EXCHANGES[i]) for i in positions(bits)]


def goal_bits(numbers: Iterable[object]) -> int:
    """What is no goal is left out: imports may hold old numbers."""
    return sum(1 << (number - 1) for number in {n for n in numbers if isinstance(n, int)} if number in GOALS)


def goals(bits: int) -> list[int]:
    return [i + 1 for i in positions(bits)]


@cache
def _theme_places() -> dict[str, int]:
    return {slug: i for i, slug in enumerate(sorted(THEMES))}


def theme_bits(slugs: Iterable[object]) -> tuple[int, int]:
    """Two words of 64 bits. A theme that left the vocabulary is left out."""
    places = _theme_places()
    bits = sum(1 << places[slug] for slug in {s for s in slugs if isinstance(s, str)} if slug in places)
    return bits & (2**64 - 1), bits >> 64


def themes(words: tuple[int, int]) -> list[str]:
    ordered = sorted(THEMES)
    return [ordered[i] for i in positions(words[0] | words[1] << 64)]


def sphere_index(value: str) -> int:
    """0 for a sphere not known."""
    return SPHERES.index(value) + 1 if value in SPHERES else UNKNOWN_SPHERE


def sphere_bits(values: Iterable[str]) -> int:
    return sum(1 << sphere_index(value) for value in set(values))


@cache
def words_digest() -> str:
    """Of all that places bits: columns made with others are no use."""
    told = " ".join([*EXCHANGES, *SPHERES, *sorted(THEMES), skills.digest()])
    return sha256(told.encode()).hexdigest()[:16]


def positions(bits: int) -> Iterator[int]:
    """Of the bits set, from the lowest."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
