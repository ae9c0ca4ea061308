"""The secretariat's screens for surveys: nothing typed is ever lost, nothing wrong is ever saved."""

import io
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.observatory.actions import save_study, withdraw
from fairealliance.observatory.exchange.exporting import as_csv
from fairealliance.observatory.models import Result, Series, Study
from fairealliance.observatory.reading import study_data
from fairealliance.observatory.wave import QuestionData, ResultData, SourceRef, StudyData

NEW = "/gestion/observatoire/etudes/nouvelle/"
IMPORT = "/gestion/observatoire/importer/"
WAVE = {
    "questions": "1",
    "s-title": "Baromètre des alliances, volet maires",
    "s-actor": "mayors",
    "s-started": "novembre 2026",
    "s-sample_size": "1 004",
    "s-source": "Rapport du baromètre 2026",
    "s-url": "https://example.org/rapport",
    "q0-rows": "3",
    "q0-label": "L’utilité des alliances",
    "q0-topic": "conviction",
    "q0-unit": "%",
    "q0r0-answer": "Utiles",
    "q0r0-share": "91 %",
    "q0r1-answer": "dont indispensables",
    "q0r1-share": "40",
    "q0r1-part_of": "Utiles",
    "action": "publish",
}


def _posted(client: Client, address: str) -> dict[str, str]:
    """What the browser would send back from the page as it was shown."""
    form = client.get(address).context["form"]
    sent = {"questions": str(len(form.questions)), "s-version": str(form.version), "s-slug": form.known.slug}
    for part in [form.study, *(q.form for q in form.questions), *(row for q in form.questions for row in q.rows)]:
        for field in part:
            if field.name not in ("version", "slug"):
                value = field.value()
                if not isinstance(value, bool):
                    sent[field.html_name] = "" if value is None else str(value)
                elif value:
                    sent[field.html_name] = "on"
    return sent | {f"q{q.index}-rows": str(len(q.rows)) for q in form.questions}


def _text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_wave_is_entered_and_published(desk: Client) -> None:
    response = desk.post(NEW, WAVE)
    assert response.status_code == 302
    study = Study.objects.get()
    assert (study.slug, study.started, study.sample_size) == (
        "barometre-des-alliances-volet-maires-2026",
        "2026-11",
        1004,
    )
    assert study.is_public
    shares = {result.code: (float(result.share or 0), result.part_of, result.actor) for result in Result.objects.all()}
    assert shares == {"utiles": (91, "", "mayors"), "dont-indispensables": (40, "utiles", "mayors")}
    assert set(Result.objects.values_list("source__label", flat=True)) == {"Rapport du baromètre 2026"}
    assert "91\u00a0%" in _text(desk.get(study.get_absolute_url()))


def test_a_draft_is_seen_by_the_secretariat_only(desk: Client, client: Client) -> None:
    desk.post(NEW, WAVE | {"action": "draft"})
    study = Study.objects.get()
    preview = desk.get(f"/gestion/observatoire/etudes/apercu/{study.slug}/")
    assert "Brouillon" in _text(preview)
    assert "91\u00a0%" in _text(preview)
    assert Client().get(study.get_absolute_url()).status_code == 404
    desk.post(f"/gestion/observatoire/etudes/changer/{study.slug}/", {"action": "publish"})
    assert Client().get(study.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"q0r0-share": "beaucoup"}, "n’est pas un nombre"),
        ({"q0r0-share": "191"}, "va de 0 à 100"),
        ({"q0r2-answer": "Inutiles", "q0r2-share": "30"}, "plus que 100"),
        ({"s-title": ""}, "Il manque le titre"),
        ({"s-source": ""}, "n’a pas de source"),
        ({"s-actor": ""}, "n’est pas une sorte d’acteur"),
        ({"s-started": "hier"}, "n’est pas une date"),
        ({"q0r0-territory": "Nulle-Part-sur-Loire"}, "Nous ne connaissons pas de lieu"),
        ({"s-url": "javascript:alert(1)"}, "n’est pas une adresse"),
        ({"s-actor": "martiens"}, "martiens"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(desk: Client, wrong: Mapping[str, str], words: str) -> None:
    response = desk.post(NEW, {**WAVE, **wrong})
    assert response.status_code == 422
    page = _text(response)
    assert words in page
    assert "L’utilité des alliances" in page
    assert "dont indispensables" in page
    assert not Study.objects.exists()


def test_checks_come_while_the_form_is_filled(desk: Client) -> None:
    wrong = desk.post("/gestion/observatoire/verifier/", WAVE | {"q0r0-share": "120"})
    assert "Question 1, réponse 1" in _text(wrong)
    assert "L’utilité" not in _text(wrong).replace("« L’utilité", "")
    fine = desk.post("/gestion/observatoire/verifier/", WAVE)
    assert "Rien à corriger" in _text(fine)
    assert not Study.objects.exists()


@pytest.mark.parametrize(("wanted", "field"), [("question", 'name="q1-label"'), ("rows-0", 'name="q0r5-answer"')])
def test_more_room_keeps_what_was_typed(desk: Client, wanted: str, field: str) -> None:
    page = _text(desk.post(NEW, WAVE | {"add": wanted}))
    assert field in page
    assert 'value="Utiles"' in page
    assert "à corriger" not in page


def test_saving_what_was_shown_changes_nothing(desk: Client, loaded: None) -> None:
    """Every study of the starter content passes through the form unharmed."""
    for study in Study.objects.whole():
        before = study_data(study)
        address = f"/gestion/observatoire/etudes/modifier/{study.slug}/"
        response = desk.post(address, _posted(desk, address) | {"action": "save"})
        assert response.status_code == 302, (study.slug, response.context and response.context["problems"])
        assert study_data(Study.objects.whole().get(pk=study.pk)) == before, study.slug


def test_the_second_of_two_editors_is_told_and_loses_nothing(desk: Client, loaded: None) -> None:
    address = "/gestion/observatoire/etudes/modifier/phare-citoyens/"
    first = second = _posted(desk, address)
    assert desk.post(address, first | {"s-institute": "Institut A", "action": "save"}).status_code == 302
    refused = desk.post(address, second | {"s-institute": "Institut B", "action": "save"})
    assert refused.status_code == 409
    page = _text(refused)
    assert "Camille Éditrice a modifié cette page" in page
    assert "enregistré « Institut A », chez vous « Institut B »" in page
    assert 'value="Institut B"' in page
    assert Study.objects.get(slug="phare-citoyens").institute == "Institut A"
    again = second | {"s-institute": "Institut B", "s-version": str(refused.context["version"]), "action": "save"}
    assert desk.post(address, again).status_code == 302
    assert Study.objects.get(slug="phare-citoyens").institute == "Institut B"


def test_a_new_wave_joins_its_series(desk: Client, loaded: None) -> None:
    series = {"q0-series": "maires-et-partenariats", "q0-break_kind": "wording", "q0-break_words": "la question change"}
    assert desk.post(NEW, WAVE | series).status_code == 302
    point = Series.objects.get(slug="maires-et-partenariats").points.order_by("-position")[0]
    assert (point.code, point.breaks, point.break_words) == ("utiles", ["wording"], "la question change")
    assert "91\u00a0%" in _text(desk.get("/observatoire/series/maires-et-partenariats/"))


def test_a_question_that_is_not_the_one_before_is_told_before_a_line_joins_them(desk: Client, loaded: None) -> None:
    joins = {"q0-series": "maires-et-partenariats"}
    told = "La vague d’avant (IMPACT-Élus locaux) demandait"
    check = "/gestion/observatoire/verifier/"
    assert told in _text(desk.post(check, WAVE | joins))
    assert "Rien à corriger" in _text(desk.post(check, WAVE | joins)), "a remark, which refuses nothing"
    said = joins | {"q0-break_kind": "wording", "q0-break_words": "la question change"}
    assert "La vague d’avant" not in _text(desk.post(check, WAVE | said))
    same = joins | {"q0-label": "Le « jouer collectif », levier de sortie de crise"}
    assert "La vague d’avant" not in _text(desk.post(check, WAVE | same))
    published = _text(desk.post(NEW, WAVE | joins, follow=True))
    assert "La vague d’avant" in published


def test_a_series_that_goes_on_is_to_be_read_again(desk: Client, loaded: None) -> None:
    page = _text(desk.post(NEW, WAVE | {"q0-series": "maires-et-partenariats"}, follow=True))
    assert "La série « Les maires et les partenariats, 2016-2020 » a une vague de plus" in page
    assert "/gestion/observatoire/series/modifier/maires-et-partenariats/" in page
    assert "a une vague de plus" not in _text(desk.post(NEW, WAVE | {"s-title": "Une autre"}, follow=True))


def test_what_is_missing_is_said_once_and_in_the_words_of_the_screen(desk: Client) -> None:
    blank = _text(desk.post(NEW, {"questions": "1", "q0-rows": "3", "action": "publish"}))
    assert "Une chose à corriger" in blank
    assert "le code de l’étude" not in blank
    nameless = _text(desk.post(NEW, WAVE | {"q0r0-answer": ""}))
    assert "Il manque la réponse" in nameless
    assert "le code de la réponse" not in nameless
    sums = {"q0r1-answer": "Inutiles", "q0r1-share": "35", "q0r1-part_of": ""}
    assert "Question 1, réponses 1 et 2" in _text(desk.post(NEW, WAVE | sums))


def test_a_study_of_a_series_is_not_removed_by_mistake(desk: Client, loaded: None) -> None:
    address = "/gestion/observatoire/etudes/changer/phare-citoyens/"
    assert "Une série s’appuie sur cette étude" in _text(desk.post(address, {"action": "remove"}, follow=True))
    assert Study.objects.filter(slug="phare-citoyens").exists()


def test_series_are_composed_and_a_wave_twice_is_refused(desk: Client, loaded: None) -> None:
    wave = "phare-citoyens|innovation|source-innovation"
    sent = {"title": "Ma série", "rows": "2", "w0-wave": wave, "w1-wave": wave}
    twice = desk.post("/gestion/observatoire/series/nouvelle/", sent)
    assert twice.status_code == 422
    assert "deux fois" in _text(twice)
    other = {"w1-wave": "impact-citoyens|innovation|source-innovation", "w1-kind": "method"}
    unsaid = desk.post("/gestion/observatoire/series/nouvelle/", sent | other)
    assert "Dites en quelques mots" in _text(unsaid)
    done = desk.post("/gestion/observatoire/series/nouvelle/", sent | other | {"w1-words": "par internet"})
    assert done.status_code == 302
    assert Series.objects.get(slug="ma-serie").points.count() == 2
    stale = desk.post("/gestion/observatoire/series/modifier/ma-serie/", sent | {"w1-wave": "", "version": "7"})
    assert stale.status_code == 409


def _given(content: str | bytes, name: str = "enquetes.csv") -> dict[str, SimpleUploadedFile]:
    raw = content.encode() if isinstance(content, str) else content
    return {"document": SimpleUploadedFile(name, raw)}


def test_a_file_is_looked_at_then_written_once_agreed(desk: Client, loaded: None) -> None:
    told = as_csv(Study.objects.whole())
    Series.objects.all().delete()
    Study.objects.all().delete()
    look = desk.post(IMPORT, _given(told))
    assert "Ce que ferait «\xa0enquetes.csv\xa0»" in _text(look)
    assert not Study.objects.exists()
    token = look.context["token"]
    kept = Path(settings.FAIREALLIANCE_HOME) / "media" / "imports" / "observatory"
    assert len(list(kept.iterdir())) == 1
    assert kept.stat().st_mode & 0o077 == 0
    assert desk.post(IMPORT, {"token": token}).status_code == 302
    assert Study.objects.count() > 10
    assert desk.post(IMPORT, {"token": token}).status_code == 422
    assert not list((Path(settings.FAIREALLIANCE_HOME) / "media" / "imports" / "observatory").iterdir())


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("titre;sujet\nA;B\n", "a.csv", "Il manque des colonnes"),
        ("titre;sujet;reponse;acteur;part;source\nA;B;C;elus;300;s\n", "a.csv", "Ligne 2"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image.xlsx", "image.xlsx"),
        (b"PK\x03\x04oops", "casse.xlsx", "casse.xlsx"),
        ("", "vide.csv", "vide.csv"),
    ],
)
def test_a_wrong_file_is_told_by_its_own_name_and_not_kept(
    desk: Client, content: str | bytes, name: str, words: str
) -> None:
    response = desk.post(IMPORT, _given(content, name))
    assert response.status_code == 422
    assert words in _text(response)
    assert not response.context["token"]
    assert not Study.objects.exists()
    assert not list((Path(settings.FAIREALLIANCE_HOME) / "media" / "imports" / "observatory").iterdir())


def test_an_agreement_is_worth_nothing_to_another_or_when_forged(desk: Client) -> None:
    assert desk.post(IMPORT, {"token": "forged"}).status_code == 422
    assert desk.post(IMPORT, {}).status_code == 422


ADDRESSES = ["", "importer/", "series/", "series/nouvelle/", "etudes/nouvelle/", "etudes/modifier/phare-citoyens/"]
ADDRESSES += ["etudes/apercu/phare-citoyens/", "series/modifier/jouer-collectif-2020/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_screens_open_for_the_secretariat_and_for_nobody_else(desk: Client, loaded: None, address: str) -> None:
    path = f"/gestion/observatoire/{address}"
    assert desk.get(path).status_code == 200
    assert Client().get(path).status_code == 302
    outsider = Client()
    outsider.force_login(User.objects.create_user("quelquun@example.org"))
    assert outsider.get(path).status_code == 403
    assert (
        Client().post("/gestion/observatoire/etudes/changer/phare-citoyens/", {"action": "remove"}).status_code == 302
    )
    assert Study.objects.filter(slug="phare-citoyens").exists()


def test_a_workbook_goes_through_the_desk_too(desk: Client, loaded: None) -> None:
    content = io.BytesIO(desk.get("/observatoire/etudes.xlsx").content).getvalue()
    look = desk.post(IMPORT, _given(content, "tout.xlsx"))
    assert look.status_code == 200
    assert look.context["report"].count("unchanged") == Study.objects.count()


def _large(figures: int) -> Study:
    results = tuple(
        ResultData(f"Réponse {n}", f"r{n}", "mayors", Decimal(1), subgroup=f"groupe {n}", source="s")
        for n in range(figures)
    )
    question = QuestionData("q", "Sujet", multiple=True, results=results)
    data = StudyData("longue", "Longue", actor="mayors", started="2026", source="s", questions=(question,))
    return save_study(by=SYSTEM, data=data, sources={"s": SourceRef("s", "Source")}).study


def test_a_long_survey_passes_through_the_form(desk: Client) -> None:
    """More fields than Django takes by itself."""
    study = _large(90)
    before = study_data(Study.objects.whole().get(pk=study.pk))
    address = "/gestion/observatoire/etudes/modifier/longue/"
    posted = _posted(desk, address)
    assert len(posted) > 1_000
    assert desk.post(address, posted | {"action": "save", "s-institute": "Institut"}).status_code == 302
    saved = study_data(Study.objects.whole().get(pk=study.pk))
    assert saved.institute == "Institut"
    assert saved.questions == before.questions


def test_a_survey_too_long_for_a_form_shows_its_sheet_and_keeps_its_figures(desk: Client) -> None:
    _large(250)
    address = "/gestion/observatoire/etudes/modifier/longue/"
    page = _text(desk.get(address))
    assert "trop de chiffres pour un seul écran" in page
    assert "/gestion/microdonnees/longue/" in page
    assert "q0r0-share" not in page
    assert desk.post(address, _posted(desk, address) | {"action": "save", "s-title": "Autre"}).status_code == 302
    study = Study.objects.get()
    assert study.title == "Autre"
    assert study.questions.get().results.count() == 250
    workbook = desk.get("/gestion/observatoire/etudes/exporter/longue.xlsx").content
    assert load_workbook(io.BytesIO(workbook))["résultats"].max_row == 251


@pytest.mark.parametrize("room", [{"q0-rows": "401"}, {"questions": "61"}])
def test_what_has_no_room_is_refused_not_cut(desk: Client, room: dict[str, str]) -> None:
    refused = desk.post(NEW, WAVE | room)
    assert refused.status_code == 422
    assert "ni coupé" in _text(refused)
    assert not Study.objects.exists()


def test_no_more_room_is_told(desk: Client) -> None:
    page = _text(desk.post(NEW, WAVE | {"q0-rows": "398", "add": "rows-0"}))
    assert "ni coupé" in page
    assert 'name="q0r398-share"' not in page
    assert 'value="Utiles"' in page


def test_an_error_is_named_by_its_field(desk: Client) -> None:
    page = _text(desk.post(NEW, WAVE | {"q0r0-share": "beaucoup"}))
    described = re.search(r'name="q0r0-share"[^>]*aria-describedby="([^"]+)"', page)
    assert described is not None
    assert all(f'id="{name}"' in page for name in described.group(1).split())


def test_a_version_no_page_ever_carried_is_an_old_one(desk: Client, loaded: None) -> None:
    sent = {"title": "Jouer collectif", "rows": "0", "version": "9" * 5000}
    assert desk.post("/gestion/observatoire/series/modifier/jouer-collectif-2020/", sent).status_code in (409, 422)
    answer = desk.post("/gestion/observatoire/etudes/modifier/phare-citoyens/", WAVE | {"s-version": "9" * 5000})
    assert answer.status_code in (409, 422)


def test_a_draft_that_a_series_stands_on_is_not_thrown_away(desk: Client, loaded: None) -> None:
    """Withdrawn, it is a draft: its screen of microdata refuses in words as that of studies does."""
    series = Series.objects.get(slug="jouer-collectif-2020")
    study = series.points.first().question.study
    withdraw(by=SYSTEM, study=study)
    answer = desk.post(f"/gestion/microdonnees/{study.slug}/jeter/", follow=True)
    assert "Une série s’appuie sur cette étude" in answer.content.decode()
    assert Study.objects.filter(pk=study.pk).exists()
