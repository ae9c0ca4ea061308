"""CSV and its cousins."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from fairealliance.lib.french_numbers import counted
from fairealliance.lib.tabular.encodings import Encoding, detect
from fairealliance.lib.tabular.errors import Unreadable
from fairealliance.lib.tabular.files import CHUNK, DataFile
from fairealliance.lib.tabular.table import Batch, Facts, Layout, Misshapen, refuse_many_columns

Row = list[str]
_QUOTE = '"'
_LINE_ENDS = frozenset(("\n", "\r\n", "\r"))
_SEPARATOR_LINE = "sep="  # Excel's own first line
_SEPARATOR_NAMES = {",": "virgule", ";": "point-virgule", "\t": "tabulation", "|": "barre verticale"}


class DelimitedTable:
    """One header row, then rows. Raises Unreadable when the file is not that, or was cut."""

    def __init__(self, file: DataFile, layout: Layout) -> None:
        self._file = file
        self._encoding = detect(file)
        self._separator, self._skipped = self._sniff(layout.separators)
        self.header, rows = self._survey()
        self.facts = Facts(
            rows=rows,
            digest=file.digest(),
            encoding=self._encoding.name,
            separator=_SEPARATOR_NAMES.get(self._separator, self._separator),
            notes=(self._encoding.note,) if self._encoding.note else (),
        )

    def batches(self, wanted: Sequence[str], size: int) -> Iterator[Batch]:
        """Raises Unreadable should the file have changed under our hands."""
        pick = [self.header.index(name) if name else None for name in wanted]
        width = len(self.header)
        with self._rows() as reader:
            next(reader)
            before = reader.line_num
            while rows := list(islice(reader, size)):
                lines, after = _line_numbers(rows, before, reader.line_num), reader.line_num
                misshapen: list[Misshapen] = []
                if set(map(len, rows)) != {width}:
                    rows, lines, misshapen = _even_out(rows, lines, width)
                yield Batch(_columns(rows, pick), _shifted(lines, self._skipped), misshapen)
                before = after

    @contextmanager
    def _rows(self) -> Iterator[Any]:
        with self._lines() as lines:
            yield self._reader(lines)

    @contextmanager
    def _lines(self) -> Iterator[io.TextIOWrapper]:
        """From the header on. Who reads them is told in French what cannot be read."""
        with self._text() as text:
            for _line in range(self._skipped):
                text.readline()
            try:
                yield text
            except csv.Error as error:
                raise Unreadable(
                    f"« {self._file.path.name} » n’est pas un tableau lisible : un guillemet n’est pas fermé."
                ) from error
            except UnicodeDecodeError as error:
                raise Unreadable(f"« {self._file.path.name} » a changé pendant la lecture.") from error

    @contextmanager
    def _text(self) -> Iterator[io.TextIOWrapper]:
        with self._file.open() as stream:
            yield io.TextIOWrapper(stream, self._encoding.name, self._encoding.errors, newline="")

    def _sniff(self, separators: str) -> tuple[str, int]:
        """The separator that cuts the header into most columns, and how many lines come before the header."""
        with self._text() as text:
            first = text.readline(CHUNK)
        if first.lower().startswith(_SEPARATOR_LINE) and first.strip()[4:] in separators:
            return first.strip()[4:], 1
        return max(separators, key=first.count), 0

    def _survey(self) -> tuple[tuple[str, ...], int]:
        """Header and number of rows, the whole file having been walked through."""
        name = self._file.path.name
        header, rows, last = self._walk()
        if not rows:
            raise Unreadable(f"« {name} » ne contient que ses titres de colonnes.")
        if last and any(last) and len(last) < len(header):
            raise Unreadable(
                f"« {name} » semble coupé : sa dernière ligne a {counted(len(last), 'case', 'cases')}"
                f" au lieu de {len(header)}."
            )
        return tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in header), rows

    def _walk(self) -> tuple[Row, int, Row]:
        """Header, number of rows, the last of them. Up to the first quote, or a line longer than a cell may be, a line
        is a row, and needs no cutting.
        """
        rows, last = 0, ""
        with self._lines() as lines:
            header = self._checked(next(self._reader(lines), []))
            for line in lines:
                if _QUOTE in line or len(line) > csv.field_size_limit():
                    break
                rows += line not in _LINE_ENDS
                last = line
            else:
                return header, rows, next(self._reader([last]), [])
            reader, row = self._reader(chain([line], lines)), []
            while chunk := list(islice(reader, 5000)):
                rows += len(chunk) - chunk.count([])
                row = chunk[-1]
        return header, rows, row

    def _reader(self, lines: Iterable[str]) -> Any:
        return csv.reader(lines, delimiter=self._separator)

    def _checked(self, header: Row) -> Row:
        name = self._file.path.name
        if not any(map(str.strip, header)):
            raise Unreadable(f"« {name} » n’a pas de ligne de titres.")
        refuse_many_columns(header, name)
        return header


def _line_numbers(rows: list[Row], before: int, after: int) -> Sequence[int]:
    """The line each row begins on: a cell may hold line breaks."""
    if after - before == len(rows):
        return range(before + 1, after + 1)
    numbers, line = [], before
    for row in rows:
        numbers.append(line + 1)
        line += 1 + sum(cell.count("\n") for cell in row)
    return numbers


def _shifted(lines: Sequence[int], by: int) -> Sequence[int]:
    return [line + by for line in lines] if by else lines


def _even_out(rows: list[Row], lines: Sequence[int], width: int) -> tuple[list[Row], list[int], list[Misshapen]]:
    """Empty lines go, blank cells too many are cut; what still has another width is set aside."""
    kept: list[Row] = []
    numbers: list[int] = []
    misshapen: list[Misshapen] = []
    for row, line in zip(rows, lines, strict=True):
        if not row:
            continue
        if len(row) > width and not any(map(str.strip, row[width:])):
            row = row[:width]
        if len(row) == width:
            kept.append(row)
            numbers.append(line)
        else:
            misshapen.append(Misshapen(line, len(row), width, " ".join(row)[:80]))
    return kept, numbers, misshapen


def _columns(rows: list[Row], pick: Sequence[int | None]) -> list[Sequence[str]]:
    blanks = [""] * len(rows)
    return [blanks if index is None else list(map(itemgetter(index), rows)) for index in pick]


__all__ = ["DelimitedTable", "Encoding"]
