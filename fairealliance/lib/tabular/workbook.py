"""XLSX: the first sheet that has something in it."""

import datetime
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from fairealliance.lib.tabular.errors import Unreadable
from fairealliance.lib.tabular.files import DAMAGED, DataFile
from fairealliance.lib.tabular.merged import refuse_what_is_no_table
from fairealliance.lib.tabular.table import Batch, Facts, Layout, refuse_many_columns

Cells = tuple[Any, ...]


class WorkbookTable:
    """First row is the header; rows without any content are skipped."""

    def __init__(self, file: DataFile, layout: Layout) -> None:
        self._file = file
        self._refuse_entities()
        self._sheet = ""
        self.header, rows = self._survey()
        refuse_what_is_no_table(file.path, self._sheet)
        self.facts = Facts(rows=rows, digest=file.digest(), encoding="XLSX")

    def batches(self, wanted: Sequence[str], size: int) -> Iterator[Batch]:
        pick = [self.header.index(name) if name else None for name in wanted]
        rows = self._filled()
        while some := list(islice(rows, size)):
            columns: list[Sequence[str]] = [
                [_text(row[index]) if index is not None and index < len(row) else "" for _n, row in some]
                for index in pick
            ]
            yield Batch(columns, [number for number, _row in some])

    def _survey(self) -> tuple[tuple[str, ...], int]:
        rows = self._all()
        for number, cells in rows:
            header = _without_blank_end(tuple(" ".join(_text(cell).split()) for cell in cells))
            if header:
                refuse_many_columns(header, self._file.path.name)
                self._first = number + 1
                count = sum(1 for _row in rows)
                if not count:
                    raise Unreadable(f"« {self._file.path.name} » ne contient que ses titres de colonnes.")
                return header, count
        raise Unreadable(f"Le classeur « {self._file.path.name} » est vide.")

    def _filled(self) -> Iterator[tuple[int, Cells]]:
        return ((number, cells) for number, cells in self._all() if number >= self._first)

    def _all(self) -> Iterator[tuple[int, Cells]]:
        """Numbered rows that have at least one cell filled."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl's remarks on styles it does not know
                book = load_workbook(self._file.path, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    if self._sheet and sheet.title != self._sheet:
                        continue
                    for number, cells in _numbered(sheet, values_only=True):
                        if any(cell is not None and cell != "" for cell in cells):
                            self._sheet = sheet.title
                            yield number, cells
                    if self._sheet:
                        return
            finally:
                book.close()
        except (*DAMAGED, InvalidFileException, ParseError, KeyError, ValueError, OSError) as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable(f"Le classeur « {self._file.path.name} » est abîmé ou coupé.") from error

    def _refuse_entities(self) -> None:
        """No spreadsheet writes a document type; the only use of one here is to make the reader swell."""
        try:
            with zipfile.ZipFile(self._file.path) as archive:
                for name in archive.namelist():
                    if name.endswith(".xml"):
                        with archive.open(name) as stream:
                            if b"<!DOCTYPE" in stream.read(4096):
                                raise Unreadable(
                                    f"Le classeur « {self._file.path.name} » n’est pas lisible sans risque."
                                )
        except DAMAGED as error:
            raise Unreadable(f"Le classeur « {self._file.path.name} » est abîmé ou coupé.") from error


def rows_as_typed(path: Path) -> Iterator[tuple[int, Cells]]:
    """Numbered rows that have something, cell by cell, formulas as they were typed. `open_table` took the file."""
    book = load_workbook(path, read_only=True)
    try:
        for sheet in book.worksheets:
            is_empty = True
            for number, cells in _numbered(sheet, values_only=False):
                if any(cell.value not in (None, "") for cell in cells):
                    is_empty = False
                    yield number, cells
            if not is_empty:
                return
    finally:
        book.close()


def _numbered(sheet: Any, *, values_only: bool) -> Iterator[tuple[int, Cells]]:
    """Rows as long as what they hold, whatever size the sheet gives itself: a format on a whole column tells
    1,048,576 rows, on a whole row 16,384 columns.
    """
    sheet.reset_dimensions()
    return enumerate(sheet.iter_rows(values_only=values_only), start=1)


def _without_blank_end(header: tuple[str, ...]) -> tuple[str, ...]:
    width = max((place for place, title in enumerate(header, start=1) if title), default=0)
    return header[:width]


def _text(value: Any) -> str:
    """A cell as it would be written in a CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)
