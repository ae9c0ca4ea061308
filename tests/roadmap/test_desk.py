"""Writing at the desk and in the facilitators' corner: two editors on one page, a form sent twice, who may do what."""

import uuid
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from fairealliance.observatory.enums import State
from fairealliance.observatory.models import Study
from fairealliance.roadmap import editions
from fairealliance.roadmap.actions import drafts, measures, publishing
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.enums import DraftState
from fairealliance.roadmap.exchange import export
from fairealliance.roadmap.exchange.load import load_file
from fairealliance.roadmap.forms import MeasureReportForm
from fairealliance.roadmap.models import Draft, Measure, MeasureReport, Programme
from tests.factories import OrganisationFactory, PracticeFactory, TerritoryFactory, UserFactory

DESK = "/gestion/feuille-de-route/"


@pytest.fixture
def desk(client: Client, secretariat: User) -> Client:
    client.force_login(secretariat)
    return client


def told(**more) -> dict:
    return {
        "token": str(uuid.uuid4()), "lock": "0", "dated_on": "2022-06-01", "result": "met",
        "text": "Le site est ouvert.", "act": "save", **more,
    }  # fmt: skip


def report_address(measure: Measure) -> str:
    return f"{DESK}mesures/{measure.pk}/bilan/"


def test_outsiders_stay_out(client: Client, measure: Measure, outsider: User, facilitator: User) -> None:
    addresses = [
        DESK,
        f"{DESK}programmes/petit/",
        report_address(measure),
        f"{DESK}importer/",
        f"{DESK}programmes/petit/bilan/",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/connexion/")
    for person in (outsider, facilitator):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == 403, address
            assert client.post(address, told()).status_code in (403, 405), address
    assert not Draft.objects.exists()


def test_a_report_is_written_then_published(desk: Client, measure: Measure) -> None:
    answer = desk.post(report_address(measure), told(), follow=True)
    assert "Brouillon enregistré." in answer.content.decode()
    draft = Draft.objects.get()
    assert not MeasureReport.objects.exists()
    desk.post(f"{DESK}brouillons/{draft.pk}/", told(lock=draft.lock, text="Deux sites.", act="publish"))
    assert MeasureReport.objects.get().text == "Deux sites."
    assert Draft.objects.get().state == DraftState.PUBLISHED


def test_a_form_sent_twice_makes_one_report(desk: Client, measure: Measure) -> None:
    form = told(act="publish")
    assert desk.post(report_address(measure), form).status_code == 302
    again = desk.post(report_address(measure), form)
    assert again.status_code in (422, 409)
    assert MeasureReport.objects.count() == 1
    assert Draft.objects.count() == 1
    draft = Draft.objects.get()
    assert (
        desk.post(f"{DESK}brouillons/{draft.pk}/", told(lock=draft.lock, act="publish", reason="x")).status_code == 409
    )
    assert MeasureReport.objects.count() == 1


def test_a_draft_form_sent_twice_makes_one_draft(desk: Client, measure: Measure) -> None:
    form = told()
    assert desk.post(report_address(measure), form).status_code == 302
    again = desk.post(report_address(measure), form)
    assert again.status_code == 409
    assert "déjà été envoyé" in again.content.decode()
    assert Draft.objects.count() == 1


def test_two_editors_on_one_page_lose_nothing(desk: Client, measure: Measure) -> None:
    desk.post(report_address(measure), told())
    draft = Draft.objects.get()
    address = f"{DESK}brouillons/{draft.pk}/"
    other = Client()
    other.force_login(UserFactory(name="Une collègue", is_secretariat=True))
    assert other.post(address, told(lock=draft.lock, text="Le texte de l’autre.")).status_code == 302
    answer = desk.post(address, told(lock=draft.lock, text="Mon texte.", act="publish"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Une collègue" in page
    assert "Le texte de l’autre." in page
    assert "Mon texte." in page, "what was typed is not lost"
    assert not MeasureReport.objects.exists()
    draft.refresh_from_db()
    assert draft.text == "Le texte de l’autre."
    desk.post(address, told(lock=draft.lock, text="Les deux textes.", act="publish"))
    assert MeasureReport.objects.get().text == "Les deux textes."


def test_a_published_report_is_corrected_with_its_reason(desk: Client, measure: Measure) -> None:
    publishing.publish_measure_report(
        by=SYSTEM, measure=measure, dated_on=date(2022, 6, 1), text="Trois.", result="met"
    )
    page = desk.get(f"{report_address(measure)}?corrige=2022-06-01").content.decode()
    assert "Trois." in page
    refused = desk.post(report_address(measure), told(text="Deux.", act="publish"))
    assert refused.status_code == 422
    assert "dites pourquoi" in refused.content.decode()
    desk.post(report_address(measure), told(text="Deux.", act="publish", reason="Un doublon."))
    assert [(each.version, each.text) for each in measure.reports.all()] == [(1, "Trois."), (2, "Deux.")]


def test_no_reason_is_asked_while_there_is_nothing_to_correct(desk: Client, measure: Measure) -> None:
    asked = "Motif de la correction"
    assert asked not in desk.get(report_address(measure)).content.decode()
    desk.post(report_address(measure), told(reason=""))
    assert asked not in desk.get(report_address(measure), follow=True).content.decode()
    Draft.objects.update(reason="Écrit avant.")
    address = f"{DESK}brouillons/{Draft.objects.get().pk}/"
    assert "Écrit avant." in desk.get(address).content.decode(), "what was written can be taken away"
    desk.post(address, told(lock=Draft.objects.get().lock))
    assert Draft.objects.get().reason == ""
    publishing.publish_measure_report(by=SYSTEM, measure=measure, dated_on=date(2022, 5, 1), text="Un.", result="met")
    assert asked in desk.get(address).content.decode()


def test_a_report_published_while_another_is_being_read_asks_for_its_reason(
    desk: Client, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form looked when it was made, and looks again once it is filled: somebody may publish in between."""
    read_day = MeasureReportForm.clean_dated_on

    def published_meanwhile(form: MeasureReportForm) -> date:
        publishing.publish_measure_report(
            by=SYSTEM, measure=measure, dated_on=date(2022, 6, 1), result="met", text="Le sien."
        )
        return read_day(form)

    monkeypatch.setattr(MeasureReportForm, "clean_dated_on", published_meanwhile)
    answer = desk.post(report_address(measure), told(act="publish"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "dites pourquoi il change" in page
    assert 'name="reason"' in page
    assert MeasureReport.objects.get().text == "Le sien."


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"dated_on": "2999-01-01"}, "pas encore là"),
        ({"dated_on": "2021-01-01"}, "avant le début"),
        ({"dated_on": "hier"}, "Saisissez une date valide"),
        ({"text": " "}, "requis"),
        ({"result": ""}, "requis"),
        ({"reason": "Rien."}, "rien à corriger"),
        ({"act": "detruire"}, "n’existe pas"),
    ],
)
def test_bad_input_is_refused_in_words(desk: Client, measure: Measure, more: dict, message: str) -> None:
    answer = desk.post(report_address(measure), told(**{"act": "publish", **more}))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Draft.objects.exists()


def test_the_progress_report_is_previewed_then_issued(desk: Client, roadmap: Programme) -> None:
    address = f"{DESK}programmes/{roadmap.slug}/bilan/"
    assert desk.get(address).status_code == 200
    form = told(dated_on="2022-05-31", title="Bilan à deux ans", text="Deux ans ont passé.", act="preview")
    shown = desk.post(address, form, follow=True).content.decode()
    assert "Bilan à deux ans" in shown
    assert "rien n’est encore publié" in shown
    assert roadmap.progress_reports.count() == 1
    draft = Draft.objects.get()
    desk.post(f"{DESK}brouillons/{draft.pk}/", {**form, "lock": draft.lock, "act": "publish"})
    public = Client().get("/feuille-de-route/bilan/?date=2022-05-31").content.decode()
    assert "Deux ans ont passé." in public


def test_a_progress_report_begins_with_today_and_the_title_of_the_one_before(desk: Client, roadmap: Programme) -> None:
    page = desk.get(f"{DESK}programmes/{roadmap.slug}/bilan/").content.decode()
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page
    assert 'value="Bilan du suivi du programme de 21 mesures"' in page
    measure = roadmap.measures.get(number=2)
    assert f'value="{timezone.localdate():%Y-%m-%d}"' not in desk.get(report_address(measure)).content.decode()


def test_a_preview_offers_no_file_that_says_something_else(desk: Client, roadmap: Programme) -> None:
    form = told(dated_on="2021-05-07", title="Bilan revu", text="Revu.", reason="Une erreur.", act="preview")
    shown = desk.post(f"{DESK}programmes/{roadmap.slug}/bilan/", form, follow=True).content.decode()
    assert "bilan.pdf" not in shown
    assert "reste tel qu’il a été établi" not in shown
    assert "Revenir au brouillon" in shown


def test_back_from_the_preview_one_publishes_what_was_seen(desk: Client, roadmap: Programme) -> None:
    """With the browser's own arrow: the form is sent again as it was, to where drafts begin."""
    address = f"{DESK}programmes/{roadmap.slug}/bilan/"
    form = told(dated_on="2022-05-31", title="Bilan à deux ans", text="Deux ans ont passé.", act="preview")
    desk.post(address, form)
    said = desk.post(address, {**form, "act": "publish"}, follow=True).content.decode()
    assert "C’est publié." in said
    assert "/feuille-de-route/bilan/?date=2022-05-31" in said
    assert roadmap.progress_reports.count() == 2
    assert Draft.objects.get().state == DraftState.PUBLISHED


def test_back_from_the_preview_another_text_goes_on_with_its_draft(desk: Client, roadmap: Programme) -> None:
    address = f"{DESK}programmes/{roadmap.slug}/bilan/"
    form = told(dated_on="2022-05-31", title="Bilan à deux ans", text="Deux ans ont passé.", act="preview")
    desk.post(address, form)
    draft = Draft.objects.get()
    answer = desk.post(address, {**form, "text": "Et plus encore.", "act": "publish"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Et plus encore." in page, "what was typed is not lost"
    assert "Deux ans ont passé." in page
    assert f'action="{DESK}brouillons/{draft.pk}/"' in page
    assert f'name="lock" value="{draft.lock}"' in page
    again = {**form, "text": "Et plus encore.", "act": "publish", "lock": draft.lock}
    desk.post(f"{DESK}brouillons/{draft.pk}/", again)
    assert roadmap.progress_reports.order_by("pk").last().text == "Et plus encore."


def test_a_facilitator_reports_and_the_secretariat_publishes(
    client: Client, desk: Client, small: Programme, facilitator: User, outsider: User
) -> None:
    measure = small.measures.get(number=1)
    measures.add_correspondent(by=SYSTEM, measure=measure, user=facilitator)
    corner = "/feuille-de-route/programmes/petit/mes-mesures/"
    other = Client()
    assert other.get(corner).status_code == 302
    other.force_login(outsider)
    assert "Aucune mesure ne vous est confiée" in other.get(corner).content.decode()
    assert other.post(f"{corner}1/bilan/", told(act="submit")).status_code == 403
    theirs = Client()
    theirs.force_login(facilitator)
    assert "Mesure 1" in theirs.get(corner).content.decode()
    assert theirs.post(f"{corner}2/bilan/", told(act="submit")).status_code == 403
    assert theirs.post(f"{corner}1/bilan/", told(act="publish")).status_code == 422
    assert not MeasureReport.objects.exists()
    assert (
        "transmis au secrétariat" in theirs.post(f"{corner}1/bilan/", told(act="submit"), follow=True).content.decode()
    )
    draft = Draft.objects.get()
    assert draft.state == DraftState.SUBMITTED
    desk.post(f"{DESK}brouillons/{draft.pk}/", told(lock=draft.lock, act="return"))
    draft.refresh_from_db()
    assert draft.state == DraftState.DRAFT
    desk.post(f"{DESK}brouillons/{draft.pk}/", told(lock=draft.lock, act="publish"))
    assert MeasureReport.objects.get().measure == measure


def test_a_programme_is_made_at_the_desk(desk: Client, db: None) -> None:
    desk.post(f"{DESK}programmes/nouveau/", {"title": "Le nôtre", "slug": "le-notre", "started_on": "2024-01-01"})
    base = f"{DESK}programmes/le-notre/"
    desk.post(f"{base}dimensions/nouveau/", {"number": 1, "title": "Locale", "delay_min": 1, "delay_max": 3})
    programme = Programme.objects.get(slug="le-notre")
    dimension = programme.dimensions.get()
    desk.post(f"{base}mesures/nouveau/", {"number": 1, "title": "Ouvrir", "dimension": dimension.pk})
    assert programme.measures.get().title == "Ouvrir"
    again = desk.post(f"{base}mesures/nouveau/", {"number": 1, "title": "Ouvrir", "dimension": dimension.pk})
    assert again.status_code == 422
    form = {"title": "Ouvrir tôt", "dimension": dimension.pk, "reason": "Plus clair.", "read_edition": 1}
    assert desk.post(f"{base}mesures/1/", form).status_code == 302
    stale = desk.post(f"{base}mesures/1/", {**form, "title": "Ouvrir tard"})
    assert stale.status_code == 409
    assert programme.measures.get().title == "Ouvrir tôt"
    assert desk.get(base).status_code == 200
    wrong = desk.post(f"{base}dimensions/1/", {"title": "Locale", "delay_min": 9, "delay_max": 3})
    assert wrong.status_code == 409


PEOPLE = f"{DESK}programmes/petit/mesures/1/personnes/"


def test_a_correspondent_is_invited_by_mail_with_no_right_at_the_desk(
    desk: Client, measure: Measure, django_capture_on_commit_callbacks
) -> None:
    assert desk.post(PEOPLE, {"act": "invite", "invite-email": "pas une adresse"}).status_code == 422
    told = {"act": "invite", "invite-email": "Elle@exemple.fr", "invite-name": "Elle"}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(PEOPLE, told).status_code == 302
        assert desk.post(PEOPLE, told).status_code == 302, "twice makes one"
    person = measure.correspondents.get().user
    assert (person.email, person.name, person.is_secretariat) == ("elle@exemple.fr", "Elle", False)
    assert mail.outbox[0].to == ["elle@exemple.fr"]
    assert "mes-mesures" in mail.outbox[0].body
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    opened = Client().get("/" + link.split("/", 3)[3], follow=True)
    assert 'type="password"' in opened.content.decode(), "the link leads to choosing a password"
    theirs = Client()
    theirs.force_login(person)
    assert theirs.get(DESK).status_code == 403
    assert "Mesure 1" in theirs.get("/feuille-de-route/programmes/petit/mes-mesures/").content.decode()
    assert desk.post(PEOPLE, {"act": "dismiss", "who": str(person.pk)}).status_code == 302
    assert not measure.correspondents.exists()
    assert User.objects.filter(pk=person.pk).exists()


def test_inviting_an_editor_leaves_them_an_editor(desk: Client, measure: Measure, secretariat: User) -> None:
    desk.post(PEOPLE, {"act": "invite", "invite-email": secretariat.email})
    secretariat.refresh_from_db()
    assert secretariat.is_secretariat


def test_a_facilitator_is_added_renamed_and_removed(desk: Client, measure: Measure) -> None:
    organisation = OrganisationFactory()
    base = f"{DESK}programmes/petit/mesures/1/facilitateurs/"
    told = {"name": "Une ville", "organisation": f"https://exemple.fr{organisation.get_absolute_url()}"}
    assert desk.post(f"{base}nouveau/", told).status_code == 302
    held = measure.facilitators.get()
    assert held.organisation == organisation
    told = {"name": "La ville", "organisation": "", "read_version": "1"}
    assert desk.post(f"{base}{held.pk}/", told).status_code == 302
    assert [each.name for each in measure.facilitators.all()] == ["La ville"]
    stale = desk.post(f"{base}{held.pk}/", {**told, "name": "Autre"})
    assert stale.status_code == 409
    page = stale.content.decode()
    assert "La ville" in page
    assert 'value="Autre"' in page, "what was typed is not lost"
    assert 'name="read_version" value="2"' in page, "sent again, it replaces it knowingly"
    assert desk.post(f"{base}{held.pk}/", {"act": "remove", "read_version": "2"}).status_code == 302
    assert not measure.facilitators.exists()


def test_an_indicator_is_added_changed_and_removed(desk: Client, measure: Measure) -> None:
    base = f"{DESK}programmes/petit/mesures/1/indicateurs/"
    told = {"code": "cas", "label": "Cas recensés", "unit": "cas", "target": "500"}
    assert desk.post(f"{base}nouveau/", told).status_code == 302
    assert desk.post(f"{base}nouveau/", told).status_code == 422
    held = measure.indicators.get()
    day = date(2022, 6, 1)
    publishing.publish_measure_report(by=SYSTEM, measure=measure, dated_on=day, text="Fait.", readings={"cas": 12})
    assert desk.post(f"{base}{held.pk}/", {**told, "target": "600", "read_version": "1"}).status_code == 302
    assert desk.post(f"{base}{held.pk}/", {**told, "target": "700", "read_version": "1"}).status_code == 409
    assert "Cas recensés" in desk.get(PEOPLE).content.decode()
    assert desk.post(f"{base}{held.pk}/", {"act": "remove", "read_version": "2"}).status_code == 302
    assert "Cas recensés" not in desk.get(PEOPLE).content.decode()
    assert "Cas recensés" not in desk.get(report_address(measure)).content.decode()
    assert held.readings.count() == 1, "what was read of it stays"
    assert desk.post(f"{base}nouveau/", told).status_code == 302, "it can come back"


def test_a_page_is_tied_to_a_measure_and_untied(desk: Client, measure: Measure) -> None:
    place, practice = TerritoryFactory(code="42218"), PracticeFactory()
    for page in (place, practice):
        assert desk.post(PEOPLE, {"act": "link", "link-page": page.get_absolute_url()}).status_code == 302
    assert (measure.territories.get(), measure.practices.get()) == (place, practice)
    assert desk.post(PEOPLE, {"act": "link", "link-page": "https://ailleurs.fr/page/"}).status_code == 422
    desk.post(PEOPLE, {"act": "unlink", "what": f"territory:{place.pk}"})
    desk.post(PEOPLE, {"act": "unlink", "what": f"practice:{practice.pk}"})
    assert not measure.territories.exists()
    assert not measure.practices.exists()
    assert desk.post(PEOPLE, {"act": "unlink", "what": "rien"}).status_code == 302


def test_what_a_programme_holds_is_added_and_removed(desk: Client, small: Programme) -> None:
    base = f"{DESK}programmes/petit/"
    desk.post(f"{base}forces/nouveau/", {"number": 1, "title": "L’élan"})
    force = small.forces.get()
    shown = f"{base}forces/1/illustrations/"
    assert desk.post(f"{shown}nouveau/", {"label": "Un cas", "url": ""}).status_code == 302
    assert "Un cas" in desk.get(base).content.decode()
    told = {"title": "Tout va", "dated_on": "2022-05-10", "source_label": "Un journal", "count_met": "7"}
    assert desk.post(f"{base}declarations/nouveau/", told).status_code == 302
    statement = small.statements.get()
    assert (statement.code, statement.counts) == ("tout-va", {"met": 7})
    assert desk.get(f"{base}declarations/{statement.pk}/").status_code == 200
    assert desk.post(f"{base}declarations/{statement.pk}/", {"act": "remove", "read_version": "1"}).status_code == 302
    assert desk.get(f"{shown}{force.illustrations.get().pk}/").status_code == 200
    assert desk.post(f"{base}forces/1/", {"act": "remove", "read_version": "1"}).status_code == 302
    assert not small.forces.exists()
    refused = desk.post(f"{base}dimensions/1/", {"act": "remove", "read_version": "1"})
    assert refused.status_code == 409
    assert "en dépendent" in refused.content.decode()
    assert editions.version_of(small.dimensions.get()) == 1, "a removal that was refused left nothing"


def test_two_editors_on_one_part_lose_nothing(desk: Client, small: Programme) -> None:
    address = f"{DESK}programmes/petit/dimensions/1/"
    form = {"title": "La mienne", "text": "", "read_version": "1"}
    other = Client()
    other.force_login(UserFactory(name="Une collègue", is_secretariat=True))
    assert other.post(address, {**form, "title": "La sienne"}).status_code == 302
    answer = desk.post(address, form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Une collègue" in page
    assert "La sienne" in page
    assert 'value="La mienne"' in page
    assert small.dimensions.get().title == "La sienne"
    assert Entry.objects.get(verb="dimension-updated").detail["before"]["title"] == "Première"
    assert desk.post(address, {**form, "read_version": "2"}).status_code == 302
    assert small.dimensions.get().title == "La mienne"
    programme = f"{DESK}programmes/petit/modifier/"
    form = {"title": "Autre", "started_on": "2022-01-01", "read_version": "0"}
    assert desk.post(programme, form).status_code == 409
    assert desk.post(programme, {**form, "read_version": "1"}).status_code == 302


def test_the_beginning_of_a_measure_can_change(desk: Client, measure: Measure) -> None:
    address = f"{DESK}programmes/petit/mesures/1/"
    form = {"title": "Mesure 1", "dimension": measure.dimension_id, "reason": "Plus tard.", "read_edition": 1}
    assert desk.post(address, {**form, "started_on": "2021-12-31"}).status_code == 409
    assert desk.post(address, {**form, "started_on": "2022-03-01"}).status_code == 302
    measure.refresh_from_db()
    assert measure.started_on == date(2022, 3, 1)


def test_a_file_is_tried_then_imported(desk: Client, small: Programme, tmp_path: Path) -> None:
    content = export.to_csv(small).replace(b";petit;", b";autre;")
    sent = lambda: SimpleUploadedFile("autre.csv", content)  # noqa: E731
    tried = desk.post(f"{DESK}importer/", {"file": sent(), "dry_run": "on"})
    assert "Rien n’est encore écrit" in tried.content.decode()
    assert not Programme.objects.filter(slug="autre").exists()
    assert desk.post(f"{DESK}importer/", {"file": sent()}).status_code == 302
    assert Programme.objects.get(slug="autre").measures.count() == 2
    again = desk.post(f"{DESK}importer/", {"file": sent(), "dry_run": "on"}).content.decode()
    assert "À créer\xa0: 0\xa0; à modifier\xa0: 0\xa0; déjà là\xa0: " in again
    bad = desk.post(
        f"{DESK}importer/", {"file": SimpleUploadedFile("x.csv", content.replace(b"mesure;1", b"mesure;x"))}
    )
    assert bad.status_code == 422
    assert "Ligne" in bad.content.decode()
    junk = desk.post(f"{DESK}importer/", {"file": SimpleUploadedFile("x.csv", b"\x89PNG\r\n\x1a\n0000")})
    assert junk.status_code == 422


def test_the_desk_makes_a_fixed_number_of_queries(
    desk: Client, small: Programme, django_assert_max_num_queries
) -> None:
    desk.get(f"{DESK}programmes/petit/")
    with django_assert_max_num_queries(40):
        desk.get(f"{DESK}programmes/petit/")


def test_the_same_form_twice_at_the_same_instant_is_refused_in_words(measure: Measure, secretariat: User) -> None:
    """Neither sees the other's draft before writing its own."""
    told = {"by": secretariat, "programme": measure.programme, "measure": measure, "token": uuid.uuid4()}
    drafts.start_draft(**told, dated_on=date(2022, 6, 1), text="Fait.")
    found, missed = QuerySet.get, []

    def blind(query: QuerySet, *args: object, **kwargs: object) -> object:
        if query.model is Draft and not missed:
            missed.append(kwargs)
            raise Draft.DoesNotExist
        return found(query, *args, **kwargs)

    with (
        mock.patch.object(QuerySet, "get", blind),
        mock.patch.object(QuerySet, "exists", return_value=False),
        pytest.raises(Refused),
    ):
        drafts.start_draft(**told, dated_on=date(2022, 6, 1), text="Fait.")
    assert missed
    assert Draft.objects.count() == 1


def test_a_version_no_page_ever_carried_is_an_old_one(desk: Client, measure: Measure) -> None:
    desk.post(report_address(measure), told())
    draft = Draft.objects.get()
    answer = desk.post(f"{DESK}brouillons/{draft.pk}/", told(lock="9" * 5000, act="drop"))
    assert answer.status_code in (409, 422)
    removal = {"act": "remove", "read_version": "9" * 5000}
    address = f"{DESK}programmes/petit/dimensions/1/"
    assert desk.post(address, removal).status_code in (409, 422)
    draft.refresh_from_db()
    assert draft.state == DraftState.DRAFT


def test_a_programme_does_not_begin_after_what_it_holds(desk: Client, measure: Measure) -> None:
    """Else the days before could be read no more, and its export would not come back."""
    address = f"{DESK}programmes/petit/modifier/"
    form = {"title": "Petit", "slug": "petit", "started_on": "2022-02-01", "rhythm": "12"}
    sent = {**form, "read_version": str(editions.version_of(measure.programme))}
    answer = desk.post(address, sent)
    assert "du 1er janvier 2022" in answer.content.decode()
    assert answer.status_code == 409
    assert desk.post(address, {**sent, "started_on": "2021-12-01"}).status_code == 302


def test_whatever_is_typed_at_the_desk_comes_back_from_its_export(
    desk: Client, measure: Measure, tmp_path: Path
) -> None:
    """Signs that no workbook holds, long titles, short names in capitals."""
    base = f"{DESK}programmes/petit/"
    shown = {"label": "Cas\x0b " + "x" * 280, "code": "Cas_Recenses", "unit": "c\x1fas"}
    assert desk.post(f"{base}mesures/1/indicateurs/nouveau/", shown).status_code == 302
    statement = {"title": "y" * 290, "dated_on": "2022-05-01", "source_label": "Source\x0c"}
    assert desk.post(f"{base}declarations/nouveau/", statement).status_code == 302
    worded = {"number": "3", "title": "Trois\x0b", "dimension": str(measure.dimension_id)}
    assert desk.post(f"{base}mesures/nouveau/", worded).status_code == 302
    for kind in ("csv", "xlsx"):
        path = tmp_path / f"petit.{kind}"
        path.write_bytes(desk.get(f"/feuille-de-route/export.{kind}").content)
        loaded = load_file(by=SYSTEM, path=path)
        assert (loaded.rejected, loaded.created, loaded.updated) == ([], 0, 0)


def test_a_study_in_draft_is_told_to_the_desk_alone(desk: Client, measure: Measure) -> None:
    Study.objects.create(slug="secrete", title="Une étude à paraître", state=State.DRAFT)
    measures.link(by=SYSTEM, measure=measure, kind="study", key="secrete")
    assert "Une étude à paraître" in desk.get(f"{DESK}programmes/petit/mesures/1/personnes/").content.decode()
    assert "Une étude à paraître" not in Client().get(measure.get_absolute_url()).content.decode()
    Study.objects.update(state=State.PUBLISHED)
    assert "Une étude à paraître" in Client().get(measure.get_absolute_url()).content.decode()
