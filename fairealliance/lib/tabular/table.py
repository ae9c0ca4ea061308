"""What every kind of table offers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.tabular.errors import Unreadable

# Twice the widest of the official files; a million of them would hold a screen and a processor for hours.
MOST_COLUMNS = 5_000


def refuse_many_columns(header: Sequence[str], name: str) -> None:
    """Columns, or the keys of records. Raises Unreadable."""
    if len(header) > MOST_COLUMNS:
        told = f"« {name} » a {format_number(len(header))} colonnes, plus de {format_number(MOST_COLUMNS)} :"
        raise Unreadable(f"{told} ce n’est pas un tableau à lire ici.")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a format presents itself. `records` is the key of the list in a JSON object, "" when the list is all."""

    format: Literal["csv", "json"] = "csv"
    separators: str = ",;\t|"
    records: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What inspection found. `notes` are French sentences about repairs of the file as a whole."""

    rows: int
    digest: str
    encoding: str = ""
    separator: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misshapen:
    """A row that has not as many cells as the header."""

    line: int
    found: int
    expected: int
    start: str


@dataclass(slots=True)
class Batch:
    """Some rows, column by column in the order asked for, with the line each row begins on."""

    columns: list[Sequence[str]]
    lines: Sequence[int]
    misshapen: list[Misshapen] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)


class Table(Protocol):
    """A file that was inspected."""

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def facts(self) -> Facts: ...

    def batches(self, wanted: Sequence[str], size: int) -> Iterator[Batch]:
        """The columns `wanted` (names of the header; "" gives blanks), `size` rows at a time."""
        ...
