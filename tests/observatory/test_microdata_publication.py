"""From the files of a survey to a study that may be published, with nobody's answers left anywhere."""

import tempfile
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.design.plots import WIDE, Theme, svg
from fairealliance.lib.tabular import Unreadable
from fairealliance.observatory import checks
from fairealliance.observatory.actions import publish
from fairealliance.observatory.charting import plot_of_question
from fairealliance.observatory.enums import State
from fairealliance.observatory.figures import figures_of
from fairealliance.observatory.microdata.publication import About, Filed, Files, file_microdata
from fairealliance.observatory.models import Question, Result, Study
from tests.factories import TerritoryFactory
from tests.observatory.microdata_scene import invented, written

CODEBOOK = """colonne;role;libelle;code;libelle_code;manquant;multiple;question;correspondance
poids;poids;Pondération;;;;;;
acteur;acteur;;maire;Maires;;;;
acteur;acteur;;association;Dirigeants associatifs;;;;
acteur;acteur;;entreprise;Chefs d’entreprise;;;;
region;territoire;Région;;;;;;région
region;territoire;;11;Île-de-France;;;;
region;territoire;;24;Centre-Val de Loire;;;;
region;territoire;;53;Bretagne;;;;
Q1;question;Faut-il jouer collectif ?;1;Oui;;;;
Q1;question;;2;Non;;;;
Q1;question;;3;Ne se prononce pas;oui;;;
Q2;question;Avez-vous des partenaires ?;oui;Oui;;;;
Q2;question;;non;Non;;;;
"""
ABOUT = About(slug="enquete-2026", title="Enquête 2026", institute="Institut", started="2026-01", ended="2026-02")

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Files:
    for code, name in (("11", "Île-de-France"), ("24", "Centre-Val de Loire"), ("53", "Bretagne")):
        TerritoryFactory(level="region", code=code, name=name)
    (tmp_path / "dico.csv").write_text(CODEBOOK)
    return Files(written(tmp_path / "m.csv", invented(700, seed=5)), tmp_path / "dico.csv")


@pytest.fixture
def filed(files: Files) -> Filed:
    return file_microdata(by=SYSTEM, files=files, about=ABOUT)


def test_a_draft_that_is_published_in_one_act(filed: Filed) -> None:
    study = Study.objects.get(slug="enquete-2026")
    assert study.state == State.DRAFT
    assert study.sample_size == 700
    publish(by=SYSTEM, study=study)
    assert Study.objects.get().is_public


def test_each_cell_is_a_result_with_its_actor_and_territory(filed: Filed) -> None:
    results = Result.objects.filter(question__code="q1")
    assert set(results.values_list("actor", flat=True)) == {"mayors", "associations", "companies"}
    assert {result.territory.ref if result.territory else "" for result in results.select_related("territory")} == {
        "",
        "region:11",
        "region:24",
        "region:53",
    }
    cell = next(cell for cell in filed.tables.totals() if cell.by == {"acteur": "maire"} and cell.answer == "1")
    stored = results.get(actor="mayors", territory=None, code="1")
    assert cell.share is not None
    assert cell.low is not None
    assert float(stored.share or 0) == pytest.approx(cell.share * 100, abs=0.05)
    assert stored.n == cell.n
    assert stored.margin is not None
    assert float(stored.margin) >= (cell.share - cell.low) * 100 - 1e-6
    assert "effectif efficace" in stored.note
    assert stored.told == "", "only a source's exact words are quoted"


def test_what_we_computed_is_not_shown_as_a_quotation(filed: Filed) -> None:
    figure = next(f for q in filed.saved.study.questions.all() for f in figures_of(q) if f.first.note)
    shown = render_to_string("observatory/parts/tellings.html", {"figure": figure})
    assert "ffectif efficace" in shown
    assert "<q>" not in shown
    figure.first.told = "81 % des maires"
    assert "<q>81 % des maires</q>" in render_to_string("observatory/parts/tellings.html", {"figure": figure})


def test_what_is_suppressed_is_stored_as_secret_and_told_so(filed: Filed) -> None:
    hidden = [
        cell for cell in [*filed.tables.cells(), *filed.tables.totals()] if cell.suppressed and "acteur" in cell.by
    ]
    secret = Result.objects.filter(secret=True)
    assert secret.count() == len(hidden) > 0
    assert all(result.share is None and result.margin is None and not result.note for result in secret)
    question = secret.select_related("question")[0].question
    words = {figure.words for figure in figures_of(question) if figure.first.secret}
    assert words == {"secret statistique"}


def test_nothing_of_respondents_is_kept(files: Files, filed: Filed, tmp_path: Path) -> None:
    weights = {str(row["poids"]) for row in invented(700, seed=5)}
    told = " ".join(str(row) for row in Result.objects.values_list())
    assert not [weight for weight in weights if len(weight) > 7 and weight in told]
    assert Result.objects.count() < 200
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dico.csv", "m.csv"]


def test_only_the_secretariat(files: Files) -> None:
    outsider = User.objects.create_user("autre@example.org")
    with pytest.raises(PermissionDenied):
        file_microdata(by=outsider, files=files, about=ABOUT)
    assert not Study.objects.exists()


def test_the_same_study_twice_is_refused(files: Files, filed: Filed) -> None:
    before = Result.objects.count()
    with pytest.raises(checks.Refused, match="déjà"):
        file_microdata(by=SYSTEM, files=files, about=ABOUT)
    assert Result.objects.count() == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("poids;poids", "poids;groupe", "rôle « poids »"),
        ("Chefs d’entreprise", "Autres", "quelle sorte d’acteur"),
        (";région\n", ";\n", "quel niveau de territoire"),
        ("acteur;acteur", "acteur;groupe", "Dites qui a été interrogé"),
        ("Q2;question;;non", "Q2;question;;jamais", "le code « non » n’est pas dans le dictionnaire"),
    ],
)
def test_a_codebook_that_does_not_tell_enough(files: Files, old: str, new: str, message: str) -> None:
    assert old in CODEBOOK
    files.codebook.write_text(CODEBOOK.replace(old, new))
    with pytest.raises(Unreadable, match=message):
        file_microdata(by=SYSTEM, files=files, about=ABOUT)
    assert not Study.objects.exists()


def test_a_territory_nobody_knows(files: Files) -> None:
    files.codebook.write_text(CODEBOOK.replace(";région\n", ";département\n"))
    with pytest.raises(checks.Refused, match="departement:11"):
        file_microdata(by=SYSTEM, files=files, about=ABOUT)
    assert not Study.objects.exists()


def test_two_codes_of_one_kind_of_actor_stay_apart(files: Files) -> None:
    files.codebook.write_text(CODEBOOK.replace("Chefs d’entreprise", "Élus régionaux"))
    file_microdata(by=SYSTEM, files=files, about=ABOUT)
    mayors = Result.objects.filter(actor="mayors")
    assert set(mayors.values_list("subgroup", flat=True)) == {"Maires", "Élus régionaux"}


def test_without_a_column_of_actors_the_one_that_was_asked(files: Files) -> None:
    files.codebook.write_text("".join(line for line in CODEBOOK.splitlines(True) if not line.startswith("acteur")))
    about = About(slug="a", title="A", actor="citizens")
    file_microdata(by=SYSTEM, files=files, about=about)
    assert set(Result.objects.values_list("actor", flat=True)) == {"citizens"}


def test_reading_makes_no_file(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are computed in memory: a disk that refuses all new files changes nothing."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    file_microdata(by=SYSTEM, files=files, about=ABOUT)
    assert Study.objects.exists()


def test_charts_draw_secret_otherwise_than_unknown(filed: Filed) -> None:
    publish(by=SYSTEM, study=Study.objects.get())
    drawn = svg(plot_of_question(Question.objects.get(code="q1")), Theme.LIGHT, WIDE)
    assert 'id="dots-' in drawn
    assert 'id="diagonal-' not in drawn
    Result.objects.filter(secret=True).update(secret=False)
    assert 'id="diagonal-' in svg(plot_of_question(Question.objects.get(code="q1")), Theme.LIGHT, WIDE)
