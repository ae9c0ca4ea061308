"""In by a link of a mail: from any browser, once, soon; not by merely opening it, nor past the second proof."""

import re
from datetime import timedelta
from threading import get_ident
from time import monotonic_ns

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail, signing
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from fairealliance.accounts import mail_link
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from tests.accounts.conftest import PASSWORD, code_in, last_mail, link_in, person, read
from tests.factories import UserFactory, code_now, prove
from tests.races import at_once

pytestmark = pytest.mark.django_db
CROWD = 12


def asked(email: str, **facts: str) -> str:
    """The path that was mailed to whoever asked."""
    Client().post("/connexion/code/", {"email": email, **facts})
    return link_in(last_mail(), "/connexion/lien/")


def is_in(client: Client) -> bool:
    return client.get("/mon-espace/").status_code == 200


def test_any_browser_signs_in_once(member: User) -> None:
    link, here = asked(member.email), Client()
    assert f"Vous entrez dans le compte de {member.email}" in read(here.get(link))
    assert here.post(link)["Location"] == "/mon-espace/"
    assert is_in(here)
    assert Entry.objects.filter(verb="mail-link-used", subject=f"user:{member.pk}").count() == 1
    again = Client()
    for answer in (again.get(link), again.post(link)):
        assert answer.status_code == 410
        assert "Il a déjà servi" in read(answer)
    assert not is_in(again)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_scanner_of_mail_uses_nothing(member: User, method: str) -> None:
    link, scanner, person = asked(member.email), Client(), Client()
    for _ in range(40):
        getattr(scanner, method)(link)
    assert not is_in(scanner)
    person.post(link)
    assert is_in(person)


def test_the_page_is_never_kept_nor_found(member: User) -> None:
    answer = Client().get(asked(member.email))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert 'content="noindex"' in read(answer)


def test_it_is_over_after_a_quarter_of_an_hour(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    link, now = asked(member.email), signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 15 * 60 - 5)
    assert Client().get(link).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 15 * 60 + 5)
    late = Client()
    for answer in (late.get(link), late.post(link)):
        assert answer.status_code == 410
        assert "quart d’heure" in read(answer)
    assert not is_in(late)


def test_a_forged_one_opens_nothing(member: User, outsider: User) -> None:
    token = asked(member.email).rstrip("/").rpartition("/")[2]
    ours, theirs = token, mail_link.path_for(outsider.email).rstrip("/").rpartition("/")[2]
    other_head = f"{theirs.partition(':')[0]}:{ours.partition(':')[2]}"
    other_use = signing.dumps([member.pk, member.email, "x-y"], salt="accounts.else")
    for forged in (ours[:-3], ours + "x", other_head, other_use, "devine"):
        client = Client()
        for answer in (client.get(f"/connexion/lien/{forged}/"), client.post(f"/connexion/lien/{forged}/")):
            assert answer.status_code == 404, forged
            assert "incomplet, ou n’est pas de nous" in read(answer)
        assert not is_in(client)


def test_a_well_signed_one_needs_its_proof(member: User) -> None:
    made = signing.dumps([member.pk, member.email, "abc-def"], salt="accounts.mail-link")
    assert Client().post(f"/connexion/lien/{made}/").status_code == 410


def test_the_second_proof_is_still_asked_and_the_link_is_used(member: User) -> None:
    secret, link, client = prove(member), asked(member.email), Client()
    assert client.post(link)["Location"].startswith("/connexion/seconde-preuve/")
    assert not is_in(client)
    # Nobody came in yet, and still it serves nobody else.
    assert Client().post(link).status_code == 410
    client.post("/connexion/seconde-preuve/", {"code": code_now(secret)})
    assert is_in(client)


def test_the_secretariat_without_second_proof_is_led_to_one() -> None:
    editor = person("sec@exemple.fr", is_secretariat=True, proven=False)
    client = Client()
    client.post(asked(editor.email))
    assert client.get("/gestion/", follow=True).redirect_chain[-1][0].startswith("/compte/protection/")


@pytest.mark.parametrize("change", ["password", "code", "mail"])
def test_what_changes_since_ends_it(member: User, change: str) -> None:
    asker = Client()
    asker.post("/connexion/code/", {"email": member.email})
    link, code = link_in(last_mail(), "/connexion/lien/"), code_in(last_mail())
    if change == "password":
        member.set_password(PASSWORD[::-1])
        member.save()
    elif change == "mail":
        User.objects.filter(pk=member.pk).update(email="autre@exemple.fr")
    else:
        assert asker.post("/connexion/code/saisir/", {"code": code})["Location"] == "/mon-espace/"
    assert Client().post(link).status_code == 410


def test_a_closed_account_stays_closed(member: User) -> None:
    link, client = asked(member.email), Client()
    User.objects.filter(pk=member.pk).update(is_active=False)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "Ce compte est fermé" in read(answer)
    assert not is_in(client)
    assert not Entry.objects.filter(verb="mail-link-used").exists()
    Client().post("/connexion/code/", {"email": member.email})
    assert "/connexion/lien/" not in str(last_mail().body)


def test_an_erased_account_leaves_a_dead_link(member: User) -> None:
    link = asked(member.email)
    member.delete()
    assert Client().post(link).status_code == 410


def test_who_has_no_account_gets_no_link_and_the_same_answer(member: User) -> None:
    pages = [
        Client().post("/connexion/code/", {"email": email}, follow=True) for email in (member.email, "nul@exemple.fr")
    ]
    told = [re.sub(r"csrf\S+ value=\S+", "", read(page)).replace(member.email, "nul@exemple.fr") for page in pages]
    assert told[0] == told[1]
    assert [("/connexion/lien/" in str(sent.body)) for sent in mail.outbox] == [True, False]


def test_the_address_is_confirmed_by_reading_its_mail() -> None:
    user = UserFactory(email="nadia@exemple.fr")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    client = Client()
    client.post(asked(user.email))
    assert is_in(client)
    assert EmailAddress.objects.get(user=user).verified


def _signed_up_by_another(email: str) -> User:
    """With a password and a passkey of theirs, and an address that they never confirmed."""
    user: User = UserFactory(email=email)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    return user


@pytest.mark.parametrize("way", ["link", "code"])
def test_whoever_reads_the_mail_is_alone_to_enter(way: str) -> None:
    user, holder, other = _signed_up_by_another("victime@exemple.fr"), Client(), Client()
    holder.post("/connexion/code/", {"email": user.email.upper()})
    if way == "link":
        answer = holder.post(link_in(last_mail(), "/connexion/lien/"), follow=True)
    else:
        answer = holder.post("/connexion/code/saisir/", {"code": code_in(last_mail())}, follow=True)
    assert "ne vaut plus : rien ne disait qu’il était de vous" in read(answer)
    assert "Vous pouvez en choisir un autre dans votre compte" in read(answer)
    assert is_in(holder)
    assert EmailAddress.objects.get(user=user).verified
    assert not Authenticator.objects.filter(user=user).exists()
    assert Entry.objects.filter(verb="account-claimed", subject=f"user:{user.pk}").count() == 1
    other.post("/connexion/", {"login": user.email, "password": PASSWORD})
    assert not is_in(other)


@pytest.mark.parametrize("way", ["link", "code"])
def test_a_confirmed_address_keeps_its_password(member: User, way: str) -> None:
    """The control of the last: nothing is forgotten of whom is known."""
    asker, again = Client(), Client()
    asker.post("/connexion/code/", {"email": member.email})
    if way == "link":
        asker.post(link_in(last_mail(), "/connexion/lien/"))
    else:
        asker.post("/connexion/code/saisir/", {"code": code_in(last_mail())})
    assert is_in(asker)
    again.post("/connexion/", {"login": member.email, "password": PASSWORD})
    assert is_in(again)


def test_an_address_about_to_be_taken_opens_nothing_yet(member: User) -> None:
    """Written with a fault, it is of somebody else, who would come in past the second proof."""
    EmailAddress.objects.create(user=member, email="faute@exemple.fr", verified=False)
    Client().post("/connexion/code/", {"email": "faute@exemple.fr"})
    assert "/connexion/lien/" not in str(last_mail().body)
    with pytest.raises(ValueError, match="faute"):
        mail_link.path_for("faute@exemple.fr")


def test_whoever_only_means_to_take_an_address_does_not_hide_its_holder(member: User) -> None:
    user = _signed_up_by_another("victime@exemple.fr")
    EmailAddress.objects.create(user=member, email=user.email, verified=False)
    assert mail_link.holder_of(user.email) == user


def test_the_code_of_a_mail_ends_with_its_link(member: User) -> None:
    asker = Client()
    asker.post("/connexion/code/", {"email": member.email})
    code = code_in(last_mail())
    Client().post(link_in(last_mail(), "/connexion/lien/"))
    answer = asker.post("/connexion/code/saisir/", {"code": code}, follow=True)
    assert "Ce code ne sert plus" in read(answer)
    assert not is_in(asker)


@pytest.mark.parametrize(("wanted", "led"), [("/compte/?x=1", "/compte/?x=1"), ("//ailleurs.example/", "/mon-espace/")])
def test_it_leads_where_one_was_going_on_our_site(member: User, wanted: str, led: str) -> None:
    link, client = asked(member.email, next=wanted), Client()
    form = dict(re.findall(r'name="(next)" value="([^"]*)"', read(client.get(link))))
    assert client.post(link.partition("?")[0], form)["Location"] == led


def test_whoever_is_in_already_stays_who_they_are(member: User, outsider: User) -> None:
    link, client = asked(member.email), Client()
    client.force_login(outsider)
    assert client.post(link)["Location"] == "/mon-espace/"
    assert client.session["_auth_user_id"] == str(outsider.pk)
    assert Client().get(link).status_code == 200  # not used


def test_the_button_needs_its_token(member: User) -> None:
    assert Client(enforce_csrf_checks=True).post(asked(member.email)).status_code == 403


def test_those_who_press_too_often_wait(member: User) -> None:
    client, link = Client(), "/connexion/lien/devine/"
    answers = [client.post(link).status_code for _ in range(31)]
    assert answers[:30] == [404] * 30
    assert answers[30] == 429


def test_a_mail_older_than_the_last_entrance_opens_nothing(member: User) -> None:
    first, second = asked(member.email), asked(member.email)
    User.objects.filter(pk=member.pk).update(last_login=timezone.now() - timedelta(days=1))
    assert Client().post(first).status_code == Client().post(second).status_code == 410


def _all_press(user: User) -> list[str]:
    token = mail_link.path_for(user.email).rstrip("/").rpartition("/")[2]
    return at_once([lambda: mail_link.use(HttpRequest(), token)] * CROWD, mail_link.Refused)


def test_all_press_at_once_one_comes_in(shared_database) -> None:
    assert sorted(_all_press(person("tous@exemple.fr"))) == ["Refused"] * (CROWD - 1) + ["done"]


def test_control_without_what_remembers_uses_all_come_in(shared_database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_link, "_mark", lambda token: f"{token}{monotonic_ns()}{get_ident()}")
    assert _all_press(person("tous@exemple.fr")) == ["done"] * CROWD
