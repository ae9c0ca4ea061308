"""What a workbook says that a table cannot hold: merged cells, formulas never worked out."""

import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

from openpyxl import load_workbook

from fairealliance.lib.tabular.errors import Unreadable

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def refuse_what_is_no_table(path: Path, sheet: str) -> None:
    """Raises Unreadable, naming the cells, so that whoever made the workbook finds them."""
    merged, blank = _odd_cells(path, sheet)
    name = path.name
    if merged:
        raise Unreadable(
            f"« {name} », feuille « {sheet} » : des cellules sont fusionnées ({', '.join(merged[:3])}"
            f"{'…' if len(merged) > 3 else ''}). Séparez-les, puis enregistrez : chaque case doit avoir sa valeur."
        )
    if blank:
        raise Unreadable(
            f"« {name} », feuille « {sheet} » : la case {blank[0]} contient une formule dont le résultat n’est pas "
            "enregistré. Ouvrez le classeur dans un tableur, enregistrez-le, ou collez les valeurs seules."
        )


def _odd_cells(path: Path, sheet: str) -> tuple[list[str], list[str]]:
    """Ranges merged, and cells with a formula and no value."""
    merged: list[str] = []
    blank: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_member(path, sheet)) as stream:
            for _event, node in iterparse(stream):  # noqa: S314 -- entities were refused before
                if node.tag == f"{_NS}mergeCell":
                    merged.append(str(node.get("ref", "")))
                elif node.tag == f"{_NS}c":
                    if node.find(f"{_NS}f") is not None and not _has_value(node):
                        blank.append(str(node.get("r", "")))
                    node.clear()
    except (ParseError, KeyError, zipfile.BadZipFile):
        return [], []  # read already, and found good enough
    return merged, blank


def _has_value(cell: Any) -> bool:
    value = cell.find(f"{_NS}v")
    return value is not None and bool(value.text)


def _member(path: Path, sheet: str) -> str:
    book = load_workbook(path, read_only=True)
    try:
        return str(book[sheet]._worksheet_path).lstrip("/")  # type: ignore[attr-defined]
    finally:
        book.close()
