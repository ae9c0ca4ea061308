"""Workbooks written fast are read by others as they were meant."""

import io
import zipfile

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

from fairealliance.lib.tabular.writing import Sheet, workbook

ROWS = [
    ("nom", "part", "note"),
    ("Étoile & <fils>", 81, None),
    (" deux\nlignes ", 7.25, "=1+1"),
    ("a\r\nb", 0, "_x0041_"),
    ("Étoile & <fils>",),
]


def test_what_is_written_is_read_back_as_it_was() -> None:
    book = load_workbook(io.BytesIO(workbook([Sheet("un & deux", ROWS, widths=[24], frozen="C2"), Sheet("rien", [])])))
    assert book.sheetnames == ["un & deux", "rien"]
    sheet = book["un & deux"]
    found = list(sheet.values)
    assert found[:4] == ROWS[:4]
    assert found[4] == ("Étoile & <fils>", None, None)
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width) == ("C2", 24)
    assert [cell.font.b for cell in sheet[1]] == [True, True, True]
    assert not sheet["A2"].font.b


def test_what_looks_like_a_formula_is_a_text() -> None:
    sheet = load_workbook(io.BytesIO(workbook([Sheet("un", ROWS)])))["un"]
    assert sheet["C3"].data_type == "s"


def test_what_no_file_holds_is_left_out_and_the_file_stays_whole() -> None:
    odd = "a\x00b\x0b\ud800c\uffff" + "x" * 40_000
    sheet = load_workbook(io.BytesIO(workbook([Sheet("un", [("titre",), (odd,)])])))["un"]
    assert sheet["A2"].value == "abc" + "x" * (32_767 - 3)


def test_columns_go_beyond_the_alphabet_and_every_part_is_well_formed() -> None:
    content = workbook([Sheet("un", [tuple(range(800))])])
    sheet = load_workbook(io.BytesIO(content))["un"]
    assert (sheet["AA1"].value, sheet["ZZ1"].value, sheet["AAA1"].value) == (26, 701, 702)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            fromstring(archive.read(name))
