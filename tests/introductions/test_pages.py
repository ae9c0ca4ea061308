"""The pages: what each reads, what is hidden, what is refused in words, files, numbers of queries."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from fairealliance.introductions import actions
from fairealliance.introductions.actions import writing
from fairealliance.introductions.enums import Status
from fairealliance.introductions.models import Attachment, Introduction, Message
from fairealliance.network.models import Catalyst
from tests.introductions.world import ASKED_AT, after, asked, now_of, told
from tests.needs.cast import published
from tests.organisations import cast
from tests.organisations.cast import entered, read

HERE = "/mises-en-relation/"


def picture(name: str = "plan.jpg") -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/jpeg")


def test_asked_from_the_page_of_a_need(halle, fabrique, mia, fanny) -> None:
    need = published(fanny, fabrique, title="Un atelier partagé")
    client = entered(mia)
    page = read(client.get(need.get_absolute_url()))
    address = re.search(r'href="(/mises-en-relation/demander/\?besoin=\d+)"', page)
    assert address
    asking = read(client.get(address[1]))
    assert "Un atelier partagé" in asking
    assert "45 jours" in asking
    key = re.search(r'name="page_key" value="(\w+)"', asking)
    assert key
    sent = {"asker": halle.pk, "subject": "Un atelier", "text": "Bonjour !", "page_key": key[1]}
    assert client.post(address[1], {**sent, "text": ""}).status_code == 422
    answer = client.post(address[1], sent)
    assert client.post(address[1], sent).url == answer.url, "sent twice"
    made = Introduction.objects.get()
    assert (made.need, made.asker, made.asked) == (need, halle, fabrique)
    shown = read(client.get(answer.url))
    assert "Rappel par courriel à La Fabrique" in shown
    assert "Bonjour !" in shown


def test_the_way_to_ask_is_shown_to_others_only(halle, fabrique, mia, fanny) -> None:
    assert "Demander une mise en relation" in read(Client().get(fabrique.get_absolute_url()))
    assert "Demander une mise en relation" in read(entered(mia).get(fabrique.get_absolute_url()))
    assert "Demander une mise en relation" not in read(entered(fanny).get(fabrique.get_absolute_url()))


def test_of_ones_own_it_is_said_clearly(fabrique, fanny) -> None:
    page = read(entered(fanny).get(f"{HERE}demander/?a={fabrique.pk}"))
    assert "Vous agissez pour La Fabrique" in page


def test_what_is_not_ones_own_does_not_exist(halle, fabrique, mia, fanny, oscar, editor) -> None:
    made = asked(mia, halle, fabrique)
    absent = entered(oscar).get(f"{HERE}{made.pk + 1}/")
    hidden = entered(oscar).get(made.get_absolute_url())
    assert hidden.status_code == absent.status_code == 404
    assert Client().get(made.get_absolute_url()).status_code == 302
    for path in ("ecrire/", "accepter/", "decliner/", "retirer/", "commencer/", "terminer/"):
        assert entered(oscar).post(f"{made.get_absolute_url()}{path}").status_code == 404
    seen = read(entered(editor).get(made.get_absolute_url()))
    assert "Bonjour, parlons-en." not in seen
    assert "Rappel par courriel" in seen
    assert entered(editor).post(f"{made.get_absolute_url()}ecrire/", {"text": "x"}).status_code == 403


def test_addresses_only_once_accepted(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, text="Appelez le 06 12 34 56 78 ou écrivez à moi@exemple.fr.")
    page = read(entered(fanny).get(made.get_absolute_url()))
    for address in ("06 12 34 56 78", "moi@exemple.fr", mia.email):
        assert address not in page
    assert "adresse montrée une fois" in page
    actions.accept(by=fanny, introduction=made)
    page = read(entered(fanny).get(made.get_absolute_url()))
    for address in ("06 12 34 56 78", "moi@exemple.fr", mia.email):
        assert address in page


def test_words_are_words(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, subject="<b>Gras</b>", text="<script>alert(1)</script>\n{{ 7 }}")
    page = read(entered(fanny).get(made.get_absolute_url()))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>Gras</b>" not in page


def test_acts_by_their_pages(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    client, here = entered(fanny), made.get_absolute_url()
    assert "Oui, accepter" in read(client.get(f"{here}accepter/"))
    assert now_of(made).status == Status.ASKED, "reading does nothing"
    assert client.post(f"{here}decliner/", {"reason": ""}).status_code == 422
    client.post(f"{here}accepter/")
    assert now_of(made).status == Status.ACCEPTED
    answer = client.post(f"{here}decliner/", {"reason": "subject"}, follow=True)
    assert "n’est plus possible" in read(answer)
    assert client.post(f"{here}commencer/", {"kind": "patronage", "on": "2999-01-01"}).status_code == 422
    client.post(f"{here}commencer/", {"kind": "patronage"})
    assert now_of(made).begun_on
    assert client.post(f"{here}terminer/", {"reason": "merged"}).status_code == 422, "the hub's own"
    client.post(f"{here}terminer/", {"reason": "done", "words": "Merci."})
    assert "Merci." in read(entered(mia).get(here))
    assert entered(mia).post(f"{here}ecrire/", {"text": "Encore ?"}).status_code == 409


def test_a_message_with_files(halle, fabrique, mia, fanny, oscar) -> None:
    made = asked(mia, halle, fabrique)
    client, address = entered(fanny), f"{made.get_absolute_url()}ecrire/"
    sent = {"text": "Voici le plan.", "page_key": "p", "file_0": picture("Mon plan.jpg")}
    assert client.post(address, sent).status_code == 302
    client.post(address, {"text": "Voici le plan.", "page_key": "p", "file_0": picture()})
    assert Message.objects.count() == 2, "sent twice, written once"
    file = Attachment.objects.get()
    at = f"{made.get_absolute_url()}fichiers/{file.key}/"
    given = entered(mia).get(at)
    assert given["Content-Disposition"] == 'attachment; filename="mon-plan.jpg"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert b"".join(given.streaming_content).startswith(b"\xff\xd8")
    assert entered(oscar).get(at).status_code == 404
    other = asked(fanny, fabrique, cast.organisation(name="Autre"), page_key="k2")
    assert client.get(f"{other.get_absolute_url()}fichiers/{file.key}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("virus.exe", b"MZ\x90", "application/octet-stream"),
        ("faux.jpg", b"<svg onload=alert(1)>", "image/jpeg"),
        ("page.html", b"<script>", "text/html"),
        ("vide.pdf", b"", "application/pdf"),
        ("coupe.pdf", b"%PDF-1.7", "application/pdf"),
        ("bombe.docx", b"PK\x03\x04", "application/zip"),
    ],
)
def test_a_hostile_file_is_refused_and_the_words_are_kept(halle, fabrique, mia, fanny, name, content, kind) -> None:
    made = asked(mia, halle, fabrique)
    sent = {"text": "Mes mots à garder.", "file_0": SimpleUploadedFile(name, content, kind)}
    answer = entered(fanny).post(f"{made.get_absolute_url()}ecrire/", sent)
    assert answer.status_code == 422
    assert "Mes mots à garder." in read(answer)
    assert "Le message n’est pas parti" in read(answer)
    assert Message.objects.count() == 1


def test_too_many_and_too_long_are_refused_in_words(halle, fabrique, mia, fanny, monkeypatch) -> None:
    made = asked(mia, halle, fabrique)
    client, address = entered(mia), f"{made.get_absolute_url()}ecrire/"
    assert client.post(address, {"text": "x" * 4001}).status_code == 422
    for number in range(2):
        assert client.post(address, {"text": "Alors ?", "page_key": f"n{number}"}).status_code == 302
    answer = client.post(address, {"text": "Alors ??", "page_key": "n9"})
    assert answer.status_code == 409
    assert "attendez la réponse" in read(answer)
    assert "Alors ??" in read(answer)
    monkeypatch.setattr(writing, "MOST_MESSAGES", 3)
    answer = entered(fanny).post(address, {"text": "Bonjour", "page_key": "f"})
    assert "Ce fil est plein" in read(answer)


def test_my_lists_and_my_space(halle, fabrique, mia, fanny, oscar) -> None:
    made = asked(mia, halle, fabrique)
    assert "Un local pour l’atelier" in read(entered(fanny).get(HERE))
    assert "À répondre" in read(entered(fanny).get("/mon-espace/"))
    assert "Un local" not in read(entered(fanny).get(f"{HERE}?liste=en-attente"))
    assert "Un local pour l’atelier" in read(entered(mia).get(f"{HERE}?liste=en-attente"))
    assert "Un local" not in read(entered(oscar).get(HERE))
    actions.accept(by=fanny, introduction=made)
    assert "Un local pour l’atelier" in read(entered(mia).get(f"{HERE}?liste=en-cours"))


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_lists_and_threads_cost_the_same_at_one_and_at_twenty(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    client, address = entered(fanny), f"{HERE}?liste=a-repondre"
    _queries(client, address)
    one, thread = _queries(client, address), _queries(client, made.get_absolute_url())
    for number in range(19):
        other = cast.organisation(name=f"Autre {number}")
        person = cast.person(f"p{number}@exemple.fr")
        cast.join(other, person)
        asked(person, other, fabrique, page_key=f"k{number}")
        by = fanny if number % 2 else mia
        actions.write(by=by, introduction=made, text="Bien.", page_key=f"m{number}")
    assert _queries(client, address) == one
    assert _queries(client, made.get_absolute_url()) == thread


def test_a_third_proposes(halle, fabrique, mia, fanny, editor) -> None:
    client = entered(editor)
    page = read(client.get(f"{HERE}proposer/?a={halle.pk}"))
    assert "La Halle du Forez" in page
    sent = {"first": f"organisation:{halle.pk}", "second": "La Fabrique", "subject": "Un essai", "text": "Bonjour."}
    assert client.post(f"{HERE}proposer/", {**sent, "second": "Inconnue"}).status_code == 422
    assert client.post(f"{HERE}proposer/", {**sent, "second": "organisation:999999"}).status_code == 422
    assert client.post(f"{HERE}proposer/", sent).status_code == 302
    assert Introduction.objects.get().route == "catalyst"
    assert "Réservé aux catalyseurs" in read(entered(mia).get(f"{HERE}proposer/"))
    assert entered(mia).post(f"{HERE}proposer/", {**sent, "subject": "Un autre"}).status_code == 422
    assert Introduction.objects.count() == 1


def test_a_catalyst_proposes_and_is_warned_first(halle, fabrique, mia, fanny, oscar, editor, town) -> None:
    catalyst = Catalyst.objects.create(
        user=oscar, name="Oscar", slug="oscar", standing="accepted", decided_at=ASKED_AT, consented_at=ASKED_AT
    )
    catalyst.territories.add(town.memberships.get(parent__level="departement").parent)
    sent = {
        "first": f"organisation:{halle.pk}",
        "second": f"organisation:{fabrique.pk}",
        "subject": "Essai",
        "text": "Oui.",
    }
    assert "La mettre en relation" in read(entered(oscar).get(halle.get_absolute_url()))
    assert entered(oscar).post(f"{HERE}proposer/", sent).status_code == 302
    made = asked(mia, halle, fabrique, now=ASKED_AT, page_key="k2", need=published(fanny, fabrique))
    actions.advance(after(14))
    assert "La Fabrique n’a pas encore répondu" in told(oscar)
    assert told(editor) == []
    page = read(entered(oscar).get(made.get_absolute_url()))
    assert "Bonjour, parlons-en." not in page
    assert "Rappel par courriel" in page


@pytest.mark.parametrize("query", ["", "?a=x", "?a=999999", "?besoin=0", "?a=²", "?besoin=99999999999999"])
def test_nonsense_is_not_found(mia, query) -> None:
    assert entered(mia).get(f"{HERE}demander/{query}").status_code == 404
