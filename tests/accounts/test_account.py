"""One's account, second proofs and sessions: theirs only, and guarded."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from fairealliance.accounts import actions, awaiting
from fairealliance.accounts.models import User
from tests.accounts.conftest import PASSWORD, SignIn, code_in, last_mail, link_in, person, read
from tests.factories import code_now, prove

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
MINE = [
    "/mon-espace/",
    "/compte/",
    "/compte/courriel/",
    "/compte/mot-de-passe/",
    "/compte/sessions/",
    "/compte/protection/",
    "/compte/protection/cles/",
    "/compte/protection/application/",
    "/compte/protection/cles/ajouter/",
]


@pytest.mark.parametrize("address", MINE)
def test_pages_are_for_whoever_is_in(client: Client, sign_in: SignIn, member: User, address: str) -> None:
    led = client.get(address)
    assert led.status_code == 302
    assert led["Location"].startswith("/connexion/")
    answer = sign_in(member).get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_the_name_changes(sign_in: SignIn, member: User, outsider: User) -> None:
    client = sign_in(member)
    assert "Votre nom est enregistré" in read(client.post("/compte/", {"name": "Maud M."}, follow=True))
    assert set(User.objects.values_list("name", flat=True)) == {"Maud M.", "Oscar Dehors"}


def test_the_mail_changes_once_confirmed(sign_in: SignIn, member: User) -> None:
    client = sign_in(member)
    client.post("/compte/courriel/", {"action_add": "1", "email": "maud@mairie.exemple.fr"})
    assert User.objects.get(pk=member.pk).email == "maud@exemple.fr"
    assert last_mail().to == ["maud@mairie.exemple.fr"]
    assert "attend d’être confirmée" in read(client.get("/compte/"))
    client.post(link_in(last_mail(), "/courriel/confirmer/"))
    assert User.objects.get(pk=member.pk).email == "maud@mairie.exemple.fr"
    assert list(EmailAddress.objects.filter(user=member).values_list("email", flat=True)) == ["maud@mairie.exemple.fr"]
    assert last_mail().to == ["maud@exemple.fr"]


def test_one_does_not_take_anothers_mail(sign_in: SignIn, member: User, outsider: User) -> None:
    client = sign_in(outsider)
    client.post("/compte/courriel/", {"action_add": "1", "email": member.email})
    assert "déjà un" in str(last_mail().body)
    assert User.objects.get(pk=outsider.pk).email == outsider.email


def test_the_password_changes_and_other_sessions_end(sign_in: SignIn, member: User) -> None:
    here, elsewhere = sign_in(member), sign_in(member)
    new = "une phrase toute différente"
    here.post("/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/compte/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302


@pytest.mark.parametrize("weak", ["court", "motdepasse", "password1234"])
def test_a_weak_password_is_refused(weak: str) -> None:
    answer = Client().post("/inscription/", {"name": "", "email": "a@exemple.fr", "password1": weak})
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_an_application_then_codes_for_rescue(
    sign_in: SignIn, member: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(member)
    page = client.get("/compte/protection/application/")
    secret = page.context["form"].secret
    assert "<svg" in read(page)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/compte/protection/application/", {"code": code_now(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == "/compte/protection/codes/"
    rescue = done.context["unused_codes"][0]
    assert secret not in str(Authenticator.objects.get(user=member, type="totp").data)
    assert "Une application de codes" in str(last_mail().body)

    fresh = Client()
    asked = fresh.post("/connexion/", {"login": member.email, "password": PASSWORD, "next": "/compte/"})
    assert asked["Location"] == "/connexion/seconde-preuve/"
    assert fresh.get("/compte/").status_code == 302
    assert "Ce code ne va pas" in read(fresh.post("/connexion/seconde-preuve/", {"code": "000000"}))
    assert fresh.post("/connexion/seconde-preuve/", {"code": rescue})["Location"] == "/compte/"
    again = Client()
    again.post("/connexion/", {"login": member.email, "password": PASSWORD})
    assert "Ce code ne va pas" in read(again.post("/connexion/seconde-preuve/", {"code": rescue}))


def test_a_code_of_the_application_serves_once(member: User) -> None:
    number = code_now(prove(member))
    answers = []
    for _ in range(2):
        client = Client()
        client.post("/connexion/", {"login": member.email, "password": PASSWORD})
        answers.append(client.post("/connexion/seconde-preuve/", {"code": number}).status_code)
    assert answers == [302, 200]


def test_codes_are_not_guessed(member: User) -> None:
    secret = prove(member)
    client = Client()
    client.post("/connexion/", {"login": member.email, "password": PASSWORD})
    for n in range(6):
        client.post("/connexion/seconde-preuve/", {"code": f"{n:06}"})
    assert client.post("/connexion/seconde-preuve/", {"code": code_now(secret)}).status_code == 200


def test_a_mail_code_does_not_spare_the_second_proof(client: Client, member: User) -> None:
    prove(member)
    client.post("/connexion/code/", {"email": member.email})
    number = code_in(last_mail())
    assert client.post("/connexion/code/saisir/", {"code": number})["Location"].startswith("/connexion/seconde-preuve/")


def test_a_new_password_does_not_spare_it_either(client: Client, member: User) -> None:
    prove(member)
    client.post("/mot-de-passe/oublie/", {"email": member.email})
    form = client.get(link_in(last_mail(), "/mot-de-passe/nouveau/"))["Location"]
    chosen = {"password1": "encore une autre phrase", "password2": "encore une autre phrase"}
    assert client.post(form, chosen)["Location"].startswith("/connexion/seconde-preuve/")


def test_the_desk_waits_for_a_second_proof() -> None:
    boss = person("claude@exemple.fr", is_secretariat=True, proven=False)
    client = Client()
    client.force_login(boss)
    assert client.get("/gestion/")["Location"] == "/compte/protection/"
    assert client.post("/gestion/ressources/nouvelle/", {"title": "x"})["Location"] == "/compte/protection/"
    prove(boss)
    assert client.get("/gestion/ressources/").status_code == 200


def test_the_secretariat_keeps_one_proof(sign_in: SignIn) -> None:
    boss = person("claude@exemple.fr", is_secretariat=True, proven=False)
    client = sign_in(boss)
    prove(boss)
    answer = client.post("/compte/protection/application/retirer/", {})
    assert "garde toujours une seconde preuve" in read(answer)
    assert Authenticator.objects.filter(user=boss).exists()


def test_what_is_delicate_asks_again_who_one_is(sign_in: SignIn, member: User) -> None:
    client = sign_in(member)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    asked = client.get("/compte/protection/application/")
    assert asked["Location"].startswith("/connexion/confirmer/?next=")
    sent = {"password": PASSWORD, "next": "/compte/protection/application/"}
    assert client.post("/connexion/confirmer/", sent)["Location"] == "/compte/protection/application/"


def test_sessions_are_seen_and_ended(sign_in: SignIn, member: User, outsider: User) -> None:
    here, there, third = (sign_in(member, HTTP_USER_AGENT=agent) for agent in (FIREFOX, "Chrome iPhone", ""))
    theirs = sign_in(outsider)
    page = read(here.get("/compte/sessions/"))
    assert "Firefox, Linux" in page
    assert "Chrome, iPhone" in page
    assert "Navigateur inconnu" in page
    assert page.count("/fermer/") == 3
    ended = UserSession.objects.get(user_agent="Chrome iPhone")
    here.post(f"/compte/sessions/{ended.pk}/fermer/")
    assert there.get("/compte/").status_code == 302
    stranger = UserSession.objects.get(user=outsider)
    assert here.post(f"/compte/sessions/{stranger.pk}/fermer/").status_code == 404
    here.post("/compte/sessions/fermer/")
    assert third.get("/compte/").status_code == 302
    assert here.get("/compte/").status_code == 200
    assert here.post("/compte/sessions/fermer/", {"tout": "1"})["Location"] == "/connexion/"
    assert here.get("/compte/").status_code == 302
    assert theirs.get("/compte/").status_code == 200
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}


def test_when_a_session_was_seen_is_written_now_and_then(sign_in: SignIn, member: User) -> None:
    client = sign_in(member)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=1))
    session = client.session
    session["seen"] = int(time.time()) - 3600
    session.save()
    client.get("/licences/")
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=1))
    client.get("/licences/")
    assert UserSession.objects.get().last_seen_at < timezone.now() - timedelta(hours=1)


def test_the_space_says_what_awaits_or_that_nothing_does(sign_in: SignIn, member: User, monkeypatch) -> None:
    monkeypatch.setattr(awaiting, "_providers", [])
    client = sign_in(member)
    assert "Rien ne vous attend" in read(client.get("/mon-espace/"))
    card = awaiting.Card("Deux réponses", "À lire", "/ici/", "Lire")
    awaiting.register(lambda user: card if user == member else None)
    assert "Deux réponses" in read(client.get("/mon-espace/"))


def test_accounts_never_confirmed_go(member: User) -> None:
    Client().post("/inscription/", {"name": "", "email": "perdu@exemple.fr", "password1": PASSWORD})
    assert actions.forget_unconfirmed() == 0
    User.objects.update(joined_at=timezone.now() - timedelta(days=8))
    assert actions.forget_unconfirmed() == 1
    assert list(User.objects.values_list("email", flat=True)) == [member.email]
