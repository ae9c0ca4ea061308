"""The screens of the desk: files sent, tables seen, published or thrown away."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.models import User
from fairealliance.config import middleware
from fairealliance.observatory.microdata.codebook import read_codebook
from fairealliance.observatory.microdata.template import TEMPLATE
from fairealliance.observatory.models import Question, Result, Study
from fairealliance.staff.microdata import forms
from tests.factories import TerritoryFactory
from tests.observatory.microdata_scene import invented, written
from tests.observatory.test_microdata_publication import CODEBOOK

SCREEN = "/gestion/microdonnees/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions() -> None:
    for code, name in (("11", "Île-de-France"), ("24", "Centre-Val de Loire"), ("53", "Bretagne")):
        TerritoryFactory(level="region", code=code, name=name)


@pytest.fixture
def leftovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where anything written for a moment would lie."""
    folder = tmp_path / "moment"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def sent(tmp_path: Path, rows: Any = None, codebook: str = CODEBOOK, **said: Any) -> dict[str, Any]:
    path = written(tmp_path / "m.csv", rows or invented(700, seed=5))
    return {
        "microdata": SimpleUploadedFile("réponses.csv", path.read_bytes()),
        "codebook": SimpleUploadedFile("dictionnaire.csv", codebook.encode()),
        "title": "Enquête d’hiver",
        "started": "janvier 2026",
        "threshold": 5,
        **said,
    }


def test_files_to_draft_to_published(desk: Client, tmp_path: Path, leftovers: Path) -> None:
    answer = desk.post(SCREEN, sent(tmp_path), follow=True)
    assert answer.redirect_chain == [(f"{SCREEN}enquete-d-hiver/", 302)]
    page = answer.content.decode()
    assert "700 répondants lus" in page
    assert "<em>secret</em>" in page
    assert "Bretagne" in page
    assert not Study.objects.get().is_public
    assert list(leftovers.iterdir()) == []
    answer = desk.post(f"{SCREEN}enquete-d-hiver/publier/", follow=True)
    assert "Voir la page publique" in answer.content.decode()
    study = Study.objects.get()
    assert study.is_public
    assert study.started == "2026-01"
    assert "secret statistique" in Client().get(study.get_absolute_url()).content.decode()


def test_a_large_file_is_gone_too(desk: Client, tmp_path: Path, leftovers: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # every file goes through the disk
    assert desk.post(SCREEN, sent(tmp_path)).status_code == 302
    assert list(leftovers.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"codebook": CODEBOOK.replace("poids;poids", "pods;poids")}, "« pods » n’existe pas"),
        ({"codebook": "x;y\n1;2\n"}, "« dictionnaire.csv » doit avoir une colonne « colonne »"),
        ({"codebook": "rien"}, "« dictionnaire.csv » ne contient que ses titres"),
        ({"rows": [{**row, "poids": -1} for row in invented(20)]}, "ligne 2 : poids négatif (-1)"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(
    desk: Client, tmp_path: Path, leftovers: Path, changed: dict[str, Any], message: str
) -> None:
    answer = desk.post(SCREEN, sent(tmp_path, **changed))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Study.objects.exists()
    assert list(leftovers.iterdir()) == []


def test_a_name_of_file_cannot_lead_elsewhere(desk: Client, tmp_path: Path, leftovers: Path) -> None:
    files = sent(tmp_path)
    files["microdata"] = SimpleUploadedFile("../../etc/x.csv", b"\x00\x01binary" * 50)
    answer = desk.post(SCREEN, files)
    assert answer.status_code == 422
    assert "n’est pas un fichier de texte" in answer.content.decode()


def test_forms_say_what_is_missing(desk: Client, tmp_path: Path) -> None:
    assert desk.get(SCREEN).status_code == 200
    assert desk.post(SCREEN, {}).status_code == 422
    assert "n’est pas une date" in desk.post(SCREEN, sent(tmp_path, started="hier")).content.decode()
    assert desk.post(SCREEN, sent(tmp_path, threshold=1)).status_code == 422
    assert desk.post(SCREEN, sent(tmp_path, title="???")).status_code == 422


def test_the_same_survey_twice(desk: Client, tmp_path: Path) -> None:
    desk.post(SCREEN, sent(tmp_path))
    answer = desk.post(SCREEN, sent(tmp_path))
    assert answer.status_code == 422
    assert "déjà" in answer.content.decode()
    assert Study.objects.count() == 1


def test_a_draft_is_thrown_away_a_published_study_is_not(desk: Client, tmp_path: Path) -> None:
    desk.post(SCREEN, sent(tmp_path))
    desk.post(f"{SCREEN}enquete-d-hiver/publier/")
    assert desk.post(f"{SCREEN}enquete-d-hiver/jeter/").status_code == 404
    Study.objects.update(state="draft")
    assert desk.post(f"{SCREEN}enquete-d-hiver/jeter/").status_code == 302
    assert not Study.objects.exists()
    assert not Result.objects.exists()


def test_only_the_secretariat_enters(client: Client, tmp_path: Path) -> None:
    outsider = User.objects.create_user("autre@example.org")
    assert client.get(SCREEN).status_code == 302
    client.force_login(outsider)
    for address in (SCREEN, f"{SCREEN}dictionnaire.csv"):
        assert client.get(address).status_code == 403
    assert client.post(SCREEN, sent(tmp_path)).status_code == 403
    assert client.post(f"{SCREEN}x/publier/").status_code == 403
    assert not Study.objects.exists()


def test_as_many_queries_for_one_question_as_for_twenty(desk: Client, tmp_path: Path) -> None:
    desk.post(SCREEN, sent(tmp_path))
    study = Study.objects.get()

    def count() -> int:
        desk.get(f"{SCREEN}{study.slug}/")
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(f"{SCREEN}{study.slug}/").status_code == 200
        return len(captured)

    Question.objects.exclude(code="q1").delete()
    few = count()
    for place in range(20):
        question = Question.objects.create(study=study, code=f"autre-{place}", label=f"Autre {place}", position=place)
        Result.objects.create(question=question, code="oui", answer="Oui", actor="mayors", share=50)
    assert count() == few


def test_the_template_is_a_right_codebook(desk: Client, tmp_path: Path) -> None:
    answer = desk.get(f"{SCREEN}dictionnaire.csv")
    (tmp_path / "d.csv").write_bytes(answer.content)
    codebook = read_codebook(tmp_path / "d.csv")
    assert answer.content.decode("utf-8-sig").replace("\r\n", "\n") == TEMPLATE
    assert codebook.columns["Q2"].separator == "|"
    assert codebook.columns["Q1"].missing == {"9"}
    assert codebook.columns["acteur"].meanings["2"] == "companies"


def test_a_file_the_screen_takes_passes_the_door(desk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No lower ceiling stands before the form's own, for who is signed in and on this screen only."""
    assert middleware.LARGEST_SENT > forms.LARGEST > middleware.LARGEST_BODY
    monkeypatch.setattr(middleware, "LARGEST_BODY", 500)
    assert Client().post(SCREEN, sent(tmp_path)).status_code == 413
    assert desk.post("/gestion/observatoire/importer/", sent(tmp_path)).status_code == 413
    assert desk.post(SCREEN, sent(tmp_path)).status_code == 302
    monkeypatch.setattr(middleware, "LARGEST_SENT", 500)
    assert desk.post(SCREEN, sent(tmp_path)).status_code == 413
