"""A file as lines. What a spreadsheet hides behind a formula is refused, with the number of its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import counted
from fairealliance.lib.tabular import Layout, Unreadable, bare, open_table, rows_as_typed
from fairealliance.lib.text_fr import fold, without_controls
from fairealliance.roadmap.exchange.layout import COLUMNS, KINDS, Line

LARGEST = 10 << 20
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that cannot be, and why."""

    line: int
    message: str


def read(path: Path) -> tuple[list[Line], list[Reject]]:
    """The lines of the file, and those that are no lines. Raises Unreadable when it is no such table at all."""
    if path.is_file() and path.stat().st_size > LARGEST:
        raise Unreadable(_("« %s » est trop grand pour une feuille de route.") % path.name)
    table = open_table(path, Layout())
    header = [_column(name) for name in table.header]
    _check_header(path, header)
    if table.facts.rows > MOST_LINES:
        raise Unreadable(_("« %s » a trop de lignes pour une feuille de route.") % path.name)
    is_workbook = table.facts.encoding == "XLSX"
    rejects = list(_hidden(path)) if is_workbook else []
    lines: list[Line] = []
    for batch in table.batches(table.header, MOST_LINES):
        rejects += [
            Reject(row.line, _("la ligne a %(found)s, il en faut %(expected)d")
                   % {"found": counted(row.found, _("cellule"), _("cellules")), "expected": row.expected})
            for row in batch.misshapen
        ]  # fmt: skip
        for number, cells in zip(batch.lines, zip(*batch.columns, strict=True), strict=True):
            kept = {
                column: text for column, cell in zip(header, cells, strict=True) if (text := _clean(cell, is_workbook))
            }
            if kept:
                lines.append(Line(number, kept))
    refused = {each.line for each in rejects}
    rejects += [reject for line in lines if line.number not in refused for reject in _misfilled(line)]
    refused = {each.line for each in rejects}
    return [line for line in lines if line.number not in refused], rejects


def _column(name: str) -> str:
    return fold(name).strip().replace(" ", "_").replace("’", "_").replace("'", "_")


def _check_header(path: Path, header: list[str]) -> None:
    if "ligne" not in header:
        told = _("« %s » n’a pas de colonne « ligne » : partez de l’export d’une feuille de route.")
        raise Unreadable(told % path.name)
    if unknown := [name for name in header if name and name not in COLUMNS]:
        raise Unreadable(
            _("« %(file)s » a une colonne inconnue : « %(name)s ».") % {"file": path.name, "name": unknown[0]}
        )
    if twice := [name for name in header if name and header.count(name) > 1]:
        raise Unreadable(_("« %(file)s » a deux fois la colonne « %(name)s ».") % {"file": path.name, "name": twice[0]})


def _clean(cell: str, is_workbook: bool) -> str:
    text = without_controls(cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if is_workbook else bare(text)


def _hidden(path: Path) -> Iterator[Reject]:
    """Formulas of the sheet that is read, the first with something in it: even one whose value is known."""
    for number, cells in rows_as_typed(path):
        if found := next((cell for cell in cells if cell.data_type == "f"), None):
            told = _("la cellule %s contient une formule : collez-en la valeur")
            yield Reject(number, told % found.coordinate)


def _misfilled(line: Line) -> Iterator[Reject]:
    """Its kind is unknown, a cell it needs is empty, or one says nothing for its kind."""
    kind = line["ligne"].lower()
    if kind not in KINDS:
        yield Reject(line.number, _("« %s » n’est pas une sorte de ligne") % line["ligne"][:60])
        return
    needed, allowed = KINDS[kind]
    filled = set(line.cells) - {"ligne"}
    if missing := sorted(needed - filled):
        yield Reject(line.number, _("il manque : %s") % ", ".join(missing))
    if extra := sorted(filled - needed - allowed):
        told = _("une ligne « %(kind)s » n’a pas de : %(columns)s")
        yield Reject(line.number, told % {"kind": kind, "columns": ", ".join(extra)})
