"""What is asked of search, and what it answers. The one contract between the engine and whoever asks.

Within one facet choices add up (OR), between facets they narrow (AND).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Sort = Literal["relevance", "date", "added", "title", "distance"]
"""`date` is that of the thing itself (its year), `added` the moment it came to us."""
MAX_PAGE_SIZE = 100
MAX_DEPTH = 10_000
"""Hits that can be paged through: beyond it, narrowing helps more than paging."""


class State(StrEnum):
    """Whether the index can answer."""

    READY = "ready"
    REBUILDING = "rebuilding"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Near:
    """Within `km` of a point, in degrees."""

    latitude: float
    longitude: float
    km: float


@dataclass(frozen=True, slots=True)
class Query:
    """Words and filters. Codes only: `regions` are région codes, `scopes` territory refs (any of them)."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    spheres: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    scopes: tuple[str, ...] = ()
    near: Near | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 20
    with_facets: bool = True
    with_snippets: bool = True
    """Whether each hit tells its passage and the words it answers (a third of the time of a page)."""
    real_only: bool = False
    """Whether what was invented to show the product is left out, of hits and counts."""
    any_word: bool = False
    """Whether one of the words is always enough for a hit, even where most of them would find plenty."""
    with_total: bool = True
    """Whether all hits are counted (a quarter of the time of a page). Else, and without facets, `total` is the
    number of hits given; ask `any_word` too, since what is not counted cannot be found plenty."""
    # Soft preferences, which lift and never exclude: (goal | theme | scope | sphere, value, weight).
    boosts: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, with all a list needs to show it without touching the database."""

    ref: str
    kind: str
    title: str
    url: str
    score: float
    summary: str = ""
    # Pieces of the best passage: (text, whether it matched).
    snippet: tuple[tuple[str, bool], ...] = ()
    label: str = ""
    """The nature in words: « outil », « association », « projet financé »…"""
    territory: str = ""
    territory_ref: str = ""
    scopes: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    spheres: tuple[str, ...] = ()
    year: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    distance_km: float | None = None
    source: str = ""
    medoc: str = ""
    stages: tuple[str, ...] = ()
    is_demo: bool = False
    added: int = 0
    """When it came to us, seconds since 1970."""
    day: str = ""
    """In words, of what is of a day."""
    matched: tuple[str, ...] = ()
    """The words of the question this document answers, as typed."""


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, the total, and for each facet the counts over all hits."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    state: State = State.READY
    corrected: tuple[tuple[str, str], ...] = ()
    """Words unknown to the index and what was searched instead: (typed, used)."""
    took_ms: float = 0.0
