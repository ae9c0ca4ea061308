"""Who enters the desk, by which door, and under which policy."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import has_second_proof
from fairealliance.journal.models import Entry
from fairealliance.staff.access import editor_required
from fairealliance.staff.people import SECRETARIAT, WRITERS
from tests.factories import prove

pytestmark = pytest.mark.django_db


@editor_required
def screen(request: HttpRequest) -> HttpResponse:
    return HttpResponse("entré")


def test_secretariat_enters(desk: Client) -> None:
    assert desk.get("/gestion/").status_code == 200


def test_others_do_not(client: Client) -> None:
    client.force_login(User.objects.create_user("quelquun@example.org"))
    assert client.get("/gestion/", follow=True).status_code == 403


def test_visitor_is_led_to_sign_in_and_back(client: Client) -> None:
    led = client.get("/gestion/pages/", follow=True)
    assert led.redirect_chain[-1][0] == "/connexion/?next=/gestion/pages/"


def test_leaving_the_secretariat_closes_the_desk(desk: Client, editor: User) -> None:
    editor.is_secretariat = False
    editor.save()
    assert desk.get("/gestion/", follow=True).status_code == 403
    assert not editor.groups.filter(name=SECRETARIAT).exists()


def test_our_screens_ask_the_same(editor: User, rf: RequestFactory) -> None:
    request = rf.get("/gestion/x/")
    request.user = editor
    assert screen(request).status_code == 200


def test_sign_in_by_mail_whatever_the_case(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    vouch(User.objects.create_user("anne@example.org", "un mot de passe long"))
    sent = {"login": "Anne@Example.org", "password": "un mot de passe long", "next": "/gestion/"}
    assert client.post("/connexion/", sent)["Location"] == "/gestion/"


def test_policy_is_relaxed_at_the_desk_only(desk: Client) -> None:
    assert "style-src 'self' 'unsafe-inline'" in desk.get("/gestion/")["Content-Security-Policy"]
    assert "unsafe-inline" not in desk.get("/licences/")["Content-Security-Policy"]
    assert "unsafe-eval" not in desk.get("/gestion/")["Content-Security-Policy"]


def added(*arguments: str) -> str:
    said = StringIO()
    call_command("editor", "add", *arguments, stdout=said)
    return said.getvalue()


def test_command_gives_a_link_that_sets_a_password(client: Client) -> None:
    said = added("Nouvelle@Example.org", "--name", "Nour Elle")
    link = re.search(r"https?://[^/]+(/mot-de-passe/nouveau/\S+)", said)
    assert link is not None
    form = client.get(link[1], follow=True)
    assert form.status_code == 200
    chosen = {"password1": "une phrase assez longue", "password2": "une phrase assez longue", "next": "/gestion/"}
    entered = client.post(form.redirect_chain[-1][0], chosen, follow=True)
    assert [address for address, _ in entered.redirect_chain] == ["/gestion/", "/compte/protection/"]
    assert "Le bureau du secrétariat la demande" in entered.content.decode()
    prove(User.objects.get())
    assert client.get("/gestion/pages/", follow=True).status_code == 200
    assert Entry.objects.filter(verb="editor_added").exists()


def test_command_twice_makes_one_person() -> None:
    added("a@example.org")
    added("A@example.org", "--name", "Ada")
    assert list(User.objects.values_list("email", "name")) == [("a@example.org", "Ada")]


def test_writer_enters_but_is_not_of_the_secretariat(client: Client) -> None:
    added("plume@example.org", "--writer")
    user = User.objects.get()
    assert [group.name for group in user.groups.all()] == [WRITERS]
    assert user.has_perm("wagtailadmin.access_admin")
    assert not user.is_secretariat


def test_removed_no_longer_enters() -> None:
    added("a@example.org")
    call_command("editor", "remove", "a@example.org", stdout=StringIO())
    assert not User.objects.get().has_perm("wagtailadmin.access_admin")
    with pytest.raises(CommandError, match="Personne"):
        call_command("editor", "remove", "a@example.org")


def test_wrong_mail_is_told() -> None:
    with pytest.raises(CommandError, match="n’est pas une adresse"):
        added("pas-une-adresse")
    assert not Group.objects.filter(name=SECRETARIAT).exists()


def test_who_lost_everything_gets_a_new_link(client: Client) -> None:
    added("a@example.org")
    user = User.objects.get()
    prove(user)
    client.force_login(user)
    said = StringIO()
    call_command("editor", "reset", "A@example.org", stdout=said)
    assert "/mot-de-passe/nouveau/" in said.getvalue()
    assert not has_second_proof(user)
    assert not User.objects.get().has_usable_password()
    assert client.get("/compte/").status_code == 302
    with pytest.raises(CommandError, match="Personne"):
        call_command("editor", "reset", "b@example.org")
