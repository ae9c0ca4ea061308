"""The rows of a file, each with the line it stands on, and what is wrong with the file itself."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.tabular import Layout, Unreadable, bare, open_table, rows_as_typed
from fairealliance.lib.tabular.files import DataFile
from fairealliance.lib.text_fr import fold, without_controls
from fairealliance.observatory.checks import Problem
from fairealliance.observatory.exchange.layout import NAMES, NEEDED

MOST_ROWS = 50_000
LARGEST = 20 << 20


@dataclass(slots=True)
class Sheet:
    """Rows by column name, with their line; empty cells are ""."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def line(number: int) -> str:
    return _("ligne %d") % number


def read_sheet(path: Path) -> Sheet:
    """Raises Unreadable when the file as a whole is no use, or has merged cells. Formulas are problems, by line."""
    if path.stat().st_size > LARGEST:
        raise Unreadable(_("« %s » est trop lourd : 20 Mo au plus.") % path.name)
    table = open_table(path, Layout())
    if table.facts.rows > MOST_ROWS:
        raise Unreadable(_("« %(name)s » a plus de %(most)d lignes.") % {"name": path.name, "most": MOST_ROWS})
    columns, problems = _columns(table.header)
    sheet = Sheet(problems=problems)
    if DataFile.at(path).is_workbook:
        _read_workbook(path, columns, sheet)
        return sheet
    for batch in table.batches([columns.get(name, "") for name in NAMES], 1000):
        for odd in batch.misshapen:
            told = ngettext(
                "%(found)d case au lieu de %(expected)d.", "%(found)d cases au lieu de %(expected)d.", odd.found
            )
            words = told % {"found": odd.found, "expected": odd.expected}
            sheet.problems.append(Problem(line(odd.line), words))
        for number, cells in zip(batch.lines, zip(*batch.columns, strict=True), strict=True):
            _keep(sheet, number, dict(zip(NAMES, map(plain_text, cells), strict=True)))
    return sheet


def _columns(header: tuple[str, ...]) -> tuple[dict[str, str], list[Problem]]:
    """Our name → the file's. Titles may have capitals, accents and spaces."""
    found: dict[str, str] = {}
    problems = []
    for title in header:
        name = fold(title).strip().replace(" ", "_").replace("-", "_")
        if name in found:
            problems.append(Problem(line(1), _("La colonne « %s » est là deux fois.") % title))
        elif name in NAMES:
            found[name] = title
        elif title:
            problems.append(Problem(line(1), _unknown(title, name), False))
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise Unreadable(_("Il manque des colonnes : %s. Partez du modèle vide.") % ", ".join(missing))
    return found, problems


def _unknown(title: str, name: str) -> str:
    near = difflib.get_close_matches(name[:60], NAMES, 1)
    said = _("La colonne « %s » n’est pas du modèle : elle n’est pas lue.") % title[:60]
    return f"{said} {_('Vouliez-vous dire « %s » ?') % near[0]}" if near else said


def _keep(sheet: Sheet, number: int, row: dict[str, str]) -> None:
    if any(row.values()):
        sheet.rows.append((number, row))


def plain_text(cell: str) -> str:
    """Without the apostrophe that made a formula inert, nor what no database, feed or workbook holds."""
    return bare(without_controls(cell.replace("\r\n", "\n").replace("\r", "\n")).strip())


def _read_workbook(path: Path, columns: dict[str, str], sheet: Sheet) -> None:
    rows = rows_as_typed(path)
    _number, first = next(rows)
    titles = [" ".join(str(cell.value or "").split()) for cell in first]
    places = {name: titles.index(title) for name, title in columns.items()}
    for number, cells in rows:
        _keep(sheet, number, dict.fromkeys(NAMES, "") | dict(_cells(number, cells, places, sheet)))


def _cells(number: int, cells: tuple[Any, ...], places: dict[str, int], sheet: Sheet) -> Iterator[tuple[str, str]]:
    for name, place in places.items():
        if place >= len(cells):
            continue
        cell = cells[place]
        if cell.data_type == "f":
            words = _("La case %(cell)s contient une formule : collez sa valeur à la place.") % {
                "cell": cell.coordinate
            }
            sheet.problems.append(Problem(line(number), words))
        elif cell.data_type == "e":
            words = _("La case %(cell)s est en erreur (%(value)s).") % {"cell": cell.coordinate, "value": cell.value}
            sheet.problems.append(Problem(line(number), words))
        else:
            yield name, _text(cell)


def _text(cell: Any) -> str:
    """As it would be typed: a cell shown as 84 % holds 0.84."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            value = Decimal(str(value)) * 100
        return f"{Decimal(str(value)).normalize():f}"
    if hasattr(value, "date"):
        return str(value.date().isoformat())
    return plain_text(str(value))
