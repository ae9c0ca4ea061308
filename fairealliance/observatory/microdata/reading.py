"""A microdata file, column by column: CSV whatever its separator and encoding, XLSX, Parquet, plain or alone in a ZIP.

CSV goes through Arrow (a million rows a second); only to tell which line is wrong is it read again row by row.
"""

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import counted, format_number
from fairealliance.lib.tabular import Layout, open_table
from fairealliance.lib.tabular.encodings import Encoding, detect
from fairealliance.lib.tabular.files import DataFile
from fairealliance.lib.tabular.table import refuse_many_columns
from fairealliance.observatory.microdata.errors import Refused

_SEPARATORS = ";,\t|"
_HEADER_LIMIT = 1 << 20
_MOST_ROWS = 20_000_000
_CODE = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class Microdata:
    """A file whose header was read. `columns` reads the rest."""

    file: DataFile
    header: tuple[str, ...]
    encoding: Encoding | None = None  # of a CSV
    separator: str = ""
    skipped: int = 0
    name: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        return (self.encoding.note,) if self.encoding and self.encoding.note else ()

    def find(self, name: str) -> str:
        """The column called `name`, spaces aside. Raises Refused with those that look like it."""
        bare = " ".join(name.split())
        if bare in self.header:
            return bare
        alike = difflib.get_close_matches(bare, self.header, n=3, cutoff=0.5) or list(self.header[:12])
        raise Refused(
            _("La colonne « %(bare)s » n’existe pas dans « %(name)s ». Colonnes %(which)s : %(alike)s.")
            % {
                "bare": bare,
                "name": self.name,
                "which": _("proches") if len(alike) < 12 else _("du fichier"),
                "alike": ", ".join(alike),
            }
        )

    def columns(self, wanted: Sequence[str], *, varied: str = "") -> pa.Table:
        """The columns `wanted` as text by dictionary; those of a Parquet file that are numbers stay so.

        `varied` is the one that has about as many values as rows: of a CSV it is plain text, which takes less time.
        """
        if self.encoding:
            table = self._delimited(wanted, varied)
        elif self.file.is_workbook:
            table = self._workbook(wanted)
        else:
            table = self._parquet(wanted)
        if not table.num_rows:
            raise Refused(
                _("« %(name)s » ne contient que ses titres de colonnes : aucun répondant.") % {"name": self.name}
            )
        return table

    def line(self, row: int) -> int:
        """The line of the file on which the `row`-th respondent (from 0) begins."""
        if self.file.is_workbook:
            batches = open_table(self.file.path, Layout()).batches([self.header[0]], 5000)
            return next(line for place, line in enumerate(n for each in batches for n in each.lines) if place == row)
        if not self.encoding:
            return row + 1
        return next(line for place, (line, _cells) in enumerate(self._rows()) if place == row)

    def _delimited(self, wanted: Sequence[str], varied: str) -> pa.Table:
        self._refuse_open_quote()
        types = {name: pa.string() if name == varied else _CODE for name in wanted}
        with self._source() as source:
            try:
                table = pa.csv.read_csv(
                    source,
                    # A row longer than a block would be an error of Arrow's own: 8 MiB holds any respondent.
                    read_options=pa.csv.ReadOptions(
                        column_names=list(self.header), skip_rows=1 + self.skipped, block_size=8 << 20
                    ),
                    parse_options=pa.csv.ParseOptions(delimiter=self.separator, newlines_in_values=False),
                    convert_options=pa.csv.ConvertOptions(
                        include_columns=list(wanted), column_types=types, check_utf8=True
                    ),
                )
            except pa.ArrowInvalid as error:
                return self._row_by_row(wanted, error)
        return table

    def _refuse_open_quote(self) -> None:
        """A quote never closed swallows the rows after it. An odd number of them may also be inches: looked into."""
        with self.file.open() as stream:
            count = sum(block.count(b'"') for block in iter(lambda: stream.read(1 << 20), b""))
        if count % 2:
            for _row in self._rows(strict=True):
                pass

    def _row_by_row(self, wanted: Sequence[str], why: pa.ArrowInvalid) -> pa.Table:
        """What Arrow stumbles on: a cell with a line break is fine, a row of another width is refused by its line."""
        places = [self.header.index(name) for name in wanted]
        kept: list[list[str]] = [[] for _place in places]
        for line, cells in self._rows():
            if len(cells) > len(self.header) and not any(map(str.strip, cells[len(self.header) :])):
                del cells[len(self.header) :]
            if len(cells) != len(self.header):
                raise Refused(
                    _(
                        "« %(name)s », ligne %(line)s : %(cells)s au lieu de %(header)s. Corrigez cette"
                        " ligne, ou le fichier est coupé."
                    )
                    % {
                        "name": self.name,
                        "line": line,
                        "cells": counted(len(cells), _("case"), _("cases")),
                        "header": len(self.header),
                    }
                )
            for column, place in zip(kept, places, strict=True):
                column.append(cells[place])
        if not kept[0]:
            raise Refused(
                _("« %(name)s » ne contient que ses titres de colonnes : aucun répondant.") % {"name": self.name}
            ) from why
        return pa.table([pa.array(column, pa.string()).cast(_CODE) for column in kept], names=list(wanted))

    def _rows(self, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
        """(line it begins on, cells) of each row after the header; empty lines are not rows."""
        with self._bytes() as stream:
            text = io.TextIOWrapper(stream, "utf-8", "replace", newline="")
            reader = csv.reader(text, delimiter=self.separator, strict=strict)
            begun = 1
            try:
                for number, cells in enumerate(reader):
                    if cells and number > self.skipped:
                        yield begun, cells
                    begun = reader.line_num + 1
            except csv.Error as error:
                if strict and "end of data" not in str(error):
                    return  # stray signs that the usual reading takes as they are
                raise Refused(
                    _("« %(name)s », ligne %(begun)s : un guillemet n’est pas fermé.")
                    % {"name": self.name, "begun": begun}
                ) from error

    def _workbook(self, wanted: Sequence[str]) -> pa.Table:
        batches = list(open_table(self.file.path, Layout()).batches(wanted, 5000))
        columns = [[cell for batch in batches for cell in batch.columns[place]] for place in range(len(wanted))]
        return pa.table([pa.array(column, pa.string()).cast(_CODE) for column in columns], names=list(wanted))

    def _parquet(self, wanted: Sequence[str]) -> pa.Table:
        try:
            rows = pq.read_metadata(self.file.path).num_rows
            if rows > _MOST_ROWS:  # a few letters may stand for a thousand million rows
                told = _("« %(name)s » compte %(rows)s répondants : plus que ce qui se lit ici.")
                raise Refused(told % {"name": self.name, "rows": format_number(rows)})
            return pq.read_table(self.file.path, columns=list(wanted), read_dictionary=list(wanted))
        except (pa.ArrowException, OSError) as error:
            raise Refused(_("« %(name)s » est abîmé ou coupé.") % {"name": self.name}) from error

    @contextmanager
    def _source(self) -> Iterator[pa.NativeFile | IO[bytes]]:
        """What Arrow reads: the file itself where it can, by threads that need not wait for ours."""
        if self._is_plain and not self.file.member:
            with pa.OSFile(str(self.file.path)) as opened:
                yield opened
            return
        with self._bytes() as stream:
            yield stream

    @property
    def _is_plain(self) -> bool:
        assert self.encoding
        return self.encoding.name in ("utf-8", "utf-8-sig") and self.encoding.errors == "strict"

    @contextmanager
    def _bytes(self) -> Iterator[IO[bytes]]:
        """The text in UTF-8, without its mark, whatever the file is in."""
        assert self.encoding
        with self.file.open() as stream:
            if self._is_plain:
                yield stream
                return
            yield io.BytesIO(stream.read().decode(self.encoding.name, self.encoding.errors).encode())


def open_microdata(path: Path) -> Microdata:
    """Reads the header. Raises Unreadable (Refused is one) in French."""
    file = DataFile.at(path)
    name = path.name
    if file.is_workbook:
        return _checked(Microdata(file, open_table(path, Layout()).header, name=name))
    with file.open() as stream:
        if stream.read(4) == b"PAR1":
            return _checked(Microdata(file, _parquet_header(path, name), name=name))
    encoding = detect(file)
    return _checked(_sniffed(file, encoding, name))


def _sniffed(file: DataFile, encoding: Encoding, name: str) -> Microdata:
    with file.open() as stream:
        text = io.TextIOWrapper(stream, encoding.name, encoding.errors, newline="")
        start = text.readline(_HEADER_LIMIT)
        skipped, separator = 0, max(_SEPARATORS, key=start.count)
        if start.lower().startswith("sep=") and start.strip()[4:] in _SEPARATORS:  # Excel's own first line
            skipped, separator = 1, start.strip()[4:] or separator
            start = text.readline(_HEADER_LIMIT)
    try:
        cells = next(csv.reader([start], delimiter=separator), [])
    except csv.Error as error:  # a title of a hundred thousand letters
        raise Refused(_("« %(name)s » n’a pas de ligne de titres.") % {"name": name}) from error
    header = tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in cells)
    return Microdata(file, header, encoding, separator, skipped, name)


def _parquet_header(path: Path, name: str) -> tuple[str, ...]:
    try:
        return tuple(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        raise Refused(_("« %(name)s » est abîmé ou coupé.") % {"name": name}) from error


def _checked(data: Microdata) -> Microdata:
    if not any(data.header):
        raise Refused(_("« %(name)s » n’a pas de ligne de titres.") % {"name": data.name})
    refuse_many_columns(data.header, data.name)
    twice = sorted({column for column in data.header if column and data.header.count(column) > 1})
    if twice:
        raise Refused(
            _("« %(name)s » a plusieurs colonnes du même nom : %(twice)s.")
            % {"name": data.name, "twice": ", ".join(twice)}
        )
    return data


def texts(table: pa.Table, name: str) -> tuple[list[str], pa.Array]:
    """(the different values of a column as text, the place of each row's value among them or null)."""
    column = table[name]
    try:
        encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    except pa.ArrowNotImplementedError as error:
        raise Refused(
            _("La colonne « %(name)s » contient autre chose que des codes (listes, structures…).") % {"name": name}
        ) from error
    whole = encoded.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # no chunk at all
        whole = pa.array([], _CODE)
    return [_text(value) for value in whole.dictionary.to_pylist()], whole.indices


def _text(value: object) -> str:
    """A code as it would stand in a CSV: 1.0 in a column of numbers is the code 1."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())
