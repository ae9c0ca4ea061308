"""The commands people type."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from fairealliance.federation import corpus
from fairealliance.federation.mapping import kinds
from fairealliance.federation.models import ImportRun
from fairealliance.federation.progress import database_said
from fairealliance.journal.models import Change
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from tests.federation.conftest import fonds_vert
from tests.sql import content_of_tables
from tests.starter import make_places


def run(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path, world: object) -> Path:
    path = tmp_path / "fv.csv"
    path.write_text(fonds_vert({}, {"numero_dossier_ds": "2", "nom_du_projet": ""}, {}), "utf-8")
    return path


def test_json_ends_with_one_object_on_stdout(file):
    told = json.loads(run("import_file", "fonds-vert", file, "--json").strip().splitlines()[-1])
    assert told == {
        "read": 3,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "duplicates": 1,
        "grouped": 0,
        "kept": 0,
        "repaired": {},
    }


def test_people_are_told_in_french_and_where_the_report_is(file, tmp_path):
    out = run("import_file", "fonds-vert", file, "--report", tmp_path / "sub" / "rapport.csv")
    assert "Import terminé" in out
    assert "rapport.csv" in out
    assert "la case est vide" in (tmp_path / "sub" / "rapport.csv").read_text("utf-8-sig")


def test_without_report_option_it_lies_in_the_home(file, settings):
    run("import_file", "fonds-vert", file)
    assert len(list((settings.FAIREALLIANCE_HOME / "reports").glob("fonds-vert-*.csv"))) == 1


def test_a_dry_run_says_so_and_keeps_no_trace(file):
    before = content_of_tables()
    assert "Essai à blanc" in run("import_file", "fonds-vert", file, "--dry-run")
    assert content_of_tables() == before
    assert not ImportRun.objects.exists()


def test_an_unknown_kind_lists_those_there_are(file):
    with pytest.raises(CommandError, match="n’est pas une sorte de fichier connue") as refused:
        run("import_file", "fond-vert", file)
    for kind in kinds():
        assert kind in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"a;b\n1;2\n", fonds_vert({}).encode()[:-30]])
def test_a_file_that_is_not_one_is_refused_with_nothing_written(world, tmp_path, content):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    before = content_of_tables()
    with pytest.raises(CommandError):
        run("import_file", "fonds-vert", path)
    assert content_of_tables() == before
    assert not ImportRun.objects.exists()


def test_a_run_that_was_cut_is_told_as_such_by_the_next(file):
    cut = ImportRun.objects.create(kind="fonds-vert", file_name="x")
    run("import_file", "fonds-vert", file)
    cut.refresh_from_db()
    assert (cut.status, cut.message) == ("failed", "interrompu")
    assert ImportRun.objects.latest("pk").status == "done"


@pytest.fixture
def content(world: object) -> None:
    make_places()


def test_starter_content_loads_without_a_rejection_and_only_once(content):
    assert "nouvelles" in run("starter")
    assert Organisation.objects.filter(is_demo=False).exists()
    assert Practice.objects.filter(is_demo=True).count() > 10
    assert set(ImportRun.objects.values_list("status", flat=True)) == {"done"}
    assert not [run for run in ImportRun.objects.all() if run.counts.get("rejected")]
    before, changes = content_of_tables(), Change.objects.count()
    assert run("starter") == "starter : déjà à jour\ndemo : déjà à jour\n"
    assert (content_of_tables(), Change.objects.count()) == (before, changes)


@pytest.mark.parametrize("kind", ["organisations", "ressources", "pratiques"])
def test_the_empty_template_has_the_mappings_columns_and_can_be_filled_and_imported(world, tmp_path, kind):
    path = tmp_path / "modele.xlsx"
    run("template", kind, path)
    book = load_workbook(path)
    titles = [cell.value for cell in book[kind][1]]
    assert titles == list(kinds()[kind].columns)
    explained = {row[0].value: row[2].value for row in book["Mode d’emploi"].iter_rows(min_row=2)}
    assert set(explained) == set(titles)
    assert all(explained.values())
    words = {"identifiant": "x", "nom": "X", "titre": "X", "sphere": "association", "nature": "kit"}
    words |= {"defi": "d", "action": "a", "territoires": "42218"}
    book[kind].append([words.get(title, "") for title in titles])
    book.save(path)
    assert json.loads(run("import_file", kind, path, "--json"))["created"] == 1


def test_template_refuses_what_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="Les modèles sont"):
        run("template", "fonds-vert", tmp_path / "a.xlsx")
    with pytest.raises(CommandError, match=r"finir par \.xlsx"):
        run("template", "pratiques", tmp_path / "a.csv")
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        run("template", "pratiques", tmp_path / "nowhere" / "a.xlsx")


def test_a_corpus_with_files_missing_loads_the_others_and_says_which(world, tmp_path, settings):
    settings.FAIREALLIANCE_CORPUS = tmp_path / "corpus"
    with pytest.raises(CommandError, match="n’existe pas"):
        run("import_corpus")
    practices = tmp_path / "corpus" / "practices"
    practices.mkdir(parents=True)
    (practices / "fonds_vert_2023.csv").write_text(fonds_vert({}), "utf-8")
    with pytest.raises(CommandError, match=r"rna_waldec\.csv"):
        run("import_corpus")
    assert Practice.objects.count() == 1


def test_every_file_of_the_corpus_has_a_kind():
    assert {kind for kind, _path in corpus.files()} <= set(kinds())


def test_without_arguments_it_says_what_it_needs_in_french():
    with pytest.raises(CommandError, match="Il faut une sorte de fichier") as refused:
        run("import_file")
    assert "fonds-vert" in str(refused.value)


def test_a_report_that_cannot_be_written_is_said(file, tmp_path):
    (tmp_path / "blocked").write_text("a file where a folder should be")
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        run("import_file", "fonds-vert", file, "--report", tmp_path / "blocked" / "r.csv")


def test_before_territories_are_loaded_one_is_told_what_to_do(db, tmp_path):
    path = tmp_path / "fv.csv"
    path.write_text(fonds_vert({}), "utf-8")
    with pytest.raises(CommandError, match="lancez d’abord"):
        run("import_file", "fonds-vert", path)


def test_an_interruption_says_how_to_go_on(file, monkeypatch):
    def interrupted(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fairealliance.federation.run.Run.execute", interrupted)
    with pytest.raises(CommandError, match="relancez la même commande"):
        run("import_file", "fonds-vert", file)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("no such table: x", "prepare"),
        ("database is locked", "réessayez"),
        ("UNIQUE constraint failed: x.slug", "Un autre import"),
        ("boom", "a refusé : boom"),
    ],
)
def test_what_the_database_says_is_told_in_french(said, told):
    assert told in database_said(Exception(said))


def test_a_full_disk_names_the_report(file):
    with pytest.raises(CommandError, match="« /dev/full » ne peut pas être écrit"):
        run("import_file", "fonds-vert", file, report=Path("/dev/full"))
