"""Files as they come, good and bad, through the command."""

import gzip
import json
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.observatory.microdata_scene import Rows, invented, written

# What files of answers are made of, well or badly put together.
PIECES = (
    b"poids",
    b"Q1",
    b"g",
    b";",
    b",",
    b"\n",
    b"\r\n",
    b'"',
    b"1",
    b"2,5",
    b"-1",
    b"\xe9",
    b"\xef\xbb\xbf",
    b"a",
    b" ",
    b"",
)
PIECES += (b"poids;Q1;g\n", b"1;a;x\n", b"2;b;y\n", b"0;;\n", b"1e400", b"nan", b"sep=;\n", b"PAR1", b"PK\x03\x04")
SURE = ["--weight", "poids", "--question", "Q1"]


def told(path: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("survey_table", str(path), *arguments, stdout=out)
    return out.getvalue()


def data(path: Path, *arguments: str) -> dict[str, Any]:
    return json.loads(told(path, *arguments, "--json"))


def refused(path: Path, *arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        told(path, *arguments)
    return str(caught.value)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return written(tmp_path / "plain.csv", invented(300))


def test_cells_have_what_the_issue_names(plain: Path) -> None:
    made = data(plain, *SURE, "--by", "acteur,region")
    assert made["cells"]
    for cell in made["cells"]:
        assert {"share", "n", "effective_n", "low", "high", "suppressed"} <= cell.keys()
        assert set(cell["by"]) == {"acteur", "region"}
        if not cell["suppressed"]:
            assert cell["low"] <= cell["share"] <= cell["high"]
    assert {len(cell["by"]) for cell in made["totals"]} == {0, 1}


def test_who_did_not_answer_is_told_and_not_in_the_base(plain: Path) -> None:
    made = data(plain, *SURE)
    silent = sum(row["Q1"] == "" for row in invented(300))
    assert silent
    assert made["questions"][0]["missing"] == silent
    assert made["questions"][0]["answered"] == 300 - silent == made["cells"][0]["n"]
    assert sum(cell["share"] for cell in made["cells"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("separator", "encoding", "comma"),
    [
        (",", "utf-8", False),
        (";", "utf-8-sig", True),
        ("\t", "cp1252", True),
        (";", "utf-16", True),
        ("|", "utf-8", False),
    ],
)
def test_same_table_from_whatever_csv(tmp_path: Path, plain: Path, separator: str, encoding: str, comma: bool) -> None:
    rows: Rows = [{"é": "à", **row} for row in invented(300)]
    path = written(tmp_path / "autre.csv", rows, separator, encoding, comma)
    found = data(path, *SURE, "--by", "acteur")
    assert found["cells"] == data(plain, *SURE, "--by", "acteur")["cells"]


def test_same_table_from_parquet_and_workbook(tmp_path: Path, plain: Path) -> None:
    rows = invented(300)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["Q1"] = [
        float(code) if code else None for code in columns["Q1"]
    ]  # codes as a statistics package keeps them
    pq.write_table(pa.table(columns), tmp_path / "m.parquet")
    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(each.values()) for each in rows)]:
        book.active.append(row)
    book.save(tmp_path / "m.xlsx")
    expected = data(plain, *SURE, "--by", "acteur")["cells"]
    for name in ("m.parquet", "m.xlsx"):
        found = data(tmp_path / name, *SURE, "--by", "acteur")["cells"]
        assert [cell["share"] for cell in found] == pytest.approx([cell["share"] for cell in expected])


def test_a_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    rows = "".join(f'1,"verbatim\nlong, {place}",{place % 2}\n' for place in range(20))
    path.write_text(f"poids,mots,Q1\n{rows}")
    assert data(path, *SURE)["respondents"] == 20
    path.write_text(f"poids,mots,Q1\n{rows}-2,x,1\n")
    assert "ligne 42 : poids négatif (-2)" in refused(path, *SURE)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("-1", "ligne 5 : poids négatif (-1)"),
        ("", "ligne 5 : poids manquant"),
        ("NaN", "ligne 5 : « NaN » n’est pas un nombre"),
        ("inf", "ligne 5 : « inf » n’est pas un nombre"),
        ("abc", "ligne 5 : « abc » n’est pas un nombre"),
    ],
)
def test_bad_weight_is_refused_by_its_line(tmp_path: Path, raw: str, message: str) -> None:
    rows = invented(30)
    rows[3]["poids"] = raw
    assert message in refused(written(tmp_path / "m.csv", rows), *SURE)


def test_weights_in_french(tmp_path: Path) -> None:
    rows = invented(30)
    for row in rows:
        row["poids"] = "1 234,5"
    assert data(written(tmp_path / "m.csv", rows), *SURE)["cells"][0]["design_effect"] == pytest.approx(1)


def test_zero_weights_do_not_count_and_it_is_said(tmp_path: Path) -> None:
    rows = invented(60)
    for row in rows[:7]:
        row["poids"] = 0
    made = data(written(tmp_path / "m.csv", rows), *SURE)
    assert made["respondents"] == 53
    assert "7 répondants de poids nul" in made["notes"][0]


def test_all_weights_zero(tmp_path: Path) -> None:
    rows: Rows = [{**row, "poids": 0} for row in invented(30)]
    assert "sont nuls" in refused(written(tmp_path / "m.csv", rows), *SURE)


def test_nobody_answered(tmp_path: Path) -> None:
    rows: Rows = [{**row, "Q1": ""} for row in invented(30)]
    assert "Personne n’a répondu" in refused(written(tmp_path / "m.csv", rows), *SURE)


def test_one_respondent_is_all_secret(tmp_path: Path) -> None:
    path = written(tmp_path / "m.csv", invented(1))
    made = data(path, *SURE, "--by", "acteur")
    assert all(cell["suppressed"] and cell["n"] is None for cell in [*made["cells"], *made["totals"]])
    assert made["questions"][0]["answered"] is None
    shown = data(path, *SURE, "--threshold", "1")["cells"][0]
    assert shown["share"] == 1


def test_unknown_column_is_named_with_those_alike(plain: Path) -> None:
    assert "« Poid » n’existe pas" in refused(plain, "--weight", "Poid", "--question", "Q1")
    assert "poids" in refused(plain, "--weight", "Poid", "--question", "Q1")
    assert "« Q9 » n’existe pas" in refused(plain, "--weight", "poids", "--question", "Q9")
    assert "« ville » n’existe pas" in refused(plain, *SURE, "--by", "acteur,ville")


def test_what_is_missing_from_the_command_is_asked(plain: Path) -> None:
    assert "--question" in refused(plain, "--weight", "poids")
    assert "--weight" in refused(plain, "--question", "Q1")
    assert "--threshold" in refused(plain, *SURE, "--threshold", "0")
    assert "deux fois" in refused(plain, *SURE, "--by", "acteur,acteur")
    assert "deux usages" in refused(plain, "--weight", "poids", "--question", "poids")


def test_unknown_code_is_refused_by_its_line(tmp_path: Path, plain: Path) -> None:
    codebook = tmp_path / "dico.csv"
    codebook.write_text("colonne;role;code;libelle_code;manquant\nQ1;question;1;Oui;\nQ1;question;2;Non;\n")
    first = next(place for place, row in enumerate(invented(300)) if row["Q1"] == "3")
    message = refused(plain, *SURE, "--codebook", str(codebook))
    assert f"ligne {first + 2} : le code « 3 » n’est pas dans le dictionnaire" in message
    codebook.write_text(codebook.read_text() + "Q1;question;3;Ne sait pas;oui\n")
    made = data(plain, *SURE, "--codebook", str(codebook))
    assert [cell["label"] for cell in made["cells"]] == ["Oui", "Non"]
    assert data(plain, *SURE, "--missing", "3")["questions"][0]["missing"] == made["questions"][0]["missing"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "est vide"),
        (b"\x00\x01\x02\x03" * 100, "n’est pas un fichier de texte"),
        (b"%PDF-1.7 bla", "est un PDF"),
        (b"PAR1 and then nothing", "abîmé ou coupé"),
        (b"PK\x03\x04 and then nothing", "abîmée ou coupée"),
        (gzip.compress(b"poids;Q1\n1;2\n", mtime=0), "GZIP"),
        (b"poids;Q1\n", "aucun répondant"),
        (b"poids;Q1;Q1\n1;2;3\n", "plusieurs colonnes du même nom"),
        (b"poids;Q1;x\n1;2;3\n1;2\n", "ligne 3 : 2\u00a0cases au lieu de 3"),
        (b'poids;Q1;x\n1;2;"3\n1;2;3\n', "ligne 2 : un guillemet n’est pas fermé"),
        (b"\n\n\n", "pas de ligne de titres"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(content)
    assert message in refused(path, *SURE)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "n’existe pas" in refused(tmp_path / "absent.csv", *SURE)
    assert "dossier" in refused(tmp_path, *SURE)


def test_a_question_that_is_none(tmp_path: Path) -> None:
    rows: Rows = [{**row, "Q1": f"verbatim {place}"} for place, row in enumerate(invented(300))]
    assert "réponses fermées" in refused(written(tmp_path / "m.csv", rows), *SURE)


def test_too_many_groups(tmp_path: Path) -> None:
    rows: Rows = [{**row, "a": place % 60, "b": place % 61} for place, row in enumerate(invented(300))]
    assert "groupes" in refused(written(tmp_path / "m.csv", rows), *SURE, "--by", "a,b")


def test_a_stratum_with_one_unit_is_named(tmp_path: Path) -> None:
    rows = invented(60)
    rows[7]["strate"] = "seule"
    rows[7]["Q1"] = "1"
    assert "(seule)" in refused(written(tmp_path / "m.csv", rows), *SURE, "--strata", "strate")
    rows[7]["strate"] = ""
    assert "ligne 9" in refused(written(tmp_path / "m.csv", rows), *SURE, "--strata", "strate")


def test_group_not_known_is_a_group_of_its_own(tmp_path: Path) -> None:
    rows: Rows = [{**row, "acteur": "" if place % 4 == 0 else "maire"} for place, row in enumerate(invented(300))]
    made = data(written(tmp_path / "m.csv", rows), *SURE, "--by", "acteur")
    assert {cell["by"]["acteur"] for cell in made["cells"]} == {"maire", None}


def test_several_answers_in_one_cell_or_in_columns_are_the_same(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    rows: Rows = []
    for _place in range(200):
        chosen = {str(each) for each in rng.choice([1, 2, 3], rng.integers(0, 4), replace=False)}
        rows.append(
            {
                "poids": 1.5,
                "Q": ",".join(sorted(chosen)),
                **{f"Q_{n}": int(n in chosen) if chosen else "" for n in "123"},
            }
        )
    path = written(tmp_path / "m.csv", rows)
    codebook = tmp_path / "dico.csv"
    codebook.write_text(
        "colonne;role;libelle;code;libelle_code;multiple;question\n"
        "Q;question;;1;A;,;\nQ;question;;2;B;;\nQ;question;;3;C;;\n"
        + "".join(f"Q_{n};question;{label};1;;;QC\n" for n, label in zip("123", "ABC", strict=True))
    )
    one, many = (
        data(path, "--weight", "poids", "--question", name, "--codebook", str(codebook)) for name in ("Q", "QC")
    )
    keys = ("label", "share", "count", "n", "low", "high")
    assert [[cell[key] for key in keys] for cell in one["cells"]] == [
        [cell[key] for key in keys] for cell in many["cells"]
    ]
    assert one["questions"][0]["missing"] == many["questions"][0]["missing"] == sum(not row["Q"] for row in rows)
    assert one["questions"][0]["multiple"]


def test_plain_table_reads_in_french(plain: Path) -> None:
    text = told(plain, *SURE, "--by", "acteur,region")
    assert "hors base" in text
    assert "secret" in text
    assert "%" in text
    assert "None" not in text
    assert "nan" not in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x;y\n1;2\n", "colonne « colonne »"),
        ("colonne;role\nQ1;roi\n", "ligne 2 : le rôle « roi » n’existe pas"),
        ("colonne;code\nQ1;1\nQ1;1\n", "ligne 3 : le code « 1 »"),
        ("colonne;code;manquant\nQ1;1;peut-être\n", "ligne 2 : « manquant » vaut oui ou non"),
        ("colonne;code;multiple\nQ1;1;beaucoup\n", "« multiple » vaut"),
        ("colonne;code\n;1\n", "ligne 2 : la case « colonne » est vide"),
    ],
)
def test_bad_codebook_is_refused_by_its_line(tmp_path: Path, plain: Path, content: str, message: str) -> None:
    (tmp_path / "dico.csv").write_text(content)
    assert message in refused(plain, *SURE, "--codebook", str(tmp_path / "dico.csv"))


def test_inches_are_no_open_quote(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("poids;mots;Q1\n" + '1;écran 5" plat;1\n' * 7)
    assert data(path, *SURE)["respondents"] == 7


def test_one_respondent_without_any_group(tmp_path: Path) -> None:
    made = data(written(tmp_path / "m.csv", invented(1)), *SURE)
    assert [cell["suppressed"] for cell in made["cells"]] == [True]


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)))
def test_whatever_is_sent_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Never another error than a refusal in French."""
    path = tmp_path_factory.mktemp("any") / "m.csv"
    path.write_bytes(content)
    with suppress(CommandError):
        told(path, *SURE, "--by", "g")


def test_a_column_of_lists_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"poids": [1.0, 2.0], "Q1": [["a"], ["b"]]}), tmp_path / "m.parquet")
    assert "« Q1 »" in refused(tmp_path / "m.parquet", *SURE)
    pq.write_table(pa.table({"poids": [[1.0], [2.0]], "Q1": ["a", "b"]}), tmp_path / "m.parquet")
    assert "n’est pas un nombre" in refused(tmp_path / "m.parquet", *SURE)


def test_codes_with_an_exponent_are_codes(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("poids;Q1\n" + "1;1²\n1;2\n1;²\n" * 9, encoding="utf-8")
    assert [cell["answer"] for cell in data(path, *SURE)["cells"]] == ["1²", "2", "²"]


@pytest.mark.parametrize("title", ["x" * 200_000, ";".join(f"c{number}" for number in range(60_000))])
def test_titles_beyond_measure_are_refused_in_words(tmp_path: Path, title: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f"poids;Q1;{title}\n1;a;\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"ligne de titres|colonnes"):
        told(path, *SURE)


@pytest.mark.parametrize("unit", ["e308", "e-200"])
def test_weights_beyond_numbers_tell_the_same_shares(tmp_path: Path, unit: str) -> None:
    made = []
    for name, scale in (("a.csv", ""), ("b.csv", unit)):
        path = tmp_path / name
        path.write_text("poids;Q1\n" + f"1{scale};a\n0.5{scale};b\n" * 12, encoding="utf-8")
        made.append([(cell["share"], cell["low"], cell["effective_n"]) for cell in data(path, *SURE)["cells"]])
    assert made[1] == [pytest.approx(each) for each in made[0]]


def test_a_parquet_of_more_rows_than_people_is_refused(tmp_path: Path) -> None:
    whole = pa.table(
        {"poids": pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int8()), ["1"]), "Q1": ["a"] * 1_000_000}
    )
    with pq.ParquetWriter(tmp_path / "m.parquet", whole.schema) as writer:
        for _time in range(21):
            writer.write_table(whole)
    with pytest.raises(CommandError, match="répondants"):
        told(tmp_path / "m.parquet", *SURE)
