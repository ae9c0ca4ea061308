"""What the index holds: one document per public thing, and where each kind of them comes from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple


class Doc(NamedTuple):
    """A public thing as search sees it. `ref` is `kind:key`, the key being that of the outbox."""

    ref: str
    kind: str
    title: str
    url: str
    body: str = ""
    keywords: str = ""
    summary: str = ""
    label: str = ""
    goals: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    spheres: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """For a place: what it is or was called. Then it is found by these alone: no one who writes « école » or
    « pauvre » is after the communes so named, unless they write the name and nothing else."""
    standing: int = 0  # among places of one name, the greater first: digits of the population
    places: tuple[str, ...] = ()  # names of where it is, read without synonyms: « Côte-d’Or » says nothing of the sea
    scopes: tuple[str, ...] = ()  # refs of its territories and of all that contain them
    apart: str = ""  # a scope that is no place (its rubric), by which it is found and which its hits do not tell
    regions: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    territory: str = ""
    territory_ref: str = ""
    year: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    medoc: str = ""
    stages: tuple[str, ...] = ()
    source: str = ""
    is_demo: bool = False
    added: int = 0  # seconds since 1970
    day: str = ""  # in words, of what is of a day: a news item, an event

    def shown(self) -> tuple[Any, ...]:
        """What a hit shows, in the order of `SHOWN`, then the body: what only serves to find it is left out."""
        return (*_shown(self), self.body[:_BODY_KEPT] if self.body != self.summary else "")


SHOWN = (
    *("ref", "kind", "title", "url", "summary", "label", "goals", "themes", "spheres", "scopes", "territory"),
    *("territory_ref", "year", "latitude", "longitude", "precision", "medoc", "stages", "source", "is_demo"),
    *("added", "day"),
)
_shown = attrgetter(*SHOWN)
_BODY_KEPT = 3_000  # enough for a passage to quote


@dataclass(frozen=True, slots=True)
class Source:
    """All the keys of a kind, in a fixed order, and the documents of some of them.

    `build` makes a fixed number of queries whatever the number of keys; keys it says nothing of are gone.
    """

    kind: str
    keys: Callable[[], Iterable[str]]
    build: Callable[[Sequence[str]], Iterable[Doc]]


_sources: dict[str, Source] = {}


def register(kind: str, keys: Callable[[], Iterable[str]], build: Callable[[Sequence[str]], Iterable[Doc]]) -> None:
    """Make the index hold `kind`."""
    _sources[kind] = Source(kind, keys, build)


_around: dict[str, str] = {}


def surround(kind: str, scope: str) -> None:
    """Make every document of `kind` be found within `scope` too, as if it were written `apart` in each."""
    _around[kind] = scope


def around(kind: str) -> str:
    """The scope of all documents of that kind, "" when they have none."""
    return _around.get(kind, "")


def sources() -> list[Source]:
    return list(_sources.values())


def source(kind: str) -> Source | None:
    return _sources.get(kind)
