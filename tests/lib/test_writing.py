"""Workbooks written fast are read by others as they were meant."""

import io
import zipfile

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from fairealliance.lib.tabular.tables import table_file
from fairealliance.lib.tabular.writing import Sheet, csv_file, csv_text, workbook

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


def test_csv_opens_in_a_french_spreadsheet_and_runs_nothing() -> None:
    text = csv_text([("nom", "part"), ("=1+1", 0.5), ("-3,5", None), ("a;b", 12)])
    assert text == '\ufeffnom;part\r\n\'=1+1;0,5\r\n-3,5;\r\n"a;b";12\r\n'
    answer = csv_file("part", [("nom",)])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="part.csv"'


@pytest.mark.parametrize("frozen", ["A2", "C1", "Z2", "AA2", "AB12", "ZZ3"])
def test_any_cell_can_be_the_first_that_moves(frozen: str) -> None:
    sheet = load_workbook(io.BytesIO(workbook([Sheet("un", ROWS, frozen=frozen)])))["un"]
    found = coordinate_from_string(frozen)
    assert sheet.freeze_panes == frozen
    assert (sheet.sheet_view.pane.xSplit or 0) == column_index_from_string(found[0]) - 1
    assert (sheet.sheet_view.pane.ySplit or 0) == found[1] - 1


@pytest.mark.parametrize("frozen", ["A1", "A0", "2", "B", "é2", "c2"])
def test_a_cell_that_is_none_is_refused(frozen: str) -> None:
    with pytest.raises(ValueError, match="nothing stays in place"):
        workbook([Sheet("un", ROWS, frozen=frozen)])


@pytest.mark.parametrize("title", ["", "x" * 32, "a/b", "a[1]", "pour ?", "c:", "\\", "*", "'a", "a'", "a\x00"])
def test_a_title_that_no_sheet_can_have_is_refused(title: str) -> None:
    with pytest.raises(ValueError, match="this title"):
        workbook([Sheet(title, ROWS)])


def test_two_sheets_do_not_share_a_title() -> None:
    with pytest.raises(ValueError, match="two sheets"):
        workbook([Sheet("À lire", []), Sheet("à LIRE", [])])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), np.float64("nan")])
def test_what_is_not_a_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no cell can hold"):
        workbook([Sheet("un", [("part",), (value,)])])


def test_numbers_of_arrays_are_plain_numbers() -> None:
    row = (np.float64(1.5), np.int64(3), True, 10**20, 1e-7)
    sheet = load_workbook(io.BytesIO(workbook([Sheet("un", [("a",), row])])))["un"]
    assert [cell.value for cell in sheet[2]] == [1.5, 3, 1, 10**20, 1e-7]


def test_more_columns_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="more than a sheet holds"):
        workbook([Sheet("un", [(1,) * 16_385])])


def test_no_text_of_a_table_with_its_source_becomes_a_formula() -> None:
    """Neither in its header, nor where it says what it is: a workbook is at times saved as a CSV."""
    given = table_file("t", "xlsx", ("nom", "+part"), [("=1+1", -2), ("-3", None)], {"source": "@cmd"})
    data, about = load_workbook(io.BytesIO(given.content))
    assert [[cell.value for cell in row] for row in data] == [["nom", "'+part"], ["'=1+1", -2], ["-3", None]]
    assert [cell.value for cell in about[1]] == ["source", "'@cmd"]
    assert given["Content-Disposition"] == 'attachment; filename="t.xlsx"'
