"""Our own template as a workbook: the columns of a mapping, ready to fill, and how to fill them."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fairealliance.federation.mapping import Field, Mapping, kinds

TEMPLATE_SLUG = "gabarit"
_WIDTH = 28


def template_kinds() -> list[str]:
    """Kinds of file that are our own template."""
    return [kind for kind, mapping in kinds().items() if mapping.source["slug"] == TEMPLATE_SLUG]


def write(mapping: Mapping, path: Path) -> None:
    """A sheet with the titles, and one that says what goes under each. Overwrites `path`."""
    book = Workbook()
    sheet, help_sheet = book.active, book.create_sheet("Mode d’emploi")
    assert isinstance(sheet, Worksheet)
    sheet.title = mapping.kind
    help_sheet.append(["colonne", "obligatoire", "ce qu’on y écrit"])
    for field in mapping.fields:
        for column in field.columns:
            help_sheet.append([column, "oui" if field.required else "", _help(field)])
    sheet.append([column for field in mapping.fields for column in field.columns])
    for number, title in enumerate(sheet[1], start=1):
        title.font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = _WIDTH
        # Text, so that a spreadsheet keeps the zeros of 01004 and of telephone numbers.
        dimension.number_format = "@"
    sheet.freeze_panes = "B2"
    for title in help_sheet[1]:
        title.font = Font(bold=True)
    for letter, width in (("A", _WIDTH), ("B", 14), ("C", 110)):
        help_sheet.column_dimensions[letter].width = width
        for cell in help_sheet[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.save(path)


def _help(field: Field) -> str:
    return str(field.options.get("help", ""))
