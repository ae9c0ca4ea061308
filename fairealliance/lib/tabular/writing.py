"""Tables as files: CSV, and workbooks written fast: rows of text and numbers, a bold first row, nothing else. Read back
by `open_table`.

Ten of a general library's objects per cell are what makes large tables slow; here a cell is a string, and a text told
a thousand times stands once in the file (ECMA-376, part 1, § 18.4.8, shared strings).

ValueError, not a file that no spreadsheet opens: a number that is not finite, a title that sheets cannot have, more
rows or columns than they hold. Longer texts are cut, signs that XML lacks are left out. No dates: tell them as texts.
"""

import csv
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

from fairealliance.lib.tabular.formulas import inert

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROWS, _COLUMNS = 1_048_576, 16_384
_TITLE = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
_LONGEST = 32_767  # characters in a cell, above which spreadsheets call a file broken
_LIKE_A_NUMBER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLAIN, _BOLD, _WRAPPED = 0, 1, 2
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Semicolons, decimal commas and the mark of UTF-8: a French spreadsheet opens it as it is, and runs none of it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def csv_file(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The same, to be downloaded as `name`.csv."""
    response = HttpResponse(csv_text(rows), CSV)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return inert(cell) if isinstance(cell, str) else str(cell)


@dataclass(frozen=True)
class Sheet:
    """`rows`, the first one bold; None is an empty cell. `widths` by column, in characters; `frozen`, the first cell
    that moves when one scrolls (`C2`). The title has at most 31 characters, none of `[]:*?/\\`."""

    title: str
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    frozen: str = ""
    wrapped: bool = False


class _Strings:
    """Each text once, and its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def xml(self) -> str:
        told = "".join(f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in self.numbers)
        return f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(self.numbers)}">{told}</sst>'


def _escaped(text: str) -> str:
    """A return is written as its number, else readers take it for a line's end; so is what looks like a number."""
    plain = _LIKE_A_NUMBER.sub("_x005F_", _NOT_XML.sub("", text)[:_LONGEST])
    return escape(plain, {"\r": "&#13;"})


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file. Rows are read once; texts are written as texts, whatever they look like. ValueError: see above."""
    _check_titles([sheet.title for sheet in sheets])
    out, strings = io.BytesIO(), _Strings()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for number, sheet in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(sheet, strings))
        archive.writestr("xl/sharedStrings.xml", strings.xml())
        archive.writestr("xl/styles.xml", _STYLES)
        for name, xml in _frame([sheet.title for sheet in sheets]):
            archive.writestr(name, xml)
    return out.getvalue()


def _check_titles(titles: Sequence[str]) -> None:
    """Two sheets whose titles differ by case only are the same for spreadsheets."""
    for title in titles:
        if not _TITLE.fullmatch(title) or _NOT_XML.search(title):
            raise ValueError(f"no sheet can have this title: {title!r}")
    if len({title.casefold() for title in titles}) < len(titles):
        raise ValueError(f"two sheets have one title: {', '.join(titles)}")


def _sheet(sheet: Sheet, strings: _Strings) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(sheet.widths, start=1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{_pane(sheet.frozen)}'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{''.join(_rows(sheet, strings))}</sheetData>"
        "</worksheet>"
    )


def _rows(sheet: Sheet, strings: _Strings) -> Iterator[str]:
    letters: list[str] = []
    body = _WRAPPED if sheet.wrapped else _PLAIN
    for number, row in enumerate(sheet.rows, start=1):
        if number > _ROWS or len(row) > _COLUMNS:
            raise ValueError(f"more than a sheet holds: row {number} of {len(row)} cells")
        letters += [_letter(place) for place in range(len(letters), len(row))]
        style = body if number > 1 else _BOLD
        mark = f'{number}" s="{style}"' if style else f'{number}"'
        cells = [
            f'<c r="{letter}{mark} t="s"><v>{strings.number(value)}</v></c>'
            if isinstance(value, str)
            else f'<c r="{letter}{mark}><v>{_number(value)}</v></c>'
            for letter, value in zip(letters, row, strict=False)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _number(value: int | float) -> str:
    """True is one; what comes from an array is told as a plain number."""
    if not math.isfinite(value):
        raise ValueError(f"no cell can hold {value}")
    return repr(float(value)) if isinstance(value, float) else str(int(value))


def _letter(place: int) -> str:
    """0 → A, 26 → AA."""
    ahead, last = divmod(place, 26)
    return (_letter(ahead - 1) if ahead else "") + chr(ord("A") + last)


def _place(letters: str) -> int:
    """A → 0, AA → 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _pane(frozen: str) -> str:
    if not frozen:
        return ""
    found = _CELL.fullmatch(frozen)
    if found is None or frozen == "A1":
        raise ValueError(f"nothing stays in place before {frozen!r}")
    across, down = _place(found[1]), int(found[2]) - 1
    sides = "".join(f' {name}Split="{size}"' for name, size in (("x", across), ("y", down)) if size)
    corner = {(True, True): "bottomRight", (True, False): "topRight"}.get((across > 0, down > 0), "bottomLeft")
    pane = f'<pane{sides} topLeftCell="{frozen}" activePane="{corner}" state="frozen"/>'
    return f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'


def _frame(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that say which other parts there are."""
    numbered = list(enumerate(titles, start=1))
    sheets = "".join(f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>' for n, title in numbered)
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    parts = [(f"worksheets/sheet{n}.xml", "worksheet") for n, _title in numbered]
    parts += [("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings")]
    yield "xl/_rels/workbook.xml.rels", _relations(parts)
    yield "_rels/.rels", _relations([("xl/workbook.xml", "officeDocument")])
    kinds = {f"/xl/{name}": kind for name, kind in parts} | {"/xl/workbook.xml": "sheet.main"}
    told = "".join(f'<Override PartName="{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds.items())
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{told}</Types>',
    )


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(parts, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
