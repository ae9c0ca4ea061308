"""The pages: what each reads, what is hidden, what is refused in words, files, numbers of queries."""

import io
import os
import re
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from fairealliance.design import masthead
from fairealliance.introductions import actions
from fairealliance.introductions.actions import writing
from fairealliance.introductions.enums import EndReason, Side, Status
from fairealliance.introductions.models import Attachment, Introduction, Message
from fairealliance.introductions.permissions import sides_of
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.sent_files import Taken, take_photo
from fairealliance.needs.models import Need
from fairealliance.network.models import Catalyst
from fairealliance.organisations import merging
from fairealliance.organisations.enums import AllianceKind, Role
from fairealliance.organisations.models import Profile
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


def test_asked_from_a_need_that_goes_by_link(halle, fabrique, mia, fanny) -> None:
    need = published(fanny, fabrique, title="Un atelier discret", visibility="link")
    client = entered(mia)
    address = re.search(r'href="(/mises-en-relation/demander/[^"]+)"', read(client.get(need.link())))
    assert address
    assert f'<a href="{need.link()}">Un atelier discret</a>' in read(client.get(address[1]))
    sent = {"asker": halle.pk, "subject": "Un atelier", "text": "Bonjour !", "page_key": "k"}
    assert client.post(address[1], sent).status_code == 302
    assert Introduction.objects.get().need == need
    assert client.get(f"{HERE}demander/?besoin={need.pk}").status_code == 404, "its number opens nothing"
    Need.objects.update(visibility="network")
    assert client.get(address[1]).status_code == 404, "nor does a link of before"


def test_asked_again_while_one_is_open_no_word_is_lost(halle, fabrique, mia) -> None:
    held = asked(mia, halle, fabrique, subject="Un atelier")
    address = f"/mises-en-relation/demander/?a={fabrique.pk}"
    sent = {"asker": halle.pk, "subject": "Un tout autre sujet", "text": "Des mots longs à écrire", "page_key": "autre"}
    answer = entered(mia).post(address, sent)
    assert answer.status_code == 422
    shown = read(answer)
    assert "déjà ouverte" in shown
    assert f'<a href="{held.get_absolute_url()}">Un atelier</a>' in shown
    assert "Des mots longs à écrire" in shown


@pytest.mark.parametrize(
    ("visibility", "status", "shown"),
    [
        ("public", "published", True),
        ("network", "met", True),
        ("link", "published", False),
        ("public", "closed", False),
    ],
)
def test_what_a_need_is_called_since_it_was_hidden_is_told_to_its_own_only(
    halle, fabrique, mia, fanny, visibility, status, shown
) -> None:
    need = published(fanny, fabrique, title="Un atelier partagé")
    made = asked(mia, halle, fabrique, need=need)
    assert "Un atelier partagé" in read(entered(mia).get(made.get_absolute_url()))
    Need.objects.filter(pk=need.pk).update(title="Un atelier pour Zénobie", visibility=visibility, status=status)
    page = read(entered(mia).get(made.get_absolute_url()))
    assert ("Zénobie" in page, need.get_absolute_url() in page) == (shown, shown)
    assert "Zénobie" not in read(entered(mia).get(f"{HERE}?liste=en-attente"))
    assert "Zénobie" in read(entered(fanny).get(made.get_absolute_url()))


def test_the_way_to_ask_is_shown_to_others_only(halle, fabrique, mia, fanny) -> None:
    assert "Demander une mise en relation" in read(Client().get(fabrique.get_absolute_url()))
    assert "Demander une mise en relation" in read(entered(mia).get(fabrique.get_absolute_url()))
    assert "Demander une mise en relation" not in read(entered(fanny).get(fabrique.get_absolute_url()))


def test_of_ones_own_it_is_said_clearly(fabrique, fanny) -> None:
    page = read(entered(fanny).get(f"{HERE}demander/?a={fabrique.pk}"))
    assert "Vous agissez pour La Fabrique" in page


def named(client: Client, address: str) -> str:
    """Under which name the file comes; read to its end, which closes it."""
    answer = client.get(address)
    assert b"".join(answer.streaming_content)
    return answer["Content-Disposition"]


def test_the_name_of_a_file_tells_no_address_before_both_said_yes(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    name = "jean.dupont@exemple.fr 06 12 34 56 78.jpg"
    entered(mia).post(f"{HERE}{made.pk}/ecrire/", {"text": "Le plan.", "page_key": "p", "file_0": picture(name)})
    address = f"{HERE}{made.pk}/fichiers/{Attachment.objects.get().key}/"
    for client, is_shown in ((entered(mia), True), (entered(fanny), False)):
        assert ("jean.dupont" in read(client.get(f"{HERE}{made.pk}/"))) == is_shown
    assert "jean" not in named(entered(fanny), address)
    actions.accept(by=fanny, introduction=made)
    assert "jean" in named(entered(fanny), address)


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


def test_only_those_who_take_part_give_their_address(halle, fabrique, mia, tom, fanny) -> None:
    for number in range(3):
        cast.join(fabrique, cast.person(f"collegue{number}@exemple.fr"))
    made = asked(mia, halle, fabrique)
    actions.accept(by=fanny, introduction=made)
    page = read(entered(fanny).get(made.get_absolute_url()))
    assert mia.email in page
    assert tom.email not in page
    assert "1\xa0autre membre" in page
    page = read(entered(mia).get(made.get_absolute_url()))
    assert fanny.email in page
    assert "collegue" not in page
    assert "3\xa0autres membres" in page
    actions.write(by=tom, introduction=made, text="Bonjour.", page_key="t")
    assert tom.email in read(entered(fanny).get(made.get_absolute_url()))


def test_where_nobody_who_took_part_is_left_those_who_administer_are_reached(halle, fabrique, mia, fanny) -> None:
    boss, colleague = cast.person("chef@exemple.fr"), cast.person("collegue@exemple.fr")
    cast.join(fabrique, boss, Role.ADMINISTRATOR)
    cast.join(fabrique, colleague)
    made = asked(mia, halle, fabrique)
    actions.accept(by=fanny, introduction=made)
    fabrique.members.filter(user=fanny).delete()
    page = read(entered(mia).get(made.get_absolute_url()))
    assert boss.email in page
    assert colleague.email not in page


def test_who_said_yes_is_named_to_those_who_may_know(halle, fabrique, mia, fanny, editor) -> None:
    made = actions.propose(by=editor, first=halle, second=fabrique, subject="Essai", text="Oui ?", page_key="p")
    actions.accept(by=fanny, introduction=made)
    assert "La Fabrique dit oui, par Fanny Fabrique" in read(entered(fanny).get(made.get_absolute_url()))
    waiting = read(entered(mia).get(made.get_absolute_url()))
    assert "La Fabrique dit oui" in waiting
    assert "Fanny" not in waiting, "names wait for both to say yes"
    actions.accept(by=mia, introduction=made)
    page = read(entered(mia).get(made.get_absolute_url()))
    assert "La Fabrique dit oui, par Fanny Fabrique" in page
    assert "La Halle du Forez dit oui, par Mia Membre" in page


def test_what_is_not_read_is_marked_until_it_is(halle, fabrique, mia, tom, fanny) -> None:
    made = asked(mia, halle, fabrique)
    client, listed = entered(fanny), f"{HERE}?liste=a-repondre"
    assert "Non lu" in read(client.get(listed))
    assert "1\xa0non lu" in read(client.get(listed))
    assert "messages non lus" in read(client.get("/mon-espace/"))
    assert "Non lu" not in read(entered(mia).get(f"{HERE}?liste=en-attente")), "one’s own words are read"
    client.head(made.get_absolute_url())
    assert "Non lu" in read(client.get(listed)), "looking ahead of time reads nothing"
    assert "Nouveau" in read(client.get(made.get_absolute_url()))
    assert "Nouveau" not in read(client.get(made.get_absolute_url()))
    assert "Non lu" not in read(client.get(listed))
    assert "messages non lus" not in read(client.get("/mon-espace/"))
    actions.write(by=tom, introduction=made, text="Alors ?", page_key="t")
    assert "Non lu" in read(client.get(listed))
    assert "Non lu" in read(entered(mia).get(f"{HERE}?liste=en-attente")), "a teammate wrote"


def counted(page: str) -> str:
    """What stands beside « Mon espace » on any page."""
    found = re.search(r'class="masthead-account".*?</a>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[0].partition(">")[2]).split())


def test_what_is_to_read_or_to_answer_is_counted_on_every_page(halle, fabrique, mia, fanny, oscar) -> None:
    made, client = asked(mia, halle, fabrique), entered(fanny)
    assert counted(read(client.get("/besoins/"))) == "Mon espace 1 à lire ou à répondre"
    asked(mia, halle, fabrique, page_key="k2", need=published(fanny, fabrique))
    assert counted(read(client.get("/besoins/"))) == "Mon espace 2 à lire ou à répondre", "one each, unread and owed"
    actions.accept(by=fanny, introduction=made)
    assert counted(read(client.get(made.get_absolute_url()))) == "Mon espace 1 à lire ou à répondre", "read by looking"
    for other in (mia, oscar):
        assert counted(read(entered(other).get("/besoins/"))) == "Mon espace"
    assert counted(read(Client().get("/besoins/"))) == "Se connecter"


def test_counting_costs_one_query_and_the_public_none(halle, fabrique, mia, fanny, monkeypatch) -> None:
    client, address = entered(fanny), "/besoins/"
    _queries(client, address)
    public, before = _queries(Client(), address), _queries(client, address)
    for number in range(5):
        asked(mia, halle, cast.organisation(name=f"O {number}"), page_key=f"k{number}")
    assert (_queries(Client(), address), _queries(client, address)) == (public, before)
    monkeypatch.setattr(masthead, "_counters", [])
    assert (_queries(Client(), address), _queries(client, address)) == (public, before - 1)


def test_whoever_helps_from_outside_has_nothing_to_read(halle, fabrique, mia, fanny, editor) -> None:
    asked(mia, halle, fabrique, now=ASKED_AT)
    actions.advance(after(14))
    page = read(entered(editor).get(f"{HERE}?liste=a-aider"))
    assert "Un local pour l’atelier" in page
    assert "Non lu" not in page


def test_words_are_words(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, subject="<b>Gras</b>", text="<script>alert(1)</script>\n{{ 7 }}")
    page = read(entered(fanny).get(made.get_absolute_url()))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>Gras</b>" not in page


def test_closed_without_an_answer_whoever_asked_is_led_on(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    again = f"/mises-en-relation/demander/?a={fabrique.pk}&amp;pour={halle.pk}"
    assert again not in read(entered(mia).get(made.get_absolute_url()))
    Introduction.objects.update(status=Status.SILENT, waits_for="")
    page = read(entered(mia).get(made.get_absolute_url()))
    assert again in page
    assert 'href="/mon-espace/suggestions/"' in page
    assert again not in read(entered(fanny).get(made.get_absolute_url())), "it did not ask"


def test_once_accepted_it_is_said_what_begins_an_alliance(halle, fabrique, mia, fanny) -> None:
    made, words = asked(mia, halle, fabrique), "Le jour où vous décidez d’agir ensemble"
    assert words not in read(entered(mia).get(made.get_absolute_url()))
    actions.accept(by=fanny, introduction=made)
    assert words in read(entered(mia).get(made.get_absolute_url()))
    actions.begin(by=mia, introduction=made, kind=AllianceKind.values[0])
    assert words not in read(entered(mia).get(made.get_absolute_url()))


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


@pytest.mark.parametrize("failing", ["save", "mails.wrote"])
def test_what_fails_after_the_file_was_written_leaves_none(halle, fabrique, mia, monkeypatch, failing) -> None:
    made = asked(mia, halle, fabrique)
    plan = picture()
    sent = [("plan.jpg", take_photo(plan, plan.size))]

    def broken(*args: object, **told: object) -> None:
        assert [path.suffix for path in writing.folder(made).iterdir()] == [".jpg"], "it was there"
        raise OSError

    monkeypatch.setattr(f"fairealliance.introductions.actions.writing.{failing}", broken)
    with pytest.raises(OSError):  # noqa: PT011 -- ours
        actions.write(by=mia, introduction=made, text="Voici.", page_key="f", files=sent)
    assert list(writing.folder(made).iterdir()) == []
    assert not Attachment.objects.exists()


def test_what_a_crash_left_is_swept_after_a_day(halle, fabrique, mia) -> None:
    made, plan = asked(mia, halle, fabrique), picture()
    sent = [("plan.jpg", take_photo(plan, plan.size))]
    actions.write(by=mia, introduction=made, text="Voici.", page_key="f", files=sent)
    kept = writing.path_of(Attachment.objects.select_related("message__introduction").get())
    stray, young = kept.with_name(f"{uuid4().hex}.pdf"), kept.with_name(f"{uuid4().hex}.jpg")
    every = (kept, stray, young, kept.with_suffix(".part"))
    for path in every[1:]:
        path.write_bytes(b"x")
    for path in every:
        if path != young:
            os.utime(path, (0, 0))
    assert writing.sweep_files() == 2
    assert {path for path in every if path.exists()} == {kept, young}
    assert writing.sweep_files() == 0


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


def test_on_which_side_one_stands_costs_one_query(halle, fabrique, mia, oscar, django_assert_num_queries) -> None:
    """Each page asks it several times."""
    made = asked(mia, halle, fabrique)
    for who, sides in ((mia, {Side.ASKER}), (oscar, set())):
        with django_assert_num_queries(1):
            assert sides_of(who, made) == sides
    mia.is_active = False
    assert sides_of(mia, made) == set()


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


def test_whoever_proposes_is_told_that_a_side_is_full(halle, fabrique, editor) -> None:
    Profile.objects.create(organisation=fabrique, capacity=0, told_at=timezone.now())
    client = entered(editor)
    full = "La Fabrique ne peut pas en suivre davantage"
    assert full in read(client.get(f"{HERE}proposer/?a={halle.pk}&b={fabrique.pk}"))
    assert full not in read(client.get(f"{HERE}proposer/?a={halle.pk}"))
    sent = {"first": f"organisation:{halle.pk}", "second": "La Fabrique", "subject": "Un essai", "text": "Bonjour."}
    first = client.post(f"{HERE}proposer/", sent)
    assert first.status_code == 422
    assert full in read(first)
    assert 'name="plein" value="oui"' in read(first)
    assert not Introduction.objects.exists()
    assert client.post(f"{HERE}proposer/", {**sent, "plein": "oui"}).status_code == 302
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


def test_one_who_would_ask_finds_the_way_to_a_catalyst(halle, fabrique, mia, fanny, oscar, town) -> None:
    """Filled with what is known: whom, about what, where; what goes by link only is not named to others."""
    need, hidden = published(fanny, fabrique, title="Un atelier"), published(fanny, fabrique, visibility="link")
    client = entered(mia)
    for address, about in (
        (f"{HERE}demander/?a={fabrique.pk}", "Entrer en relation avec La Fabrique."),
        (f"{HERE}demander/?besoin={need.pk}", "Au sujet de son besoin : Un atelier."),
    ):
        way = re.search(r'<a href="(/mon-espace/[^"]+)">Demander un appui</a>', read(client.get(address)))
        assert way
        form = read(client.get(unescape(way[1])))
        assert about in form
        assert f"{town.level}:{town.code}" in form
    asked_by_link = read(client.get(re.search(r'href="(/mises[^"]+)"', read(client.get(hidden.link())))[1]))
    assert "besoin" not in re.search(r'<a href="(/mon-espace/[^"]+)">Demander un appui</a>', asked_by_link)[1]
    assert "Demander un appui</a>" in read(entered(cast.person("seul@exemple.fr")).get(f"{HERE}demander/?a={halle.pk}"))


def test_what_is_said_of_taking_it_back_is_what_is_done(halle, fabrique, mia, fanny) -> None:
    """The other is told of the request at once; that it is taken back, by the page alone in the first days."""
    form = read(entered(mia).get(f"{HERE}demander/?a={fabrique.pk}"))
    assert "prévenue tout de suite, par courriel" in form
    assert "pendant 3 jours, seule la page de l’échange le dit\u00a0; ensuite, un courriel l’annonce" in form
    assert "averti" not in form
    made = asked(mia, halle, fabrique)
    assert "Retirée dans les 3 premiers jours, elle n’est suivie d’aucun courriel" in read(
        entered(mia).get(made.get_absolute_url())
    )
    actions.withdraw(by=mia, introduction=made)
    assert not [subject for subject in told(fanny) if "retirée" in subject]
    assert "Retirée" in read(entered(fanny).get(made.get_absolute_url()))


def test_ending_an_alliance_is_called_so(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    actions.accept(by=fanny, introduction=made)
    assert "Mettre fin à l’échange" in read(entered(mia).get(made.get_absolute_url()))
    actions.begin(by=fanny, introduction=made, kind=AllianceKind.PATRONAGE)
    assert "Mettre fin à l’alliance et à l’échange" in read(entered(mia).get(made.get_absolute_url()))
    page = read(entered(mia).get(f"{made.get_absolute_url()}terminer/"))
    assert "L’alliance sera dite terminée, et l’échange avec elle." in page
    actions.end(by=mia, introduction=made, reason=EndReason.DONE)
    assert "L’alliance prend fin : Un local pour l’atelier" in told(fanny)


def test_of_a_proposal_each_reads_who_is_warned(halle, fabrique, mia, fanny, editor) -> None:
    made = actions.propose(by=editor, first=halle, second=fabrique, subject="Essai", text="Oui.", page_key="p")
    shown = read(entered(editor).get(made.get_absolute_url()))
    assert "Vous êtes prévenu, ou un autre tiers en votre absence" in shown
    assert "un courriel le dit aux trois" in shown
    shown = read(entered(mia).get(made.get_absolute_url()))
    assert "La personne qui propose cette mise en relation est prévenue" in shown
    assert "Un catalyseur du territoire, ou le secrétariat" not in shown


@pytest.mark.parametrize("query", ["", "?a=x", "?a=999999", "?besoin=0", "?a=²", "?besoin=99999999999999"])
def test_nonsense_is_not_found(mia, query) -> None:
    assert entered(mia).get(f"{HERE}demander/{query}").status_code == 404


def test_nobody_to_answer_is_said_on_the_form_and_the_thread(halle, mia, editor) -> None:
    empty = cast.organisation(
        name="Sans personne", website="https://sans.example/", email="accueil@sans.example", phone="04 77 00 00 00"
    )
    form = read(entered(mia).get(f"{HERE}demander/?a={empty.pk}"))
    assert "Personne n’agit encore ici pour cette organisation" in form
    assert "L’autre organisation est prévenue tout de suite" not in form
    made = asked(mia, halle, empty)
    thread = read(entered(mia).get(made.get_absolute_url()))
    assert "Personne n’agit encore ici pour Sans personne" in thread
    assert "Rappel par courriel à" not in thread
    assert "si quelqu’un agit alors ici pour Sans personne" in thread
    invite = f"/gestion/organisations/{empty.pk}/inviter/"
    for page in (f"{HERE}?liste=a-aider", made.get_absolute_url()):
        shown = read(entered(editor).get(page))
        for known in ("Personne n’agit ici pour Sans personne", "https://sans.example/", "accueil@", "04 77", invite):
            assert known in shown, (page, known)
    assert invite not in thread
    cast.join(empty, cast.person("zoe@exemple.fr"))
    assert "Personne n’agit" not in read(entered(mia).get(made.get_absolute_url()))


def test_the_desk_invites_somebody_to_administer(halle, mia, desk) -> None:
    page = f"/gestion/organisations/{halle.pk}/inviter/"
    assert entered(mia).get(page).status_code == 403
    assert "Mia Membre" in read(desk.get(page))
    assert desk.post(page, {"email": "pas une adresse", "role": "administrator"}).status_code == 422
    assert desk.post(page, {"email": "zoe@exemple.fr", "role": "administrator"}).status_code == 302
    assert halle.invitations.get().email == "zoe@exemple.fr"
    assert "zoe@exemple.fr" in read(desk.get(page))


def test_an_alliance_says_since_when_how_and_what_will_be_asked(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    actions.accept(by=fanny, introduction=made)
    day = timezone.localdate()
    actions.begin(by=fanny, introduction=made, kind=AllianceKind.PATRONAGE)
    page = read(entered(mia).get(made.get_absolute_url()))
    assert f"Commencée le {in_words(day)}" in page
    assert str(AllianceKind.PATRONAGE.label) in page
    for checkup in made.checkups.filter(side="asker"):
        assert f'<time datetime="{checkup.due_on:%Y-%m-%d}">' in page
    assert "deux ans après" in page


def test_who_proposes_is_named_before_a_yes(halle, fabrique, mia, fanny, oscar, town) -> None:
    catalyst = Catalyst.objects.create(
        user=oscar, name="Oscar Relais", slug="oscar", standing="accepted", decided_at=ASKED_AT, consented_at=ASKED_AT
    )
    form = read(entered(oscar).get(f"{HERE}proposer/?a={halle.pk}"))
    assert "Les deux organisations sont prévenues" in form
    assert "L’autre organisation" not in form
    made = actions.propose(by=oscar, first=halle, second=fabrique, subject="Essai", text="Oui.", page_key="p")
    assert told(fanny) == ["Oscar Relais, catalyseur, vous propose d’entrer en relation avec La Halle du Forez"]
    for user in (mia, fanny):
        for page in (made.get_absolute_url(), f"{made.get_absolute_url()}accepter/"):
            shown = read(entered(user).get(page))
            assert f'<a href="{catalyst.get_absolute_url()}">Oscar Relais</a>, catalyseur' in shown
            assert "un tiers :" not in shown


def test_other_words_from_the_same_page_are_another_message(halle, fabrique, mia, fanny) -> None:
    """The way back of a browser brings the same page: only what is sent twice is one."""
    made = asked(mia, halle, fabrique, page_key="first")
    client, address = entered(fanny), f"{made.get_absolute_url()}ecrire/"
    for text in ("Bonjour.", "Bonjour.", "Et ceci.", "Bonjour."):
        assert client.post(address, {"text": text, "page_key": "k"}).status_code == 302
    assert list(made.messages.values_list("text", flat=True)) == ["Bonjour, parlons-en.", "Bonjour.", "Et ceci."]
    actions.write(by=mia, introduction=made, text="Bonjour.", page_key="k")
    actions.write(by=mia, introduction=made, text="Oui.", page_key="first")
    actions.write(by=mia, introduction=made, text="Oui.", page_key="first", files=[("a.jpg", _taken())])
    assert made.messages.count() == 6


def test_another_request_from_the_same_page_is_told_that_one_is_open(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    assert asked(mia, halle, fabrique) == made
    with pytest.raises(NotAllowed, match="déjà ouverte"):
        asked(mia, halle, fabrique, text="Tout autre chose.")
    third = cast.organisation(name="Troisième")
    assert asked(mia, halle, third) != made


def test_a_request_follows_an_organisation_that_was_merged(halle, fabrique, mia, editor) -> None:
    gone = cast.organisation(name="L’Ancienne Fabrique")
    number = gone.pk
    merging.merge(by=editor, kept=fabrique, gone=gone)
    client, address = entered(mia), f"{HERE}demander/?a={number}"
    assert "<h1>La Fabrique</h1>" in read(client.get(address))
    sent = {"asker": halle.pk, "subject": "Un atelier", "text": "Bonjour !", "page_key": "k"}
    assert client.post(address, sent).status_code == 302
    assert Introduction.objects.get().asked == fabrique
    assert "La Fabrique" in read(entered(editor).get(f"{HERE}proposer/?a={number}"))
    assert client.get(f"{HERE}demander/?a=99999").status_code == 404


def _taken() -> Taken:
    sent = picture()
    return take_photo(sent, sent.size or 0)


def test_no_word_of_a_stranger_is_a_link_in_a_mail(halle, fabrique, mia, fanny) -> None:
    """A bare domain is one to a reader of mail: refused in a subject, and parted where it came before."""
    client = entered(mia)
    sent = {"asker": halle.pk, "subject": "Voyez evil.com", "text": "Bonjour !", "page_key": "k"}
    refused = client.post(f"{HERE}demander/?a={fabrique.pk}", sent)
    assert refused.status_code == 422
    assert "Sans adresse ni numéro" in read(refused)
    made = asked(mia, halle, fabrique, subject="Voyez evil.com", text="Ou evil.museum, http://evil.com/x")
    mails = cast.mails_to(fanny.email)
    actions.decline(by=fanny, introduction=made, reason="other", words="Plutôt evil.com ou evil.museum.")
    mails += cast.mails_to(mia.email)
    told = "\n".join(f"{each.subject}\n{each.body}\n{each.alternatives[0].content}" for each in mails)
    assert "Plutôt" in told
    assert "Ou evil" in told
    assert not re.search(r"evil\.\w", told)
    assert "href" not in told.replace('href="http://127.0.0.1:8000/', "").replace('href="http://testserver/', "")
