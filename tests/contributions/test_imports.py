"""Imports at the desk: a file given, its columns matched, tried, imported; bad files refused in words."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from fairealliance.accounts.models import User
from fairealliance.federation import uploads
from fairealliance.federation.mapping import kinds
from fairealliance.federation.models import ImportRun, Upload
from fairealliance.federation.proposing import words_of
from fairealliance.federation.tasks import import_upload
from fairealliance.federation.template_file import template_kinds
from fairealliance.federation.upload_run import FILES_KEPT, folder, forget_files
from fairealliance.practices.models import Practice
from tests.pages import read

pytestmark = pytest.mark.django_db

HEADER = ["identifiant", "titre", "defi", "action", "territoires", "odd"]
ROWS = [[f"cas-{n}", f"Un titre {n}", "Un défi", "Une action", "commune:42218", "4 | 17"] for n in range(3)]


def csv_of(header: list[str], rows: list[list[str]], name: str = "cas.csv") -> SimpleUploadedFile:
    text = "\n".join(";".join(cells) for cells in [header, *rows])
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def xlsx_of(change) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.active
    for cells in [HEADER, *ROWS]:
        sheet.append(cells)
    change(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("cas.xlsx", kept.getvalue())


@pytest.fixture
def desk(editor: User, commune) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"staff_imports:{name}", args=args)


def give(desk: Client, file: SimpleUploadedFile, kind: str = "pratiques"):
    return desk.post(url("give"), {"kind": kind, "file": file})


def test_outsiders_do_not_import(client: Client, outsider: User) -> None:
    client.force_login(outsider)
    assert client.get(url("index")).status_code == 403
    assert client.post(url("give")).status_code == 403


def test_a_file_is_tried_then_imported(desk: Client) -> None:
    assert give(desk, csv_of(HEADER, [*ROWS, ["", "Sans clé", "x", "y", "commune:42218", ""]])).status_code == 302
    upload = Upload.objects.get()
    page = read(desk, url("detail", upload.pk))
    assert "Un titre 0" in page.words
    desk.post(url("columns", upload.pk), {"do": "essayer"})
    assert Practice.objects.count() == 0
    assert ImportRun.objects.count() == 0
    page = read(desk, url("detail", upload.pk))
    assert "Nouvelles fiches 3" in page.words
    assert "Lignes rejetées 1" in page.words
    assert "la case est vide" in page.words
    report = b"".join(desk.get(url("report", upload.pk)).streaming_content).decode("utf-8-sig")
    assert "5;rejetée;identifiant" in report
    desk.post(url("start", upload.pk))
    assert Practice.objects.count() == 3
    assert "C’est importé" in read(desk, url("detail", upload.pk)).words
    assert ImportRun.objects.get().status == "done"
    page = read(desk, url("index"))
    assert "3 nouvelles fiches" in page.words


def test_columns_named_otherwise_are_chosen(desk: Client) -> None:
    header = ["identifiant", "intitulé du cas", "defi", "action", "territoires", "odd"]
    give(desk, csv_of(header, ROWS))
    upload = Upload.objects.get()
    assert "Il manque des colonnes nécessaires" in read(desk, url("detail", upload.pk)).words
    desk.post(url("columns", upload.pk), {"do": "essayer"})
    upload.refresh_from_db()
    assert upload.status == "failed"
    assert "titre" in upload.message
    assert "fichier.csv" not in upload.message
    desk.post(url("columns", upload.pk), {"do": "essayer", "colonne:titre": "intitulé du cas", "colonne:odd": ""})
    desk.post(url("start", upload.pk))
    assert sorted(Practice.objects.values_list("title", flat=True)) == ["Un titre 0", "Un titre 1", "Un titre 2"]
    assert Practice.objects.first().goals == []  # the column was left aside on purpose


def test_columns_that_mean_the_same_are_proposed_in_words(desk: Client) -> None:
    header = ["Référence", "L’intitulé", "Le défi", "Actions menées", "Année", "Les partenaires", "Couleur"]
    give(desk, csv_of(header, [["a", "Un titre", "Un défi", "Une action", "2022", "", "bleu"]]))
    upload = Upload.objects.get()
    look = uploads.look(upload)
    chosen = {choice.name: choice.chosen for choice in look.choices if choice.chosen}
    assert chosen == {
        "identifiant": "Référence",
        "titre": "L’intitulé",
        "defi": "Le défi",
        "action": "Actions menées",
        "annee_debut": "Année",
        "partenaires": "Les partenaires",
    }
    assert look.unused == ["Couleur"]
    assert "Année de début annee_debut" in read(desk, url("detail", upload.pk)).words
    # What the editor took away is not proposed again.
    uploads.choose_columns(by=upload.by_user, upload=upload, columns={"annee_debut": ""})
    upload.refresh_from_db()
    assert {choice.name: choice.chosen for choice in uploads.look(upload).choices}["annee_debut"] == ""


def test_every_column_of_our_templates_has_its_words() -> None:
    for kind in template_kinds():
        assert [name for name in kinds()[kind].columns if not words_of(name)] == []


def test_nothing_is_imported_that_was_not_tried(desk: Client) -> None:
    give(desk, csv_of(HEADER, ROWS))
    upload = Upload.objects.get()
    answer = desk.post(url("start", upload.pk), follow=True)
    assert "Essayez d’abord ce fichier" in answer.content.decode()
    assert Practice.objects.count() == 0


def test_asked_twice_it_is_imported_once(desk: Client) -> None:
    give(desk, csv_of(HEADER, ROWS))
    upload = Upload.objects.get()
    desk.post(url("columns", upload.pk), {"do": "essayer"})
    for _ in range(2):
        desk.post(url("start", upload.pk))
    assert ImportRun.objects.count() == 1


def test_cut_short_it_begins_again_and_ends_the_same(desk: Client) -> None:
    """What the worker does with a task whose worker was killed: the same call again."""
    give(desk, csv_of(HEADER, ROWS))
    upload = Upload.objects.get()
    desk.post(url("columns", upload.pk), {"do": "essayer"})
    desk.post(url("start", upload.pk))
    Upload.objects.update(status="running", did={})
    ImportRun.objects.update(status="running")
    import_upload.call(upload.pk, False)
    upload.refresh_from_db()
    assert (upload.status, upload.did["unchanged"]) == ("done", 3)
    assert Practice.objects.count() == 3
    assert ImportRun.objects.filter(status="failed", message="interrompu").count() == 1


def test_while_it_runs_the_page_says_how_far(desk: Client) -> None:
    give(desk, csv_of(HEADER, ROWS))
    upload = Upload.objects.get()
    Upload.objects.update(status="running", done_rows=200, total_rows=500)
    page = read(desk, url("detail", upload.pk))
    assert "200 lignes sur 500" in page.words
    assert 'value="40"' in page.raw
    assert "HX-Refresh" not in desk.get(url("progress", upload.pk)).headers
    Upload.objects.update(status="done")
    assert desk.get(url("progress", upload.pk)).headers["HX-Refresh"] == "true"


def test_five_hundred_cases(desk: Client) -> None:
    rows = [[f"cas-{n}", f"Titre {n}", "Un défi", "Une action", "commune:42218", "4"] for n in range(500)]
    give(desk, csv_of(HEADER, rows))
    upload = Upload.objects.get()
    desk.post(url("columns", upload.pk), {"do": "essayer"})
    desk.post(url("start", upload.pk))
    assert Practice.objects.count() == 500


BAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "cas.csv", "vide"),
    "binary": (bytes(range(256)) * 40, "cas.csv", ""),
    "pdf": (b"%PDF-1.7 quelque chose", "cas.csv", "un PDF"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + b"0" * 600, "cas.xls", "ancien classeur"),
    "truncated workbook": (b"PK\x03\x04" + b"0" * 600, "cas.xlsx", "abîmé"),
    "titles only": (";".join(HEADER).encode(), "cas.csv", "ne contient que ses titres"),
    "cut": ((";".join(HEADER) + "\n" + "cas;titre;").encode(), "cas.csv", "coupé"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_words_and_not_kept(name: str, desk: Client) -> None:
    content, file_name, said = BAD[name]
    answer = give(desk, SimpleUploadedFile(file_name, content))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "fichier.csv" not in page
    assert "fichier.xlsx" not in page
    assert Upload.objects.count() == 0
    assert not any(Path(folder()).glob("*"))


def test_merged_cells_are_named(desk: Client) -> None:
    answer = give(desk, xlsx_of(lambda sheet: sheet.merge_cells("C2:C3")))
    assert answer.status_code == 422
    assert "cellules sont fusionnées (C2:C3)" in answer.content.decode()


def test_a_formula_never_worked_out_is_named(desk: Client) -> None:
    def formula(sheet) -> None:
        sheet["B3"] = '="Un" & " titre"'

    answer = give(desk, xlsx_of(formula))
    assert answer.status_code == 422
    assert "la case B3 contient une formule" in answer.content.decode()


def test_the_same_workbook_without_them_is_taken(desk: Client) -> None:
    """Control of the two above."""
    assert give(desk, xlsx_of(lambda sheet: None)).status_code == 302


def test_too_large_is_said(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 10)
    answer = give(desk, csv_of(HEADER, ROWS))
    assert answer.status_code == 422
    assert "60 Mo" in answer.content.decode()


def test_the_template_is_given_and_read_back(desk: Client) -> None:
    book = load_workbook(io.BytesIO(desk.get(url("template", "pratiques")).content))
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    sheet.append([dict(zip(HEADER, ROWS[0], strict=True)).get(title, "") for title in titles])
    kept = io.BytesIO()
    book.save(kept)
    assert give(desk, SimpleUploadedFile("rempli.xlsx", kept.getvalue())).status_code == 302
    upload = Upload.objects.get()
    desk.post(url("columns", upload.pk), {"do": "essayer"})
    upload.refresh_from_db()
    assert upload.would["created"] == 1
    assert desk.get(url("template", "inconnu")).status_code == 404


def test_what_comes_with_the_product_is_named(desk: Client) -> None:
    for kind in ("demo", "starter"):
        ImportRun.objects.create(kind=kind, started_at=timezone.now())
    page = read(desk, url("index"))
    assert "Contenu de démonstration" in page.words
    assert "Contenu de départ" in page.words


def test_the_list_costs_the_same_at_one_row_and_at_twenty(desk: Client) -> None:
    Upload.objects.create(kind="pratiques", file_name="a.csv", extension="csv", size=1)
    read(desk, url("index"))
    one = read(desk, url("index"))
    for _ in range(24):
        Upload.objects.create(kind="pratiques", file_name="a.csv", extension="csv", size=1)
    assert read(desk, url("index")).queries == one.queries


def test_files_given_long_ago_go_and_the_page_says_so(desk: Client) -> None:
    give(desk, csv_of(HEADER, ROWS))
    assert forget_files() == 0
    Upload.objects.update(touched_at=timezone.now() - FILES_KEPT - timedelta(days=1))
    assert forget_files() == 1
    page = read(desk, url("detail", Upload.objects.get().pk))
    assert page.status == 200
    assert "n’existe pas" in page.words
