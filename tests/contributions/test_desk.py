"""Moderating at the desk: the piles, the thread, publishing and undoing, two editors at once, corrections."""

import io
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from fairealliance.accounts.models import User
from fairealliance.contributions import actions, suspicion
from fairealliance.contributions.actions.shared import Stale
from fairealliance.contributions.enums import CorrectionStatus, Status
from fairealliance.contributions.life import TABLE, Verb, can, next_status
from fairealliance.contributions.models import Attachment, Correction, Proposal
from fairealliance.journal.models import Change, Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.practices.models import Practice
from fairealliance.staff.contributions.differences import side_by_side
from tests.contributions.conftest import WHAT, Proposing, link_in, old_stamp
from tests.factories import OrganisationFactory, PracticeFactory, ResourceFactory
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"staff_contributions:{name}", args=args)


@pytest.mark.parametrize("name", ["queue", "corrections"])
def test_the_desk_is_for_editors(name: str, client: Client, outsider: User) -> None:
    assert client.get(url(name)).status_code == 302
    client.force_login(outsider)
    assert client.get(url(name)).status_code == 403


def test_actions_of_the_desk_refuse_an_outsider(sent: Proposing, outsider: User) -> None:
    proposal = sent.proposal
    for act in (
        lambda: actions.accept(by=outsider, proposal=proposal, version=proposal.version),
        lambda: actions.decline(by=outsider, proposal=proposal, version=proposal.version, reason="non"),
        lambda: actions.ask(by=outsider, proposal=proposal, version=proposal.version, text="?", page_key="k"),
        lambda: actions.edit(by=outsider, proposal=proposal, version=proposal.version, steps={}),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Practice.objects.count() == 0


def test_published_it_is_a_practice_and_search_is_told(sent: Proposing, desk: Client) -> None:
    proposal = sent.proposal
    page = read(desk, url("detail", proposal.pk))
    assert WHAT["title"] in page.words
    Change.objects.all().delete()
    answer = desk.post(url("accept", proposal.pk), {"version": proposal.version}, follow=True)
    assert "publié" in answer.content.decode()
    practice = Practice.objects.get()
    assert (practice.title, practice.start_year, str(practice.cost)) == (WHAT["title"], 2022, "48500.00")
    assert practice.goals == [4, 17]
    assert [place.name for place in practice.territories.all()] == ["Saint-Étienne"]
    assert [(row.name, row.sphere, row.role) for row in practice.partners.all()] == [
        ("Le Garage du Coin", "entreprise", "lead")
    ]
    assert practice.source
    assert practice.source.label == "Contributions"
    assert Change.objects.filter(kind="practice", key=str(practice.pk)).exists()
    public = read(Client(), practice.get_absolute_url())
    assert WHAT["summary"] in public.words
    assert "anne@exemple.fr" not in public.raw
    (told,) = mail.outbox
    assert practice.get_absolute_url() in told.body
    assert "Votre exemple est publié" in read(Client(), link_in(told)).words


def test_its_page_says_that_it_was_proposed_here(sent: Proposing, desk: Client) -> None:
    proposal = sent.proposal
    desk.post(url("accept", proposal.pk), {"version": proposal.version})
    page = read(desk, Practice.objects.get().get_absolute_url())
    assert "Proposé sur ce site, publié le" in page.words
    assert "Importé le" not in page.words


def test_publishing_twice_makes_one(sent: Proposing, desk: Client) -> None:
    version = sent.proposal.version
    desk.post(url("accept", sent.proposal.pk), {"version": version})
    assert desk.post(url("accept", sent.proposal.pk), {"version": version}).status_code == 302
    assert Practice.objects.count() == 1
    assert len(mail.outbox) == 1


def test_the_preview_is_the_public_page_and_leaves_nothing(sent: Proposing, desk: Client) -> None:
    changes = Change.objects.count()
    page = read(desk, url("preview", sent.proposal.pk))
    assert page.status == 200
    assert "Aperçu : cette page n’est pas en ligne." in page.words
    assert 'rel="canonical"' not in page.raw
    assert WHAT["summary"] in page.words
    assert Practice.objects.count() == 0
    assert Change.objects.count() == changes


def test_undone_the_page_is_gone_and_it_can_be_published_again(sent: Proposing, desk: Client) -> None:
    proposal = sent.proposal
    desk.post(url("accept", proposal.pk), {"version": proposal.version})
    practice = Practice.objects.get()
    desk.post(url("unpublish", proposal.pk), {"version": sent.proposal.version})
    assert read(Client(), practice.get_absolute_url()).status == 404
    assert sent.proposal.status == Status.SENT
    assert Change.objects.filter(kind="practice", key=str(practice.pk)).count() == 2
    assert Entry.objects.filter(verb="practice-removed", subject=f"practice:{practice.pk}").exists()
    desk.post(url("accept", proposal.pk), {"version": sent.proposal.version})
    assert Practice.objects.count() == 1


def test_a_question_and_its_answer(sent: Proposing, desk: Client) -> None:
    proposal = sent.proposal
    stamp = suspicion.new_stamp()
    sent_data = {"version": proposal.version, "text": "Combien de jeunes ?", "page": stamp}
    desk.post(url("ask", proposal.pk), sent_data)
    desk.post(url("ask", proposal.pk), sent_data)  # the button pressed twice
    assert sent.proposal.status == Status.QUESTION
    (asked,) = mail.outbox
    assert "Combien de jeunes ?" in asked.body
    page = read(Client(), link_in(asked))
    assert "L’équipe vous pose une question" in page.words
    reply = {"text": "Quarante.", "page": suspicion.new_stamp()}
    sent.client.post(f"{sent.address}repondre/", reply)
    sent.client.post(f"{sent.address}repondre/", reply)
    assert sent.proposal.status == Status.SENT
    assert sent.proposal.messages.count() == 2
    assert "Quarante." in read(desk, url("detail", proposal.pk)).words


def test_publishing_before_the_answer_is_no_first_thought(sent: Proposing, desk: Client) -> None:
    proposal = sent.proposal
    assert '<button class="button" type="submit">Publier</button>' in read(desk, url("detail", proposal.pk)).raw
    stamp = suspicion.new_stamp()
    desk.post(url("ask", proposal.pk), {"version": proposal.version, "text": "Combien ?", "page": stamp})
    page = read(desk, url("detail", proposal.pk))
    assert "la réponse n’est pas encore arrivée" in page.words
    assert '<button class="button button-secondary" type="submit">Publier sans attendre' in page.raw


def test_nobody_is_refused_in_silence_unless_an_editor_says_so(someone: Proposing, desk: Client) -> None:
    someone.tell_all()
    someone.send(site_internet="x")
    page = read(desk, url("detail", someone.proposal.pk)).raw
    assert '<input type="checkbox" name="quietly" value="1">' in page
    desk.post(url("decline", someone.proposal.pk), {"version": someone.proposal.version, "reason": "Hors sujet."})
    assert "Hors sujet." in mail.outbox[0].body


def test_a_cost_roughly_known_is_published_as_such(someone: Proposing, desk: Client) -> None:
    someone.tell_all()
    someone.save("comment", {"cost": "environ 12 000 €", "funding": "La commune."})
    someone.send()
    desk.post(url("accept", someone.proposal.pk), {"version": someone.proposal.version})
    practice = Practice.objects.get()
    assert practice.cost == 12_000
    assert practice.funding == "La commune.\nLe coût total n’est connu qu’à peu près : « environ 12 000 € »."


def test_declined_with_a_reason_which_is_told(sent: Proposing, desk: Client) -> None:
    proposal = sent.proposal
    empty = desk.post(url("decline", proposal.pk), {"version": proposal.version, "reason": " "})
    assert empty.status_code == 422
    desk.post(url("decline", proposal.pk), {"version": proposal.version, "reason": "Déjà publié."})
    assert sent.proposal.status == Status.DECLINED
    assert "Déjà publié." in mail.outbox[0].body
    assert "Déjà publié." in read(sent.client, sent.address).words
    desk.post(url("reopen", proposal.pk), {"version": sent.proposal.version})
    assert sent.proposal.status == Status.SENT


def test_two_editors_never_undo_each_other(sent: Proposing, desk: Client, other_editor: User) -> None:
    proposal = sent.proposal
    seen = proposal.version
    actions.edit(by=other_editor, proposal=proposal, version=seen, steps={"quoi": {"title": "Le titre de Dominique"}})
    answer = desk.post(url("decline", proposal.pk), {"version": seen, "reason": "Un long motif réfléchi."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dominique" in page
    assert "Un long motif réfléchi." in page
    assert sent.proposal.status == Status.SENT
    late = desk.post(url("edit", proposal.pk), {"version": seen, "title": "Le titre de Camille"})
    assert late.status_code == 409
    assert "Le titre de Camille" in late.content.decode()
    assert sent.proposal.title == "Le titre de Dominique"


def test_the_editor_mends_the_words(sent: Proposing, desk: Client) -> None:
    proposal = sent.proposal
    page = read(desk, url("edit", proposal.pk))
    assert 'name="partner_1_name"' in page.raw
    assert "anne@exemple.fr" not in page.raw
    desk.post(url("edit", proposal.pk), {"version": proposal.version, "title": "Mieux dit", "goals": ["8"]})
    assert sent.proposal.title == "Mieux dit"
    entry = Entry.objects.get(verb="proposal-edited")
    assert entry.author.label == "Camille"
    assert entry.detail["before"]["quoi"]["title"] == WHAT["title"]


def test_drafts_are_nobodys_business(someone: Proposing, desk: Client) -> None:
    someone.begin()
    someone.save("quoi", WHAT)
    assert WHAT["title"] not in read(desk, url("queue") + "?pile=all").words
    assert desk.get(url("detail", someone.proposal.pk)).status_code == 404


def test_suspects_wait_in_their_pile_until_trusted(someone: Proposing, desk: Client) -> None:
    someone.tell_all()
    someone.send(site_internet="x")
    assert WHAT["title"] not in read(desk, url("queue")).words
    assert WHAT["title"] in read(desk, url("queue") + "?pile=suspect").words
    assert "1 mise à part" in read(desk, url("queue")).words
    assert "?pile=suspect" in read(desk, "/gestion/").raw
    assert "1 exemple mis à part" in read(desk, "/gestion/").words
    desk.post(url("trust", someone.proposal.pk), {"version": someone.proposal.version})
    assert WHAT["title"] in read(desk, url("queue")).words


def _many(count: int) -> None:
    Proposal.objects.bulk_create(
        Proposal(start_key=f"k{n}", title=f"Titre {n}", status=Status.SENT, consent_at=timezone.now())
        for n in range(count)
    )


def test_the_queue_costs_the_same_at_one_row_and_at_twenty(desk: Client, editor: User) -> None:
    _many(1)
    read(desk, url("queue"))
    one = read(desk, url("queue"))
    Proposal.objects.all().delete()
    _many(45)
    twenty = read(desk, url("queue"))
    assert one.queries == twenty.queries
    assert "Page 1 sur 3" in twenty.words
    assert "Titre 44" in read(desk, url("queue") + "?page=3").words
    assert "Titre 7 " in read(desk, url("queue") + "?q=titre+7").words


def test_the_table_of_moves_is_whole() -> None:
    """Every state has a way out or is an end, and nothing moves that the table does not name."""
    for verb, move in TABLE.items():
        for status in Status:
            if can(verb, status):
                assert next_status(verb, status) == move.end
            else:
                with pytest.raises(NotAllowed):
                    next_status(verb, status)
    assert not any(can(verb, Status.WITHDRAWN) for verb in Verb)


# Files -------------------------------------------------------------------------------------------------------------


def photo(size: tuple[int, int] = (40, 30), **options: object) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, str(options.pop("format", "JPEG")), **options)
    file.seek(0)
    file.name = "photo.jpg"
    return file


def whole(response):
    """Read to its end, which closes it, as a server does."""
    b"".join(response.streaming_content)
    return response


def with_photo(someone: Proposing) -> Attachment:
    answer = someone.save("preuves", {"photo": photo(), "photo_words": "Cinq jeunes"}, do="joindre")
    assert answer.status_code == 302
    return Attachment.objects.get(kind="photo")


def test_the_preview_shows_the_files_from_the_desk(someone: Proposing, desk: Client) -> None:
    someone.begin()
    attachment = with_photo(someone)
    someone.tell_all()
    someone.send()
    shown = url("file", someone.proposal.pk, attachment.pk)
    page = read(desk, url("preview", someone.proposal.pk))
    assert f'<img src="{shown}" alt="Cinq jeunes"' in page.raw
    assert whole(desk.get(shown)).status_code == 200
    kept = [whole(desk.get(shown)), desk.get(url("preview", someone.proposal.pk))]
    assert all("no-store" in each["Cache-Control"] for each in kept), "not public yet: no browser keeps it"
    assert Client().get(shown).status_code == 302
    desk.post(url("accept", someone.proposal.pk), {"version": someone.proposal.version})
    public = read(desk, Practice.objects.get().get_absolute_url())
    assert f'<img src="/contribuer/fichiers/{attachment.key}.jpg" alt="Cinq jeunes"' in public.raw
    assert shown not in public.raw


def test_a_document_has_its_mark_within_its_link(someone: Proposing, desk: Client) -> None:
    """As in a thread: beside the words, not alone on a line above them."""
    someone.begin()
    pdf = io.BytesIO(b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n")
    pdf.name = "bilan.pdf"
    someone.save("preuves", {"document": pdf, "document_words": "Le bilan"}, do="joindre")
    with_photo(someone)
    someone.tell_all()
    someone.send()
    page = read(desk, url("preview", someone.proposal.pk))
    assert '<h2 id="images">Images et documents</h2>' in page.raw
    assert re.search(r'<a href="[^"]+/fichiers/[^"]+"><svg [^>]*>.*?</svg> Le bilan</a>', page.raw)


def test_a_photo_is_private_until_published_and_private_again_when_undone(someone: Proposing, editor: User) -> None:
    someone.begin()
    attachment = with_photo(someone)
    public = f"/contribuer/fichiers/{attachment.key}.jpg"
    own = f"{someone.address}fichiers/{attachment.pk}/"
    assert whole(someone.client.get(own)).status_code == 200
    assert Client().get(public).status_code == 404
    someone.tell_all()
    someone.send()
    practice = actions.accept(by=editor, proposal=someone.proposal, version=someone.proposal.version)
    served = whole(Client().get(public))
    assert served.status_code == 200
    assert served.headers["Content-Type"] == "image/jpeg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    page = read(Client(), practice.get_absolute_url())
    assert f'src="{public}" alt="Cinq jeunes"' in page.raw
    assert page.raw.index("En images") < page.raw.index("<aside"), "within the story, not after the examples alike"
    actions.unpublish(by=editor, proposal=someone.proposal, version=someone.proposal.version)
    assert Client().get(public).status_code == 404


# Corrections -------------------------------------------------------------------------------------------------------


def suggest(client: Client, monkeypatch: pytest.MonkeyPatch, ref: str, **data: str):
    form = {"objet": ref, "field": "title", "after": "Le bon titre de cette page", "contact_email": "anne@exemple.fr"}
    return client.post("/contribuer/correction/", {**form, "page": old_stamp(monkeypatch), **data})


def test_other_words_from_the_same_page_are_another_line(sent: Proposing, editor: User) -> None:
    def written() -> list[str]:
        return list(sent.proposal.messages.order_by("pk").values_list("text", flat=True))

    actions.say(by=editor, proposal=sent.proposal, text="Combien ?", page_key="k")
    actions.say(by=editor, proposal=sent.proposal, text="Combien ?", page_key="k")
    actions.say(by=editor, proposal=sent.proposal, text="Et où ?", page_key="k")
    actions.answer(proposal=sent.proposal, text="Et où ?", page_key="k")
    assert written() == ["Combien ?", "Et où ?", "Et où ?"]


def test_another_remark_from_the_same_page_is_another(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ref, page = f"practice:{PracticeFactory(title='Faux').pk}", old_stamp(monkeypatch)
    for after in ("Un premier titre, plus juste", "Un premier titre, plus juste", "Un second titre, encore plus juste"):
        suggest(client, monkeypatch, ref, after=after, page=page)
    told = Correction.objects.order_by("pk").values_list("after", "is_suspect")
    assert list(told) == [("Un premier titre, plus juste", False), ("Un second titre, encore plus juste", False)]


@pytest.mark.parametrize(
    ("make", "kind"),
    [(PracticeFactory, "practice"), (OrganisationFactory, "organisation"), (ResourceFactory, "resource")],
)
def test_every_page_leads_to_its_correction(client: Client, make, kind: str) -> None:
    thing = make()
    page = read(client, thing.get_absolute_url())
    address = f"/contribuer/correction/?objet={kind}:{thing.pk}"
    assert address in page.raw
    assert read(client, address).status == 200


@pytest.mark.parametrize("ref", ["", "practice:9999", "practice:x", "user:1", "practice:" + "9" * 40])
def test_nothing_to_correct_is_a_404(client: Client, ref: str) -> None:
    assert client.get("/contribuer/correction/", {"objet": ref}).status_code == 404


def test_a_correction_goes_from_the_reader_to_the_page(
    client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = PracticeFactory(title="Le mauvais titre")
    assert suggest(client, monkeypatch, f"practice:{practice.pk}").status_code == 302
    correction = Correction.objects.get()
    assert not correction.is_suspect
    page = read(desk, url("correction", correction.pk))
    assert "<del>mauvais</del>" in page.raw
    Change.objects.all().delete()
    desk.post(url("correction-accept", correction.pk), {"version": 1, "text": "Le très bon titre"})
    practice.refresh_from_db()
    assert (practice.title, practice.slug) == ("Le très bon titre", "le-tres-bon-titre")
    assert Change.objects.filter(kind="practice", key=str(practice.pk)).exists()
    entry = Entry.objects.get(verb="practice-corrected")
    assert entry.detail == {"field": "title", "before": "Le mauvais titre", "after": "Le très bon titre"}
    (told,) = mail.outbox
    assert told.to == ["anne@exemple.fr"]
    assert "Vous aviez raison" in told.body


def test_what_was_mended_meanwhile_is_not_written_over(
    client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = PracticeFactory(title="Le mauvais titre")
    suggest(client, monkeypatch, f"practice:{practice.pk}")
    correction = Correction.objects.get()
    opened = read(desk, url("correction", correction.pk)).raw
    assert 'name="seen" value="Le mauvais titre"' in opened
    Practice.objects.update(title="Un titre revu entre-temps")
    asked = {"version": 1, "text": "Mon titre à moi"}
    for sent in ({**asked, "seen": "Le mauvais titre"}, asked):
        answer = desk.post(url("correction-accept", correction.pk), sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "la page a changé" in page
        assert "Mon titre à moi" in page
        assert 'name="seen" value="Un titre revu entre-temps"' in page
    practice.refresh_from_db()
    assert practice.title == "Un titre revu entre-temps"
    again = {**asked, "seen": "Un titre revu entre-temps"}
    assert desk.post(url("correction-accept", correction.pk), again).status_code == 302
    practice.refresh_from_db()
    assert practice.title == "Mon titre à moi"


def test_a_correction_refused_tells_why(client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = PracticeFactory(title="Bon titre")
    suggest(client, monkeypatch, f"practice:{practice.pk}")
    correction = Correction.objects.get()
    desk.post(url("correction-refuse", correction.pk), {"version": 1, "reason": "La source dit autre chose."})
    practice.refresh_from_db()
    assert practice.title == "Bon titre"
    assert "La source dit autre chose." in mail.outbox[0].body


def test_money_is_read_and_corrected_as_people_write_it(
    client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = PracticeFactory(cost=21_000)
    suggest(client, monkeypatch, f"practice:{practice.pk}", field="cost", after="22 500,50 €")
    correction = Correction.objects.get()
    page = read(desk, url("correction", correction.pk))
    assert "21\u202f000\u00a0€" in page.raw.replace("<del>", "").replace("</del>", "")
    assert "21000.00" not in page.raw
    assert desk.post(url("correction-accept", correction.pk), {"version": 1, "text": "22 500,50 €"}).status_code == 302
    practice.refresh_from_db()
    assert str(practice.cost) == "22500.50"


def test_what_a_field_cannot_hold_is_refused_in_words(
    client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = PracticeFactory(start_year=2020)
    suggest(client, monkeypatch, f"practice:{practice.pk}", field="start_year", after="vers 2019 je crois bien")
    correction = Correction.objects.get()
    answer = desk.post(url("correction-accept", correction.pk), {"version": 1, "text": "vers 2019"})
    assert answer.status_code == 422
    correction.refresh_from_db()
    assert correction.status == CorrectionStatus.NEW
    assert desk.post(url("correction-accept", correction.pk), {"version": 1, "text": "2019"}).status_code == 302
    practice.refresh_from_db()
    assert practice.start_year == 2019


def test_two_editors_on_one_correction(
    client: Client, editor: User, other_editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = PracticeFactory()
    suggest(client, monkeypatch, f"practice:{practice.pk}")
    correction = Correction.objects.get()
    actions.accept_correction(by=editor, correction=correction, version=1, text="Un")
    with pytest.raises(Stale):
        actions.refuse_correction(by=other_editor, correction=correction, version=1, reason="non")
    practice.refresh_from_db()
    assert practice.title == "Un"


def test_a_correction_sent_twice_is_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = PracticeFactory()
    stamp = old_stamp(monkeypatch)
    for _ in range(2):
        assert suggest(client, monkeypatch, f"practice:{practice.pk}", page=stamp).status_code == 302
    assert Correction.objects.count() == 1


def test_a_suspect_who_was_right_is_told(client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = PracticeFactory()
    suggest(client, monkeypatch, f"practice:{practice.pk}", page="inventé")
    correction = Correction.objects.get()
    assert correction.is_suspect
    desk.post(url("correction-accept", correction.pk), {"version": 1, "text": "Mieux"})
    assert "Vous aviez raison" in mail.outbox[0].body


def test_links_by_the_dozen_are_put_apart(client: Client, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = PracticeFactory()
    text = " ".join(f"https://spam{n}.example/" for n in range(9))
    suggest(client, monkeypatch, f"practice:{practice.pk}", after=text)
    assert Correction.objects.get().is_suspect
    assert practice.title not in read(desk, url("corrections")).words
    assert practice.title in read(desk, url("corrections") + "?pile=suspect").words


def test_a_form_half_filled_keeps_what_was_typed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = PracticeFactory()
    answer = suggest(client, monkeypatch, f"practice:{practice.pk}", contact_email="anne@", comment="Je le sais")
    assert answer.status_code == 422
    assert "Je le sais" in answer.content.decode()
    assert Correction.objects.count() == 0


def test_preview_of_what_is_incomplete_says_what_is_missing(desk: Client, sent: Proposing) -> None:
    proposal = sent.proposal
    Proposal.objects.update(content={**proposal.content, "quoi": {**proposal.content["quoi"], "title": ""}})
    page = desk.get(f"/gestion/contributions/{proposal.pk}/apercu/")
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_differences_are_told_word_by_word() -> None:
    left, right = side_by_side("Un jardin, partagé.", "Un grand jardin, partagé !")
    assert [each.text for each in left if each.differs] == ["."]
    assert [each.text for each in right if each.differs] == ["grand", "!"]


@pytest.mark.parametrize(("before", "after"), [("a " * 1900, "a b " * 950), ("un deux " * 900, "deux un " * 900)])
def test_what_would_take_minutes_to_compare_is_told_whole(before: str, after: str) -> None:
    """Anybody may suggest such a text, and the desk opens it."""
    left, right = side_by_side(before, after)
    assert ([each.text for each in left], [each.text for each in right]) == ([before], [after])
