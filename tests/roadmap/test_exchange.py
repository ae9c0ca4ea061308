"""What is exported imports back to the same state; what cannot be is refused, with its line, and nothing written."""

import io
import json
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.tabular import Unreadable
from fairealliance.roadmap.actions import measures, publishing
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.exchange import cells, export, reading
from fairealliance.roadmap.exchange.layout import Line
from fairealliance.roadmap.exchange.load import load_file
from fairealliance.roadmap.models import Measure, MeasureReport, Programme
from tests.factories import OrganisationFactory, PracticeFactory, SourceFactory, TerritoryFactory

HEAD = "ligne;numero;mesure;titre;dimension;debut;date;version;texte;motif;resultat"
START = (
    f"{HEAD}\nprogramme;reseau;;Un réseau;;2022-01-01;;;;;\ndimension;1;;Première;;;;;;;\nmesure;1;;Une mesure;1;;;;;;"
)


def table(tmp_path: Path, *lines: str, start: str = START) -> Path:
    path = tmp_path / "reseau.csv"
    path.write_text("\n".join([start, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def full(roadmap: Programme) -> Programme:
    """The starter roadmap with everything a roadmap may hold: corrections, readings, links, another wording."""
    measure = roadmap.measures.get(number=2)
    source = SourceFactory(slug="essai")
    measures.save_facilitator(
        by=SYSTEM, measure=measure, name="Une ville", organisation=OrganisationFactory(siren="210602239"),
        since=date(2020, 6, 1),
    )  # fmt: skip
    measures.save_indicator(
        by=SYSTEM, measure=measure, code="cas", label="=Cas recensés", unit="cas", baseline=Decimal("-1.5"),
        baseline_on=date(2020, 5, 7), target=Decimal(500),
    )  # fmt: skip
    measures.link(by=SYSTEM, measure=measure, kind="territory", key=TerritoryFactory(code="42218").pk)
    practice = PracticeFactory(source=source, source_key="p-1")
    measures.link(by=SYSTEM, measure=measure, kind="practice", key=practice.pk)
    measures.save_measure(
        by=SYSTEM,
        programme=roadmap,
        number=2,
        since=date(2021, 1, 1),
        reason="Précisée.",
        objective="Rapprocher.\n\nVite.",
    )
    for reason, text in (("", '- premier\n- second ; "entre guillemets"'), ("Une ligne manquait.", "'Corrigé'")):
        publishing.publish_measure_report(
            by=SYSTEM, measure=measure, dated_on=date(2021, 5, 7), text=text, result="met", reason=reason,
            issued_on=date(2021, 6, 1) if reason else date(2021, 5, 10), readings={"cas": Decimal("120.25")},
        )  # fmt: skip
    return roadmap


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_imports_back_to_the_same_state(full: Programme, tmp_path: Path, kind: str) -> None:
    told = list(export.lines(full))
    path = tmp_path / f"copie.{kind}"
    path.write_bytes(export.to_csv(full) if kind == "csv" else export.to_xlsx(full))
    _rename(path, full.slug, "copie")
    loaded = load_file(by=SYSTEM, path=path)
    assert loaded.rejected == []
    copy = Programme.objects.get(slug="copie")
    assert [
        {**line, "numero": full.slug} if line["ligne"] == "programme" else line for line in export.lines(copy)
    ] == told
    assert copy.measures.get(number=2).reports.count() == 2
    again = load_file(by=SYSTEM, path=path)
    assert (again.created, again.updated, again.rejected) == (0, 0, [])
    assert again.unchanged == len(told)


def _rename(path: Path, old: str, new: str) -> None:
    if path.suffix == ".csv":
        path.write_bytes(path.read_bytes().replace(f";{old};".encode(), f";{new};".encode(), 1))
        return
    book = load_workbook(path)
    assert book.active["B2"].value == old
    book.active["B2"].value = new
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    book.save(path)


def test_export_stops_at_a_day(full: Programme) -> None:
    kinds = [line["ligne"] for line in export.lines(full, date(2021, 5, 20))]
    assert kinds.count("bilan") == 2, "the correction came in June"
    assert "declaration" not in kinds


def test_no_spreadsheet_runs_what_it_reads(full: Programme) -> None:
    assert ";'=Cas recensés;" in export.to_csv(full).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(export.to_xlsx(full)))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


@pytest.mark.django_db
def test_a_network_makes_its_own_roadmap(tmp_path: Path, capsys) -> None:
    path = table(tmp_path, "bilan;;1;;;;2023-01-01;;Fait.;;atteint")
    call_command("roadmap", "import", str(path), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "programme": "reseau", "created": 4, "updated": 0, "unchanged": 0, "rejected": [], "dry_run": False,
    }  # fmt: skip
    call_command("roadmap", "import", str(path), "--json")
    assert json.loads(capsys.readouterr().out)["unchanged"] == 4


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    call_command("roadmap", "import", str(table(tmp_path)), "--dry-run", stdout=io.StringIO())
    assert not Programme.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bilan;;1;;;;2021-01-01;;Trop tôt.;;", "avant le début de la mesure"),
        ("bilan;;9;;;;2023-01-01;;Fait.;;", "la mesure 9 n’existe pas"),
        ("bilan;;1;;;;2023-01-01;;Fait.;;superbe", "n’est pas un résultat"),
        ("bilan;;1;;;;hier;;Fait.;;", "n’est pas une date"),
        ("bilan;;1;;;;2023-01-01;2;Fait.;Un motif.;", "sans celles d’avant"),
        ("bilan;;1;;;;2023-01-01;;;;", "il manque : texte"),
        ("mesure;2;;Autre;7;;;;;;", "la dimension 7 n’existe pas"),
        ("mesure;1;;Encore;1;;;;;;", "répète la ligne 4"),
        ("mesure;x;;Autre;1;;;;;;", "n’est pas un nombre entier"),
        ("dimension;2;;Autre;1;;;;;;", "n’a pas de : dimension"),
        ("chose;1;;;;;;;;;", "n’est pas une sorte de ligne"),
        ("programme;autre;;Un autre;;2022-01-01;;;;;", "un seul programme"),
        ("mesure;2;;Autre;1;2020-01-01;;;;;", "commence avant son programme"),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, line: str, message: str) -> None:
    loaded = load_file(by=SYSTEM, path=table(tmp_path, line))
    assert [each.line for each in loaded.rejected] == [5]
    assert message in loaded.rejected[0].message
    assert not Programme.objects.exists(), "nothing half written"


@pytest.mark.django_db
def test_a_report_twice_in_a_file_is_refused(tmp_path: Path) -> None:
    line = "bilan;;1;;;;2023-01-01;;Fait.;;"
    loaded = load_file(by=SYSTEM, path=table(tmp_path, line, line.replace("Fait", "Autre")))
    assert [(each.line, each.message[:18]) for each in loaded.rejected] == [(6, "répète la ligne 5 ")]


def test_a_published_report_told_otherwise_is_refused(measure: Measure, tmp_path: Path) -> None:
    publishing.publish_measure_report(by=SYSTEM, measure=measure, dated_on=date(2023, 1, 1), text="Fait.")
    path = tmp_path / "petit.csv"
    path.write_bytes(export.to_csv(measure.programme).replace(b"Fait.", b"Pas fait."))
    loaded = load_file(by=SYSTEM, path=path)
    assert "déjà publié autrement" in loaded.rejected[0].message
    assert MeasureReport.objects.get().text == "Fait."


def _workbook(tmp_path: Path) -> tuple[Workbook, Path]:
    book = Workbook()
    for row in START.splitlines():
        book.active.append(row.split(";"))
    return book, tmp_path / "reseau.xlsx"


@pytest.mark.django_db
def test_merged_cells_are_refused(tmp_path: Path) -> None:
    book, path = _workbook(tmp_path)
    book.active.merge_cells("D3:E3")
    book.save(path)
    with pytest.raises(Unreadable, match=r"fusionnées \(D3:E3\)"):
        load_file(by=SYSTEM, path=path)
    assert not Programme.objects.exists()


@pytest.mark.django_db
def test_a_formula_is_refused(tmp_path: Path) -> None:
    book, path = _workbook(tmp_path)
    book.active["I4"] = "=1+1"
    book.save(path)
    with pytest.raises(Unreadable, match="formule"):
        load_file(by=SYSTEM, path=path)
    assert not Programme.objects.exists()


@pytest.mark.django_db
def test_a_formula_whose_value_is_known_is_refused_too(tmp_path: Path) -> None:
    """As a spreadsheet saves it: the formula and its value. `hidden` looks at the sheet itself."""
    book, path = _workbook(tmp_path)
    book.active["I4"] = "=1+1"
    book.save(path)
    assert [(each.line, "formule" in each.message) for each in reading._hidden(path)] == [(4, True)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "message"),
    [("a;b\n1;2\n", "colonne « ligne »"), ("ligne;zut\nprogramme;1\n", "colonne inconnue"), ("", "vide")],
)
def test_a_file_that_is_no_roadmap_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text(text)
    with pytest.raises(Unreadable, match=message):
        load_file(by=SYSTEM, path=path)
    with pytest.raises(CommandError, match=message):
        call_command("roadmap", "import", str(path))


@pytest.mark.django_db
def test_the_command_says_which_lines_and_fails(tmp_path: Path, capsys) -> None:
    path = table(tmp_path, "bilan;;1;;;;2021-01-01;;Trop tôt.;;")
    with pytest.raises(CommandError, match="1\u00a0ligne"):
        call_command("roadmap", "import", str(path))
    assert "ligne 5 :" in capsys.readouterr().err


def test_readings_of_a_file_go_with_their_report(measure: Measure, tmp_path: Path) -> None:
    measures.save_indicator(by=SYSTEM, measure=measure, code="cas", label="Cas")
    publishing.publish_measure_report(
        by=SYSTEM, measure=measure, dated_on=date(2023, 1, 1), text="Fait.", readings={"cas": Decimal(12)}
    )
    content = export.to_csv(measure.programme).replace(b";petit;", b";autre;")
    path = tmp_path / "autre.csv"
    path.write_bytes(content)
    assert load_file(by=SYSTEM, path=path).rejected == []
    copy = Programme.objects.get(slug="autre").measures.get(number=1)
    assert copy.reports.get().readings.get().value == 12
    path.write_bytes(content.replace(b";autre;", b";tiers;").replace(b"indicateur;cas;", b"indicateur;zut;"))
    [wrong] = load_file(by=SYSTEM, path=path).rejected
    assert "n’a pas d’indicateur « cas »" in wrong.message
    assert not Programme.objects.filter(slug="tiers").exists()


def test_a_report_of_a_file_is_public_from_the_day_its_source_tells(tmp_path: Path, db: None) -> None:
    told = START.replace("resultat", "resultat;date_version").replace(";;;;;\n", ";;;;;;\n") + ";"
    lines = ["bilan;;1;;;;2023-01-01;;Fait.;;;2023-02-01", "bilan;;1;;;;2024-01-01;;Encore.;;;"]
    assert load_file(by=SYSTEM, path=table(tmp_path, *lines, start=told)).rejected == []
    first, second = MeasureReport.objects.all()
    assert first.issued_on == date(2023, 2, 1)
    assert second.issued_on == timezone.localdate(), "it tells none: the day it came"


@pytest.mark.django_db
def test_a_format_far_away_makes_no_cells(tmp_path: Path) -> None:
    book, path = _workbook(tmp_path)
    book.active["XFD40"].number_format = "0.00"
    book.save(path)
    tracemalloc.start()
    try:
        assert load_file(by=SYSTEM, path=path).rejected == []
        assert tracemalloc.get_traced_memory()[1] < 60 << 20, "655,000 cells were made"
    finally:
        tracemalloc.stop()


@pytest.mark.django_db
def test_a_text_that_no_cell_holds_is_refused(tmp_path: Path) -> None:
    """A workbook cuts it without a word: its export would not come back."""
    loaded = load_file(by=SYSTEM, path=table(tmp_path, f"bilan;;1;;;;2022-06-01;;{'x' * 32_768};;atteint"))
    assert "dépasse" in loaded.rejected[0].message


@pytest.mark.parametrize("found", ["http://[abc", "https:", "javascript:alert(1)", "//exemple.fr"])
def test_an_address_that_is_none_is_refused_in_words(found: str) -> None:
    with pytest.raises(Refused, match="n’est pas une adresse"):
        cells.address(Line(1, {"adresse": found}))
