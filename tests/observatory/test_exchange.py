"""Files of surveys: what goes out comes back, what is wrong is told by its line, nothing is half-written."""

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.tabular import Unreadable
from fairealliance.observatory.enums import State
from fairealliance.observatory.exchange.exporting import as_csv, as_workbook
from fairealliance.observatory.exchange.importing import Report, import_surveys
from fairealliance.observatory.exchange.layout import NAMES
from fairealliance.observatory.models import Question, Result, Series, Study
from fairealliance.observatory.reading import series_data
from fairealliance.observatory.wave import SeriesData
from fairealliance.provenance.models import Source
from tests.factories import TerritoryFactory

ROW = {
    "titre": "Baromètre des alliances",
    "debut": "novembre 2025",
    "echantillon": "1 002",
    "acteur_etude": "citoyens",
    "sujet": "L’utilité des alliances",
    "formulation": "Les alliances sont-elles utiles ?",
    "theme": "conviction",
    "reponse": "Utiles",
    "acteur": "citoyens",
    "part": "81",
    "source_nom": "Rapport du baromètre",
    "source": "rapport-barometre",
}


def _file(path: Path, *rows: dict[str, str], columns: Iterable[str] = NAMES) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(columns), delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _import(tmp_path: Path, *rows: dict[str, str], **options: Any) -> Report:
    return import_surveys(by=SYSTEM, path=_file(tmp_path / "enquete.csv", *rows), **options)


def _said(report: Report) -> str:
    return "\n".join(f"{problem.where}: {problem.message}" for problem in report.errors)


def _forget() -> None:
    Series.objects.all().delete()
    Study.objects.all().delete()
    Source.objects.all().delete()


@pytest.mark.usefixtures("loaded")
def test_what_is_exported_imports_back_to_the_same_csv(tmp_path: Path) -> None:
    before = as_csv(Study.objects.whole().order_by("slug"))
    path = tmp_path / "tout.csv"
    path.write_text(before, encoding="utf-8", newline="")
    series = _all_series()
    assert any(point.breaks for each in series for point in each.points)
    _forget()
    report = import_surveys(by=SYSTEM, path=path)
    assert not report.errors
    assert report.count("created") == Study.objects.count() > 10
    assert as_csv(Study.objects.whole().order_by("slug")) == before
    assert _all_series() == series


def _all_series() -> list[SeriesData]:
    return [series_data(series) for series in Series.objects.whole().order_by("slug")]


@pytest.mark.usefixtures("loaded")
def test_what_is_exported_imports_back_to_the_same_workbook(tmp_path: Path) -> None:
    studies = Study.objects.whole().order_by("slug")
    before, path, series = as_csv(studies), tmp_path / "tout.xlsx", _all_series()
    path.write_bytes(as_workbook(studies))
    _forget()
    assert not import_surveys(by=SYSTEM, path=path).errors
    assert as_csv(Study.objects.whole().order_by("slug")) == before
    assert _all_series() == series


@pytest.mark.usefixtures("loaded")
def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "tout.csv"
    path.write_text(as_csv(Study.objects.whole().order_by("slug")), encoding="utf-8", newline="")
    report = import_surveys(by=SYSTEM, path=path)
    assert report.count("unchanged") == Study.objects.count()
    assert {line.outcome for line in report.series} == {"unchanged"}
    assert set(Study.objects.values_list("version", flat=True)) == {1}


@pytest.mark.django_db
def test_a_wave_is_written_with_words_read_as_people_write_them(tmp_path: Path) -> None:
    report = _import(tmp_path, ROW, ROW | {"reponse": "Inutiles", "part": "12,5 %"})
    assert not report.errors
    study = Study.objects.get()
    assert (study.slug, study.started, study.sample_size) == ("barometre-des-alliances", "2025-11", 1002)
    assert list(Result.objects.values_list("code", "share")) == [("utiles", Decimal(81)), ("inutiles", Decimal("12.5"))]


@pytest.mark.django_db
def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    report = _import(tmp_path, ROW, dry_run=True)
    assert report.count("created") == 1
    assert not Study.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_one_wrong_line_and_nothing_of_the_file_is_kept(tmp_path: Path) -> None:
    report = _import(tmp_path, ROW, ROW | {"titre": "Autre", "part": "180"})
    assert "ligne 3" in _said(report)
    assert not Study.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"part": "101"}, "va de 0 à 100"),
        ({"part": "-3"}, "va de 0 à 100"),
        ({"part": "11", "unite": "/10"}, "va de 0 à 10"),
        ({"part": "beaucoup"}, "n’est pas un nombre"),
        ({"part": "NaN"}, "n’est pas un nombre"),
        ({"acteur": "martiens"}, "Connus : citoyens, elus"),
        ({"theme": "cuisine"}, "n’est pas un thème"),
        ({"unite": "kg"}, "n’est pas une unité"),
        ({"signe": "!"}, "n’est pas un signe"),
        ({"territoire": "region:99"}, "n’est pas un territoire connu"),
        ({"debut": "13/2020"}, "n’est pas une date"),
        ({"fin": "2024"}, "se termine (2024) avant de commencer"),
        ({"effectif": "0"}, "au moins une personne"),
        ({"effectif": "12,5"}, "nombre entier"),
        ({"echantillon": "-4"}, "au moins une personne"),
        ({"marge": "-1"}, "La marge d’erreur"),
        ({"source": "", "source_nom": ""}, "n’a pas de source"),
        ({"source": "inconnue", "source_nom": ""}, "donnez son nom"),
        ({"dont": "rien"}, "n’existe pas"),
        ({"rapport": "javascript:alert(1)"}, "n’est pas une adresse"),
        ({"etude": "À voir !"}, "ne convient pas"),
        ({"plusieurs_reponses": "peut-être"}, "écrivez oui ou non"),
        ({"titre": ""}, "remplissez « etude » ou « titre »"),
        ({"titre": "x" * 251}, "trop long"),
    ],
)
def test_what_is_wrong_is_said_of_its_line(tmp_path: Path, wrong: dict[str, str], words: str) -> None:
    report = _import(tmp_path, ROW | wrong)
    assert words in _said(report)
    assert not Study.objects.exists()


@pytest.mark.django_db
def test_shares_that_do_not_add_up_are_refused_unless_several_answers_were_possible(tmp_path: Path) -> None:
    rows = [ROW, ROW | {"reponse": "Inutiles", "part": "40"}]
    assert "font 121 %, plus que 100 %" in _said(_import(tmp_path, *rows))
    many = [row | {"plusieurs_reponses": "oui"} for row in rows]
    assert not _import(tmp_path, *many).errors


@pytest.mark.django_db
def test_rounding_is_no_mistake_and_parts_stay_within_their_whole(tmp_path: Path) -> None:
    rounded = [ROW | {"part": "50,5"}, ROW | {"reponse": "Inutiles", "part": "50,5"}]
    assert not _import(tmp_path, *rounded, dry_run=True).errors
    part = [ROW, ROW | {"reponse": "dont fort", "dont": "utiles", "part": "90"}]
    assert "plus que 81 %" in _said(_import(tmp_path, *part))


@pytest.mark.django_db
def test_a_wave_twice_is_refused(tmp_path: Path) -> None:
    assert "deux fois par la même source" in _said(_import(tmp_path, ROW, ROW))
    assert not _import(tmp_path, ROW).errors
    again = _import(tmp_path, ROW | {"etude": "sous-un-autre-code"})
    assert "Cette vague est déjà là" in _said(again)
    assert Study.objects.count() == 1


@pytest.mark.django_db
def test_two_lines_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    report = _import(tmp_path, ROW, ROW | {"reponse": "Inutiles", "part": "10", "echantillon": "900"})
    assert "ligne 3: « echantillon » n’est pas le même qu’à la ligne 2." in _said(report)


@pytest.mark.django_db
def test_a_file_completes_a_study_and_never_empties_it(tmp_path: Path) -> None:
    _import(tmp_path, ROW | {"institut": "OpinionWay"})
    report = _import(tmp_path, ROW | {"institut": "", "reponse": "Inutiles", "part": "10"})
    assert report.count("updated") == 1
    assert Study.objects.get().institute == "OpinionWay"
    assert set(Result.objects.values_list("code", flat=True)) == {"utiles", "inutiles"}
    assert Question.objects.get().topic == "conviction"


def _workbook(path: Path, rows: list[list[Any]], change: Any = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [list(ROW), *rows]:
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


@pytest.mark.django_db
def test_merged_cells_and_formulas_are_refused_by_their_place(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A2:A3")

    def compute(sheet: Any) -> None:
        sheet["J2"] = "=40+41"

    values = list(ROW.values())
    other = list((ROW | {"reponse": "Inutiles", "part": "10"}).values())
    merged = _workbook(tmp_path / "a.xlsx", [values, other], merge)
    with pytest.raises(Unreadable, match=r"fusionnées \(A2:A3\)"):
        import_surveys(by=SYSTEM, path=merged)
    computed = _workbook(tmp_path / "b.xlsx", [values], compute)
    with pytest.raises(Unreadable, match="J2 contient une formule"):
        import_surveys(by=SYSTEM, path=computed)
    # As a spreadsheet saves it, with its last result beside it.
    saved = import_surveys(by=SYSTEM, path=_with_result(computed, tmp_path / "c.xlsx"))
    assert "ligne 2: La case J2 contient une formule" in _said(saved)
    assert not Study.objects.exists()


def _with_result(path: Path, to: Path) -> Path:
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(to, "w") as after:
        for name in before.namelist():
            raw = before.read(name).replace(b"<f>40+41</f><v />", b"<f>40+41</f><v>81</v>")
            after.writestr(name, raw.replace(b"<f>40+41</f><v></v>", b"<f>40+41</f><v>81</v>"))
    return to


@pytest.mark.django_db
def test_a_cell_shown_as_percent_is_read_as_it_is_shown(tmp_path: Path) -> None:
    def percent(sheet: Any) -> None:
        sheet["J2"] = 0.81
        sheet["J2"].number_format = "0%"

    report = import_surveys(by=SYSTEM, path=_workbook(tmp_path / "a.xlsx", [list(ROW.values())], percent))
    assert not report.errors
    assert Result.objects.get().share == 81


@pytest.mark.django_db
def test_unknown_columns_are_told_and_missing_ones_refused(tmp_path: Path) -> None:
    columns = [name for name in NAMES if name != "programme"] + ["programe"]
    report = import_surveys(by=SYSTEM, path=_file(tmp_path / "a.csv", ROW, columns=columns))
    assert "Vouliez-vous dire « programme »" in report.remarks[0].message
    short = _file(tmp_path / "b.csv", ROW, columns=[name for name in NAMES if name != "part"])
    with pytest.raises(Unreadable, match="Il manque des colonnes : part"):
        import_surveys(by=SYSTEM, path=short)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"%PDF-1.4"])
def test_a_file_of_another_nature_is_refused_in_french(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "photo.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        import_surveys(by=SYSTEM, path=path)


@pytest.mark.django_db
def test_what_looks_like_a_formula_is_made_inert_and_comes_back_whole(tmp_path: Path) -> None:
    assert not _import(tmp_path, ROW | {"dit": "=HYPERLINK(1)"}).errors
    told = as_csv(Study.objects.whole())
    assert "'=HYPERLINK(1)" in told
    path = tmp_path / "retour.csv"
    path.write_text(told, encoding="utf-8", newline="")
    assert import_surveys(by=SYSTEM, path=path).count("unchanged") == 1
    sheet = load_workbook(io.BytesIO(as_workbook(Study.objects.whole())))["résultats"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.django_db
def test_the_command_tells_in_json_and_ends_with_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path / "a.csv", ROW | {"part": "180"})
    with pytest.raises(SystemExit) as stopped:
        call_command("observatory_import", str(path), "--json")
    assert stopped.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert told["written"] is False
    assert told["errors"][0]["where"] == "ligne 2"


@pytest.mark.django_db
def test_a_draft_comes_back_a_draft_and_a_new_study_is_one(tmp_path: Path) -> None:
    rows = [ROW | {"titre": title, "etude": slug, "etat": state} for title, slug, state in _STATES]
    assert not _import(tmp_path, *rows).errors
    expected = {"tue": State.DRAFT, "dite": State.PUBLISHED, "vide": State.DRAFT}
    assert dict(Study.objects.values_list("slug", "state")) == expected
    path = tmp_path / "retour.csv"
    path.write_text(as_csv(Study.objects.whole()), encoding="utf-8", newline="")
    assert import_surveys(by=SYSTEM, path=path).count("unchanged") == 3
    _forget()
    assert import_surveys(by=SYSTEM, path=path).count("created") == 3
    assert dict(Study.objects.values_list("slug", "state")) == expected
    _import(tmp_path, *(row | {"etat": ""} for row in rows))
    assert dict(Study.objects.values_list("slug", "state")) == expected
    assert "n’est pas un état" in _said(_import(tmp_path, ROW | {"etat": "secret"}))


_STATES = [("Enquête tue", "tue", "brouillon"), ("Enquête dite", "dite", "Publiée"), ("Enquête vide", "vide", "")]


@pytest.mark.django_db
def test_several_answers_can_be_said_and_unsaid(tmp_path: Path) -> None:
    for said, expected in (("oui", True), ("", True), ("non", False), ("", False)):
        assert not _import(tmp_path, ROW | {"plusieurs_reponses": said}).errors
        assert Question.objects.get().multiple is expected


SERIES = ROW | {"serie": "utilite", "serie_titre": "L’utilité, d’année en année", "vague": "1"}
LATER = ROW | {"titre": "Baromètre, un an après", "debut": "novembre 2026", "part": "84", "serie": "utilite"}
BROKEN = {"rupture": "formulation, méthode", "rupture_mots": "on demande autre chose, autrement"}


def _points() -> list[tuple[str, tuple[str, ...], str]]:
    (series,) = _all_series()
    return [(point.study, point.breaks, point.words) for point in series.points]


@pytest.mark.django_db
def test_a_series_is_told_on_the_lines_of_its_figures(tmp_path: Path) -> None:
    report = _import(tmp_path, SERIES, LATER | BROKEN)
    assert not report.errors
    assert [(line.outcome, line.waves) for line in report.series] == [("created", 2)]
    (series,) = _all_series()
    assert (series.slug, series.title, series.topic) == ("utilite", "L’utilité, d’année en année", "other")
    broken = ("barometre-un-an-apres", ("wording", "method"), "on demande autre chose, autrement")
    assert _points() == [("barometre-des-alliances", (), ""), broken]


@pytest.mark.django_db
def test_a_series_is_completed_and_never_cut(tmp_path: Path) -> None:
    _import(tmp_path, SERIES | {"serie_note": "À lire avec soin"})
    report = _import(tmp_path, LATER | BROKEN)
    assert [line.outcome for line in report.series] == ["updated"]
    assert [study for study, _breaks, _words in _points()] == ["barometre-des-alliances", "barometre-un-an-apres"]
    assert _import(tmp_path, LATER).series[0].outcome == "unchanged"  # unsaid breaks stay
    assert _all_series()[0].note == "À lire avec soin"
    _import(tmp_path, LATER | {"vague": "0"})
    assert [study for study, _breaks, _words in _points()] == ["barometre-un-an-apres", "barometre-des-alliances"]


@pytest.mark.django_db
def test_one_answer_may_be_a_wave_of_two_series(tmp_path: Path) -> None:
    bare = {"etude": "barometre-des-alliances", "question": "l-utilite-des-alliances", "reponse_code": "utiles"}
    other = dict.fromkeys(ROW, "") | bare | {"serie": "autre", "serie_titre": "Une autre"}
    assert not _import(tmp_path, SERIES, other).errors
    assert Series.objects.filter(points__code="utiles").count() == 2
    path = tmp_path / "retour.csv"
    path.write_text(as_csv(Study.objects.whole()), encoding="utf-8", newline="")
    _forget()
    assert import_surveys(by=SYSTEM, path=path).count("created") == 1
    assert Series.objects.filter(points__code="utiles").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"serie_titre": ""}, "Il manque le titre"),
        ({"serie": "À voir !"}, "lettres sans accent"),
        ({"serie_titre": "x" * 251}, "trop long"),
        ({"serie_theme": "cuisine"}, "n’est pas un thème"),
        ({"serie_rang": "40000"}, "Le rang d’une série"),
        ({"vague": "1,5"}, "nombre entier"),
        ({"rupture": "météo", "rupture_mots": "x"}, "n’est pas une rupture"),
        ({"rupture": "base"}, "Dites en quelques mots"),
        ({"territoire": "region:53"}, "pas de tel chiffre pour toute la France"),
    ],
)
def test_what_is_wrong_with_a_series_is_said_of_its_line(tmp_path: Path, wrong: dict[str, str], words: str) -> None:
    TerritoryFactory(level="region", code="53", name="Bretagne")
    report = _import(tmp_path, SERIES | wrong)
    assert words in _said(report)
    assert "ligne 2" in _said(report)
    assert not Study.objects.exists()


@pytest.mark.django_db
def test_two_lines_that_contradict_each_other_on_a_series_are_told(tmp_path: Path) -> None:
    report = _import(tmp_path, SERIES, LATER | {"serie_titre": "Un autre titre"})
    assert "« serie_titre » n’est pas le même qu’à la ligne 2" in _said(report)


@pytest.mark.usefixtures("loaded")
def test_a_study_alone_tells_its_own_waves_only() -> None:
    study = Study.objects.whole().get(slug="phare-citoyens")
    rows = list(csv.DictReader(io.StringIO(as_csv([study]).lstrip("\ufeff")), delimiter=";"))
    assert {row["etude"] for row in rows} == {"phare-citoyens"}
    assert "citoyens-et-partenariats" in {row["serie"] for row in rows}


@pytest.mark.django_db
def test_a_format_far_away_makes_no_cells(tmp_path: Path) -> None:
    def far(sheet: Any) -> None:
        sheet["XFD40"].number_format = "0.00"

    path = _workbook(tmp_path / "a.xlsx", [list(ROW.values())], far)
    tracemalloc.start()
    try:
        assert not import_surveys(by=SYSTEM, path=path).errors
        assert tracemalloc.get_traced_memory()[1] < 60 << 20, "655,000 cells were made"
    finally:
        tracemalloc.stop()


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["part", "effectif", "marge", "echantillon"])
def test_a_number_of_a_thousand_million_digits_is_refused_by_its_line(tmp_path: Path, column: str) -> None:
    report = _import(tmp_path, ROW | {column: "1e999999999"})
    assert "ligne 2" in _said(report)
    assert "n’est pas un nombre" in _said(report)
