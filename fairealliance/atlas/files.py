"""Tables as files: CSV for spreadsheets, JSON for programs, XLSX for both. A figure never leaves without its source."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from fairealliance.lib.tabular import inert
from fairealliance.lib.tabular.writing import XLSX

FORMATS = ("csv", "json", "xlsx", "svg")
Cell = str | float | int | None


def table(
    name: str, form: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], about: dict[str, Any]
) -> HttpResponse:
    """`about`: what the table is, in words; beside the rows in JSON, on a sheet of its own in XLSX."""
    if form == "json":
        held = {**about, "rows": [dict(zip(header, row, strict=True)) for row in rows]}
        return JsonResponse(held, json_dumps_params={"ensure_ascii": False})
    response = _workbook(header, rows, about) if form == "xlsx" else _delimited(header, rows)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _delimited(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Semicolons, decimal commas and a BOM: a French spreadsheet opens it as it is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return inert(cell) if isinstance(cell, str) else str(cell)


def _workbook(header: Sequence[str], rows: Iterable[Sequence[Cell]], about: dict[str, Any]) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Données"))
    sheet.freeze_panes = "A2"
    sheet.append(_bold(sheet, header))
    for row in rows:
        sheet.append(list(row))
    notes = book.create_sheet(_("À lire"))
    for name, told in about.items():
        notes.append([name, told if isinstance(told, str | int | float) else "" if told is None else str(told)])
    stream = io.BytesIO()
    book.save(stream)
    return HttpResponse(stream.getvalue(), content_type=XLSX)


def _bold(sheet: Any, names: Sequence[str]) -> list[Any]:
    cells = [WriteOnlyCell(sheet, value=name) for name in names]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells
