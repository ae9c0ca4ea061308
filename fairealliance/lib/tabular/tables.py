"""Tables that are given with their source: CSV for spreadsheets, JSON for programs, XLSX for both."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from fairealliance.lib.tabular import inert
from fairealliance.lib.tabular.writing import XLSX, Cell, Sheet, csv_file, workbook


def table_file(
    name: str, form: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], about: dict[str, Any]
) -> HttpResponse:
    """`form`: csv, json or xlsx. `about`: what the table is, in words; beside the rows in JSON, on a sheet of its own
    in XLSX. Neither a spreadsheet that opens it, nor one to which it is then saved, runs any of its texts.
    """
    if form == "json":
        held = {**about, "rows": [dict(zip(header, row, strict=True)) for row in rows]}
        return JsonResponse(held, json_dumps_params={"ensure_ascii": False})
    if form == "csv":
        return csv_file(name, chain([header], rows))
    response = _workbook(header, rows, about)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _workbook(header: Sequence[str], rows: Iterable[Sequence[Cell]], about: dict[str, Any]) -> HttpResponse:
    table = [[_inert(cell) for cell in row] for row in chain([header], rows)]
    notes = [(name, _inert(_told(told))) for name, told in about.items()]
    sheets = [Sheet(_("Données"), table, frozen="A2"), Sheet(_("À lire"), notes, widths=(24, 100), wrapped=True)]
    return HttpResponse(workbook(sheets), content_type=XLSX)


def _told(told: Any) -> Cell:
    return told if told is None or isinstance(told, str | int | float) else str(told)


def _inert(cell: Cell) -> Cell:
    return inert(cell) if isinstance(cell, str) else cell
