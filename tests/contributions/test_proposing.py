"""Proposing a case: saved as it goes, resumed by a link, sent once, whatever the browser replays."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from fairealliance.contributions import suspicion, tokens
from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import AccessLink, Proposal
from tests.contributions.conftest import CONTACT, WHAT, Proposing, link_in, old_stamp
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.pages import read

pytestmark = pytest.mark.django_db


def test_a_case_is_told_step_by_step_and_sent(someone: Proposing) -> None:
    someone.tell_all()
    review = read(someone.client, f"{someone.address}relire/")
    assert review.status == 200
    for words in (WHAT["title"], "Saint-Étienne", "Le Garage du Coin (entreprise, porteur)", "48 500 €", "27 sur 40"):
        assert words in review.words
    assert someone.send().status_code == 302
    proposal = someone.proposal
    assert (proposal.status, proposal.is_suspect) == (Status.SENT, False)
    assert proposal.consent_at
    (received,) = mail.outbox
    assert received.to == ["anne@exemple.fr"]
    page = read(Client(), link_in(received))
    assert "Bien reçue" in page.words


def test_what_is_not_right_yet_is_kept_and_said(someone: Proposing) -> None:
    someone.begin()
    answer = someone.save("comment", {"start_year": "vingt", "end_year": "2001", "results": "On ne sait pas."})
    assert answer.status_code == 422
    assert "Une année en quatre chiffres" in answer.content.decode()
    again = read(someone.client, f"{someone.address}etape/comment/")
    assert 'value="vingt"' in again.raw
    assert "On ne sait pas." in again.words
    assert "Une année en quatre chiffres" not in again.words  # opened again, it is a form, not a reproach


@pytest.mark.parametrize("year", ["0202399999", "02023" + "9" * 5000])
def test_a_year_is_four_digits_whatever_they_begin_with(someone: Proposing, year: str) -> None:
    """Once published, such a year was more than the index of the search holds, and stopped it."""
    someone.begin()
    answer = someone.save("comment", {"start_year": year})
    assert answer.status_code == 422
    assert "Une année en quatre chiffres" in answer.content.decode()


def test_nothing_can_be_sent_before_it_is_whole(someone: Proposing) -> None:
    someone.begin()
    someone.save("quoi", {"title": "Presque rien"})
    answer = someone.send()
    assert answer.status_code == 422
    assert "Cette réponse est nécessaire" in answer.content.decode()
    assert someone.proposal.status == Status.DRAFT
    assert mail.outbox == []


def test_without_consent_nothing_is_sent(someone: Proposing) -> None:
    someone.tell_all()
    answer = someone.save("contact", {**{k: v for k, v in CONTACT.items() if k != "consent"}})
    assert answer.status_code == 422
    assert someone.send().status_code == 422
    assert someone.proposal.status == Status.DRAFT


def test_the_same_page_begins_one_draft(someone: Proposing) -> None:
    stamp = suspicion.new_stamp()
    someone.begin(stamp)
    someone.begin(stamp)
    assert Proposal.objects.count() == 1
    someone.begin()
    assert Proposal.objects.count() == 2


def test_sent_twice_is_sent_once(someone: Proposing) -> None:
    someone.tell_all()
    someone.send()
    assert someone.send().status_code == 302
    assert len(mail.outbox) == 1
    assert Proposal.objects.count() == 1


def test_a_step_sent_again_after_sending_changes_nothing(sent: Proposing) -> None:
    answer = sent.client.post(f"{sent.address}etape/quoi/", {"title": "Autre", "version": 1, "do": "continuer"})
    assert answer.status_code == 302
    assert sent.proposal.title == WHAT["title"]


def test_two_windows_on_one_step_lose_nothing(someone: Proposing) -> None:
    someone.begin()
    address = f"{someone.address}etape/quoi/"
    first = {"version": "0", "editing": "fenetre-une", "do": "continuer"}
    second = {"version": "0", "editing": "fenetre-deux", "do": "continuer"}
    someone.client.post(address, {**WHAT, **first})
    answer = someone.client.post(address, {**WHAT, "title": "Un autre titre", **second})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Un autre titre" in page
    assert WHAT["title"] in page
    assert someone.proposal.title == WHAT["title"]  # kept until the person chose
    assert (
        someone.client.post(address, {**WHAT, "title": "Un autre titre", **second, "version": "1"}).status_code == 302
    )
    assert someone.proposal.title == "Un autre titre"


def test_the_window_that_wrote_last_is_no_stranger_to_itself(someone: Proposing) -> None:
    """Its autosave may pass its own button on the way."""
    someone.begin()
    base = {"version": "0", "editing": "fenetre-une"}
    saved = someone.client.post(f"{someone.address}etape/quoi/enregistrer/", {"title": "Un début", **base})
    assert "Enregistré à" in saved.content.decode()
    assert 'value="1"' in saved.content.decode()
    assert someone.client.post(f"{someone.address}etape/quoi/", {**WHAT, **base, "do": "continuer"}).status_code == 302
    assert someone.proposal.title == WHAT["title"]


def test_autosave_tells_a_conflict_and_writes_nothing_over(someone: Proposing) -> None:
    someone.begin()
    someone.save("quoi", WHAT)
    answer = someone.client.post(
        f"{someone.address}etape/quoi/enregistrer/", {"title": "Vieux", "version": "0", "editing": "autre"}
    )
    assert "autre fenêtre" in answer.content.decode()
    assert someone.proposal.title == WHAT["title"]


def test_a_homonym_asks_which(someone: Proposing) -> None:
    someone.begin()
    answer = someone.save("ou", {"place_0": "xyzxyz", "partner_0_name": "Nous"})
    assert answer.status_code == 422
    assert "Nous ne connaissons pas ce lieu" in answer.content.decode()


def test_homonyms_are_chosen_without_javascript(someone: Proposing) -> None:
    for code, name in (("93066", "Saint-Denis"), ("97411", "Saint-Denis")):
        TerritoryFactory(code=code, name=name, slug="saint-denis", population=120_000)
    someone.begin()
    data = {"place_0": "saint denis", "partner_0_name": "Nous"}
    answer = someone.save("ou", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "choisissez le bon" in page
    assert re.search(r'<input type="radio" name="place_0_which" value="commune:97411">', page)
    choice = {**data, "place_0_asked": "saint denis", "place_0_which": "commune:97411"}
    assert someone.save("ou", {**choice, "place_0": "Saint-Étienne"}).status_code == 302
    assert someone.proposal.content["ou"]["place_0"] == "Saint-Étienne"  # typed anew: the choice was of another name
    assert someone.save("ou", choice).status_code == 302
    assert someone.proposal.content["ou"]["place_0"] == "commune:97411"


def test_an_organisation_we_know_tells_its_own_sphere(someone: Proposing) -> None:
    known = OrganisationFactory(name="Mairie du Lac", slug="mairie-du-lac", sphere="collectivite")
    (hit,) = someone.client.get("/organisations/suggestions", {"q": "mairie du lac"}).json()
    assert hit["sphere"] == "collectivite"
    someone.begin()
    someone.save("ou", {"place_0": "commune:42218", "partner_0_name": f"organisation:{known.pk}"})
    page = read(someone.client, f"{someone.address}etape/ou/").raw
    chosen = page.partition('name="partner_0_sphere"')[2].partition("</select>")[0]
    assert '<option value="collectivite" selected>' in chosen


def test_leaving_a_step_for_the_link_keeps_what_was_typed(someone: Proposing) -> None:
    """Without JavaScript a plain link would lose it: it is a button of the form."""
    someone.begin()
    page = read(someone.client, f"{someone.address}etape/quoi/").raw
    button = re.search(r"<button[^>]*>Recevoir le lien pour reprendre plus tard", page)
    assert button
    assert 'form="etape"' in button.group(0)
    assert 'value="tard"' in button.group(0)
    assert someone.save("quoi", {"title": "Juste un titre"}, do="tard").headers["Location"] == someone.address
    assert someone.proposal.title == "Juste un titre"


def test_steps_say_which_are_done(someone: Proposing) -> None:
    someone.begin()
    someone.save("quoi", WHAT)
    someone.save("ou", {"place_0": "commune:42218"})
    steps = read(someone.client, f"{someone.address}etape/comment/").raw
    links = re.findall(r"<li><a.*?</li>", steps.partition("proposal-steps")[2].partition("</nav>")[0], re.DOTALL)
    said = ["(terminée)" in link for link in links], ["(à compléter)" in link for link in links]
    assert said == ([True, False, False, False, False], [False, True, False, False, False])
    assert ["</svg>" in link for link in links] == [True, False, False, False, False]


@pytest.mark.parametrize("said", ["environ 12 000 €", "12000 euros", "~ 12 000", "12\u202f000,00 €"])
def test_a_cost_as_people_say_it(someone: Proposing, said: str) -> None:
    someone.begin()
    assert someone.save("comment", {"cost": said}).status_code == 302
    assert someone.proposal.content["comment"]["cost"] == said


def test_rows_are_added_without_javascript(someone: Proposing) -> None:
    someone.begin()
    page = read(someone.client, f"{someone.address}etape/ou/")
    assert 'name="partner_2_name"' in page.raw
    assert 'name="partner_3_name"' not in page.raw
    data = {f"partner_{n}_name": f"Organisation {n}" for n in range(3)}
    answer = someone.save("ou", {"place_0": "commune:42218", **data}, do="plus-partenaires")
    page = read(someone.client, answer.headers["Location"].partition("#")[0])
    assert 'name="partner_3_name"' in page.raw
    assert "Organisation 2" in page.raw


def test_an_organisation_we_know_is_told_by_its_reference(someone: Proposing) -> None:
    hits = someone.client.get("/organisations/suggestions", {"q": "552 081 317"}).json()
    assert [hit["name"] for hit in hits] == ["L’Atelier"]
    assert someone.client.get("/organisations/suggestions", {"q": "l'atel"}).json() == hits
    assert someone.client.get("/organisations/suggestions", {"q": "atelier"}).json() == hits
    someone.begin()
    someone.save("ou", {"place_0": "commune:42218", "partner_0_name": hits[0]["ref"]})
    assert "L’Atelier" in read(someone.client, f"{someone.address}relire/").words


def ask_link(someone: Proposing, email: str = "anne@exemple.fr", **data: str):
    page = {"page": suspicion.new_stamp(), "site_internet": ""}
    return someone.client.post(f"{someone.address}lien/", {"email": email, **page, **data})


def test_a_link_by_mail_leads_back(someone: Proposing) -> None:
    someone.begin()
    someone.save("quoi", WHAT)
    assert ask_link(someone).status_code == 302
    other_machine = Client()
    page = read(other_machine, link_in(mail.outbox[0]))
    assert "Elle n’est pas encore envoyée" in page.words
    assert WHAT["title"] in page.words


def test_one_goes_on_where_one_left(someone: Proposing) -> None:
    """Not past a step that asks for nothing and was never seen: photos would never be asked for."""
    someone.begin()
    someone.save("quoi", WHAT)
    someone.save("ou", {"place_0": "commune:42218", "partner_0_name": "Le Garage du Coin"})
    someone.save("comment", {"start_year": "2021"}, do="tard")
    assert (
        f'href="{someone.address}etape/preuves/"' in read(someone.client, someone.address).raw.partition("Reprendre")[0]
    )
    someone.save("preuves", {})
    assert (
        f'href="{someone.address}etape/contact/"' in read(someone.client, someone.address).raw.partition("Reprendre")[0]
    )


def test_only_digests_of_links_are_kept(someone: Proposing) -> None:
    address = someone.begin()
    token = address.split("/")[3]
    assert not AccessLink.objects.filter(token_digest=token).exists()
    assert AccessLink.objects.filter(token_digest=tokens.digest(token)).exists()


def test_an_expired_link_is_replaced_by_mail_to_the_address_already_left(someone: Proposing) -> None:
    someone.tell_all()
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = read(someone.client, someone.address)
    assert page.status == 410
    assert WHAT["title"] not in page.words
    stranger = Client()
    stranger.post(f"{someone.address}nouveau-lien/", {"email": "voleur@exemple.fr"})
    (message,) = mail.outbox
    assert message.to == ["anne@exemple.fr"]
    assert read(Client(), link_in(message)).status == 200


def test_an_unknown_link_is_a_kind_404(client: Client) -> None:
    page = read(client, "/contribuer/cas/nimportequoi/")
    assert page.status == 404
    assert "ne mène à aucune proposition" in page.words


def test_withdrawn_is_over(sent: Proposing) -> None:
    sent.client.post(f"{sent.address}retirer/")
    assert sent.proposal.status == Status.WITHDRAWN
    assert sent.client.post(f"{sent.address}retirer/").status_code == 302
    assert "Vous l’avez retirée" in read(sent.client, sent.address).words


def test_pages_are_neither_listed_nor_kept_by_caches(someone: Proposing) -> None:
    someone.begin()
    response = someone.client.get(someone.address)
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"site_internet": "http://spam.example"}, "case invisible"),
        ({"page": "inventé"}, "pas de celles"),
    ],
)
def test_what_looks_like_spam_is_put_apart_and_never_lost(someone: Proposing, extra: dict, reason: str) -> None:
    someone.tell_all()
    assert someone.send(**extra).status_code == 302
    proposal = someone.proposal
    assert proposal.is_suspect
    assert reason in " ".join(proposal.suspicions)
    assert list(Proposal.objects.of_pile("suspect")) == [proposal]
    assert list(Proposal.objects.of_pile("todo")) == []
    assert mail.outbox == []  # nobody gets mail because a robot typed their address


def test_four_seconds_are_too_few(someone: Proposing) -> None:
    someone.tell_all()
    someone.send(after=timedelta(seconds=2))
    assert "moins de quatre secondes" in " ".join(someone.proposal.suspicions)


def test_a_story_told_in_ten_minutes_may_be_sent_as_soon_as_it_is_read_over(someone: Proposing) -> None:
    someone.tell_all()
    someone.send(page=suspicion.new_stamp())
    assert not someone.proposal.is_suspect
    assert len(mail.outbox) == 1


def test_the_same_story_again_is_told_apart(sent: Proposing) -> None:
    again = Proposing(Client(), sent.monkeypatch, sent.commune)
    again.begin()
    again.address = again.address
    for step, data in (("quoi", WHAT), ("ou", again.where()), ("comment", {}), ("preuves", {}), ("contact", CONTACT)):
        assert again.save(step, data).status_code == 302
    again.send()
    assert Proposal.objects.filter(is_suspect=True).count() == 1


def test_beginning_without_end_is_refused_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairealliance.contributions.views.proposing.MOST_BEGUN", 2)
    for _ in range(2):
        assert client.post("/contribuer/commencer/", {"page": suspicion.new_stamp()}).status_code == 302
    answer = client.post("/contribuer/commencer/", {"page": suspicion.new_stamp()})
    assert answer.status_code == 429
    assert "réessayez dans une heure" in answer.content.decode()


def test_control_signs_and_endless_text_are_survived(someone: Proposing) -> None:
    someone.begin()
    answer = someone.save("quoi", {**WHAT, "title": "Un\x00 titre", "summary": "a" * 50_000})
    assert answer.status_code == 422
    assert someone.proposal.title == "Un titre"


def test_a_null_sign_never_reaches_the_database(someone: Proposing) -> None:
    """PostgreSQL holds none: in a choice or in the name of a window it would break the page."""
    someone.begin()
    data = {"title": "Un titre", "themes": "a\x00b", "editing": "e\x00", "version": "0"}
    assert someone.client.post(f"{someone.address}etape/quoi/enregistrer/", data).status_code == 200
    proposal = someone.proposal
    assert proposal.content["quoi"]["themes"] == ["ab"]
    assert proposal.saved["quoi"][1] == "e"


def test_nobody_s_words_are_mailed_to_others_before_an_editor_read_them(someone: Proposing) -> None:
    someone.tell_all()
    ask_link(someone, "victime@exemple.fr")
    someone.send()
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert WHAT["title"] not in message.body + str(message.alternatives)
        assert "votre exemple »" not in message.body


def test_links_are_counted_by_proposal_and_by_address(client: Client, someone: Proposing) -> None:
    someone.begin()
    sent = [ask_link(someone, f"un{n}@exemple.fr").status_code for n in range(6)]
    assert sent == [302] * 5 + [429]
    sent = []
    for _ in range(4):
        someone.begin()
        sent.append(ask_link(someone, "Victime@exemple.fr").status_code)
    assert sent == [302] * 3 + [429]


@pytest.mark.parametrize("extra", [{"site_internet": "x"}, {"page": "inventé"}])
def test_a_robot_has_no_link_mailed_and_the_address_stays_typed(someone: Proposing, extra: dict[str, str]) -> None:
    someone.begin()
    answer = ask_link(someone, **extra)
    assert answer.status_code == 422
    assert 'value="anne@exemple.fr"' in answer.content.decode()
    assert mail.outbox == []


def test_an_address_that_gets_many_receipts_gets_no_more(someone: Proposing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspicion, "USUAL_SENT_TO_ONE", 0)
    someone.tell_all()
    someone.send()
    assert "même adresse de courriel" in " ".join(someone.proposal.suspicions)
    assert mail.outbox == []


def test_stamps_are_of_their_age(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control of the fixture: an old stamp is old, a new one is not."""
    judged = suspicion.Judgement()
    suspicion._judge_time(old_stamp(monkeypatch), None, judged)
    assert judged.weight == 0
    suspicion._judge_time(suspicion.new_stamp(), None, judged)
    assert judged.is_suspect
