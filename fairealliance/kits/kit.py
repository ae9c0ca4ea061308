"""What the kit is made of. Plain values: they render as a page or as a document."""

from dataclasses import dataclass

from fairealliance.sheets.sheet import Figure, Line, SourceNote, Where


@dataclass(frozen=True, slots=True)
class Point:
    """Something told, with its source. `value` is a figure, or nothing."""

    name: str
    text: str
    source: SourceNote
    value: str = ""
    sphere: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """How many tools there are, row by row; zero is told, and is not unknown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a sheet: a definition, points, figures, lines of the base, a table, and what is missing."""

    title: str
    text: str = ""
    source: SourceNote | None = None
    points: tuple[Point, ...] = ()
    figures: tuple[Figure, ...] = ()
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    gaps: tuple[str, ...] = ()
    more: tuple[str, str] | None = None
    """Words and address of where the rest is."""
    level: int = 1
    """2 for a part of the block before it."""


@dataclass(frozen=True, slots=True)
class KitSheet:
    """One of the four."""

    number: int
    title: str
    lead: str
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        return f"fiche-{self.number}"


@dataclass(frozen=True, slots=True)
class Kit:
    """The kit for a territory and an audience. `public` is empty for everyone."""

    territory: Where
    is_country: bool
    public: str
    public_label: str
    sheets: tuple[KitSheet, ...]
    composed_at: str
    notices: tuple[str, ...] = ()
