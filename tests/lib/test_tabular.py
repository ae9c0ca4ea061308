"""Files as people send them."""

import csv
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fairealliance.lib.tabular import Layout, Unreadable, bare, inert, open_table, rows_as_typed

CSV, JSON = Layout(), Layout(format="json")
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def put(folder: Path, content: bytes | str, name: str = "f.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(path: Path, layout: Layout = CSV) -> list[tuple[str, ...]]:
    table = open_table(path, layout)
    return [row for batch in table.batches(table.header, 2) for row in zip(*batch.columns, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac-roman", "cp850", "utf-16"])
def test_french_letters_are_read_whatever_the_encoding(tmp_path, encoding):
    text = "commune;défi\nÉcully;élèves décrocheurs à l’école\nNîmes;où ça ? là-bas, forêt\n"
    if encoding == "cp850":
        text = text.replace("’", "'")
    path = put(tmp_path, text.encode(encoding))
    assert open_table(path, CSV).header == ("commune", "défi")
    assert rows_of(path)[0][1].startswith("élèves décrocheurs à l")


def test_a_stray_windows_byte_amid_utf8_is_mended_and_said(tmp_path):
    path = put(tmp_path, "nom;ville\nÉcole élémentaire;Orléans\n".encode() + b"Mus\xe9e;Nantes\n")
    table = open_table(path, CSV)
    assert rows_of(path)[1] == ("Musée", "Nantes")
    assert table.facts.encoding == "utf-8"
    assert "Windows-1252" in table.facts.notes[0]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_recognised(tmp_path, separator):
    path = put(tmp_path, separator.join(["a", "b", "c"]) + "\n" + separator.join(["1", "2", "3"]) + "\n")
    assert rows_of(path) == [("1", "2", "3")]


def test_excels_first_line_is_not_the_header(tmp_path):
    path = put(tmp_path, "sep=;\r\na;b,c\r\n1;2\r\n")
    table = open_table(path, CSV)
    assert table.header == ("a", "b,c")
    assert next(iter(table.batches(("a",), 10))).lines == [3]


def test_lines_are_those_of_the_file_even_after_breaks_in_cells(tmp_path):
    path = put(tmp_path, 'a,b\n1,"two\nlines"\n\n3,x\n4,y\n')
    table = open_table(path, CSV)
    lines = [line for batch in table.batches(("a",), 2) for line in batch.lines]
    assert lines == [2, 5, 6]
    assert rows_of(path)[0] == ("1", "two\nlines")


def test_a_row_of_another_width_is_set_aside_and_blank_extra_cells_are_cut(tmp_path):
    path = put(tmp_path, "a;b\n1;2;;\n3;4;5\n6\n7;8\n")
    (batch,) = open_table(path, CSV).batches(("a", "b"), 10)
    assert list(batch.columns[0]) == ["1", "7"]
    assert [(bad.line, bad.found, bad.expected) for bad in batch.misshapen] == [(3, 3, 2), (4, 1, 2)]


def test_a_column_not_in_the_file_is_blank(tmp_path):
    (batch,) = open_table(put(tmp_path, "a,b\n1,2\n"), CSV).batches(("b", ""), 10)
    assert [list(column) for column in batch.columns] == [["2"], [""]]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "est vide"),
        (b"\n\n", "ligne de titres"),
        (b"a;b\n", "que ses titres"),
        (b"%PDF-1.7 blah", "un PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "une image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien classeur"),
        (b"\x1f\x8b\x08\0", "GZIP"),
        (bytes(range(256)) * 8, "pas un fichier de texte"),
        (b"a;b;c\n1;2;3\n4;5", "semble coup"),
        (b'a;b;c\n1;2;3\n4;"5', "semble coup"),
        (b"PK\x03\x04 not really a zip", "abîmée ou coupée"),
        (b'a;b\n1;"' + b"x" * 200_000 + b"\n", "guillemet"),
    ],
)
def test_what_cannot_be_read_is_refused_in_french(tmp_path, content, why):
    with pytest.raises(Unreadable, match=why):
        open_table(put(tmp_path, content), CSV)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="est un dossier"):
        open_table(tmp_path, CSV)
    with pytest.raises(Unreadable, match="n’existe pas"):
        open_table(tmp_path / "nothing.csv", CSV)


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name.replace("__", "."), content)
    return path


def test_the_one_file_of_an_archive_is_read_as_if_it_were_outside(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("__MACOSX/._data.csv", b"junk")
        opened.writestr("data.csv", "a;b\n1;é\n")
    assert rows_of(path) == [("1", "é")]


def test_archives_that_are_not_one_file_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="contient 2 fichiers"):
        open_table(archive(tmp_path / "two.zip", a__csv=b"a\n1\n", b__csv=b"a\n1\n"), CSV)
    with pytest.raises(Unreadable, match="une autre archive"):
        open_table(archive(tmp_path / "nested.zip", a__zip=b"PK"), CSV)


def test_a_bomb_is_refused_before_it_goes_off(tmp_path):
    path = archive(tmp_path / "bomb.zip", a__csv=b"a;b\n" + b"0" * (80 << 20))
    assert path.stat().st_size < 200_000
    with pytest.raises(Unreadable, match="par prudence"):
        open_table(path, CSV)


def test_a_truncated_archive_is_refused(tmp_path):
    whole = archive(tmp_path / "whole.zip", a__csv=b"a;b\n" + b"1;2\n" * 1000).read_bytes()
    with pytest.raises(Unreadable, match="abîmée"):
        open_table(put(tmp_path, whole[: len(whole) // 2], "cut.zip"), CSV)
    damaged = bytearray(whole)
    damaged[45] ^= 0xFF
    with pytest.raises(Unreadable):
        open_table(put(tmp_path, bytes(damaged), "damaged.zip"), CSV)


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_workbook_reads_like_a_csv(tmp_path):
    path = workbook(tmp_path / "w.xlsx", [["code", "nom"], [1004, "Ambérieu"], [None, None], [2.5, True]])
    table = open_table(path, CSV)
    assert table.header == ("code", "nom")
    assert rows_of(path) == [("1004", "Ambérieu"), ("2.5", "oui")]
    assert [line for batch in table.batches(("code",), 5) for line in batch.lines] == [2, 4]


def test_a_truncated_or_booby_trapped_workbook_is_refused(tmp_path):
    whole = workbook(tmp_path / "w.xlsx", [["a"], [1]]).read_bytes()
    with pytest.raises(Unreadable):
        open_table(put(tmp_path, whole[:-400], "cut.xlsx"), CSV)
    trapped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(trapped, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + content if "sheet1" in name else content)
    with pytest.raises(Unreadable, match="sans risque"):
        open_table(put(tmp_path, trapped.getvalue(), "trap.xlsx"), CSV)


def test_json_records_become_columns_with_dotted_names(tmp_path):
    text = json.dumps({"type": "x", "n": [1], "features": [{"p": {"a": "é"}, "xy": [1.5, 2]}, {"p": {}, "xy": None}]})
    path = put(tmp_path, text, "f.geojson")
    table = open_table(path, Layout(format="json", records="features"))
    (batch,) = table.batches(("p.a", "xy.1"), 10)
    assert [list(column) for column in batch.columns] == [["é", ""], ["2", ""]]


def test_what_json_can_spell_and_no_database_takes_is_made_storable(tmp_path):
    path = put(tmp_path, r'[{"a": "x\u0000y\ud800z\ud83d\ude00"}]', "f.json")
    assert rows_of(path, JSON) == [("xy\ufffdz😀",)]


@pytest.mark.parametrize(
    "content", ["[", "[{}", '[{"a": 1},', '[{"a": 1}] trailing', '{"a": 1}', "[]", "not json", '[{"a": nul}]']
)
def test_broken_json_is_refused(tmp_path, content):
    with pytest.raises(Unreadable):
        open_table(put(tmp_path, content, "f.json"), JSON)


def test_json_cut_anywhere_is_refused(tmp_path):
    whole = json.dumps([{"a": i, "b": "é" * i} for i in range(8)], ensure_ascii=False).encode()
    for length in range(1, len(whole)):
        with pytest.raises(Unreadable):
            open_table(put(tmp_path, whole[:length], "f.json"), JSON)


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)


@relaxed
@given(rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8), separator=st.sampled_from(",;\t|"))
def test_whatever_a_csv_writer_writes_is_read_back(tmp_path, rows, separator):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([("un", "deux", "trois"), *rows])
    assert rows_of(put(tmp_path, buffer.getvalue())) == rows


@relaxed
@given(rows=st.lists(st.fixed_dictionaries({"a": cells, "b": cells}), min_size=1, max_size=8))
def test_whatever_json_writes_is_read_back(tmp_path, rows):
    path = put(tmp_path, json.dumps(rows, sort_keys=True), "f.json")
    assert rows_of(path, JSON) == [(row["a"], row["b"]) for row in rows]


@relaxed
@given(content=st.binary(max_size=400), layout=st.sampled_from([CSV, JSON]))
def test_any_bytes_give_a_table_or_a_french_refusal(tmp_path, content, layout):
    path = put(tmp_path, content)
    try:
        table = open_table(path, layout)
        read = sum(len(batch) + len(batch.misshapen) for batch in table.batches(table.header, 3))
    except Unreadable:
        return
    assert read == table.facts.rows


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "tuyau")
    with pytest.raises(Unreadable, match="fichier ordinaire"):
        open_table(tmp_path / "tuyau", CSV)


def test_a_device_is_refused():
    with pytest.raises(Unreadable, match="fichier ordinaire"):
        open_table(Path("/dev/zero"), CSV)


@pytest.mark.parametrize("text", ["[" * 200_000, '[{"a":' + "[" * 100_000 + "]" * 100_000 + "}]"])
def test_lists_without_end_inside_each_other_are_refused(tmp_path, text):
    with pytest.raises(Unreadable, match="JSON"):
        open_table(put(tmp_path, text), JSON)


@given(st.text())
def test_inert_comes_back_whole(text: str) -> None:
    assert bare(inert(text)) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-1+1", "'-1+1"),
        ("-5,2", "-5,2"),
        ("+33", "+33"),
        ("'a", "''a"),
        ("a=1", "a=1"),
    ],
)
def test_what_a_spreadsheet_would_run_is_made_text(text: str, cell: str) -> None:
    assert inert(text) == cell


def test_a_format_on_a_whole_row_or_column_makes_no_cells(tmp_path):
    """Such a workbook tells 1,048,576 rows of 16,384 cells: read as told, it held a processor for hours."""
    book = Workbook()
    book.active.append(["nom", "ville"])
    book.active.append(["Musée", "Nantes"])
    book.active["XFD1"].number_format = "0.00"
    book.active["A2000"].number_format = "0.00"
    book.save(tmp_path / "f.xlsx")
    assert open_table(tmp_path / "f.xlsx", CSV).header == ("nom", "ville")
    assert rows_of(tmp_path / "f.xlsx") == [("Musée", "Nantes")]
    assert [(number, len(cells)) for number, cells in rows_as_typed(tmp_path / "f.xlsx")] == [(1, 16384), (2, 2)]


def test_records_of_many_thousand_keys_are_refused(tmp_path):
    record = {f"c{number}": number for number in range(6_000)}
    with pytest.raises(Unreadable, match="6\u202f000 colonnes"):
        open_table(put(tmp_path, json.dumps([record]), "f.json"), JSON)


def test_a_table_of_a_million_columns_is_refused(tmp_path):
    many = ";".join(f"c{number}" for number in range(1_000_000))
    with pytest.raises(Unreadable, match="1\u202f000\u202f000 colonnes"):
        open_table(put(tmp_path, f"{many}\n{many}\n"), CSV)


@relaxed
@given(st.text(st.sampled_from('ab;," \t\n\r\u2028é\x00'), max_size=60))
def test_walking_line_by_line_is_walking_row_by_row(tmp_path: Path, content: str) -> None:
    table = open_table(put(tmp_path, "un;deux\n1;2\n", "known.csv"), CSV)
    put(tmp_path, f"un;deux\n{content}", "known.csv")
    header, *rows = csv.reader(io.StringIO(f"un;deux\n{content}", newline=""), delimiter=";")
    assert table._walk() == (header, len(rows) - rows.count([]), rows[-1] if rows else [])


def test_a_cell_too_long_for_the_reader_is_left_to_it(tmp_path: Path) -> None:
    path = put(tmp_path, f"un;deux\n1;{'x' * csv.field_size_limit()}\n1;2\n")
    assert open_table(path, CSV).facts.rows == 2
