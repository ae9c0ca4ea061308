"""Signing up, confirming, signing in by password or by code, leaving; and those who try what they should not."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client

from fairealliance.accounts import links
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from tests.accounts.conftest import PASSWORD, SignIn, code_in, last_mail, link_in, read
from tests.factories import prove

pytestmark = pytest.mark.django_db
NEW = {"name": "Nadia Nouvelle", "email": "Nadia@Exemple.fr", "password1": PASSWORD}
PAGES = ["/inscription/", "/connexion/", "/connexion/code/", "/mot-de-passe/oublie/"]


@pytest.mark.parametrize("address", [*PAGES, "/mot-de-passe/oublie/envoye/", "/courriel/a-confirmer/"])
def test_pages_open_and_are_never_kept(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert 'content="noindex"' in read(answer)


def test_sign_up_then_confirm_then_enter(client: Client) -> None:
    answer = client.post("/inscription/", NEW)
    assert answer["Location"] == "/courriel/a-confirmer/"
    assert last_mail().to == ["nadia@exemple.fr"]
    link = link_in(last_mail(), "/courriel/confirmer/")
    # A mail reader that follows links confirms nothing.
    assert "bien à vous" in read(Client().get(link))
    assert not EmailAddress.objects.get().verified
    assert "ne vaudra plus" not in read(client.get(link))
    assert client.post(link)["Location"] == "/mon-espace/"
    assert EmailAddress.objects.get().verified
    entered = Client().post("/connexion/", {"login": "nadia@exemple.fr", "password": PASSWORD}, follow=True)
    assert "Bonjour Nadia Nouvelle" in read(entered)


def test_opened_again_while_signed_in_the_link_does_not_say_to_sign_in(client: Client) -> None:
    client.post("/inscription/", NEW)
    link = link_in(last_mail(), "/courriel/confirmer/")
    client.post(link)
    page = read(client.get(link))
    assert "Ce lien ne sert plus" in page
    assert "Se connecter" not in page
    assert ">Mon compte</a>" in page
    assert ">Se connecter</a>" in read(Client().get(link))


def test_whoever_has_no_account_sees_where_to_make_one(client: Client) -> None:
    page = read(client.get("/connexion/?next=/besoins/"))
    assert "Pas encore de compte" in page
    assert re.search(r'<a class="button button-second" href="/inscription/[^"]*besoins[^"]*">Créer un compte</a>', page)


def test_confirmed_from_another_browser_nothing_that_was_chosen_at_sign_up_holds(client: Client) -> None:
    """Somebody signed up with the address of another, who presses the button of a mail they did not ask for."""
    stranger, victim = client, Client()
    stranger.post("/inscription/", NEW)
    stranger.post("/connexion/", {"login": "nadia@exemple.fr", "password": PASSWORD})
    user = User.objects.get()
    prove(user)
    SocialAccount.objects.create(user=user, provider="essai", uid="1")
    link = link_in(mail.outbox[0], "/courriel/confirmer/")
    assert "ne vaudra plus" in read(victim.get(link))
    answer = victim.post(link)
    assert answer["Location"].startswith(f"{settings.PUBLIC_ADDRESS}/mot-de-passe/nouveau/")
    assert EmailAddress.objects.get().verified
    assert not User.objects.get().has_usable_password()
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    for who in (stranger, Client()):
        refused = who.post("/connexion/", {"login": "nadia@exemple.fr", "password": PASSWORD})
        assert "L’adresse ou le mot de passe ne va pas" in read(refused)
        assert who.get("/mon-espace/").status_code == 302
    form = victim.get(answer["Location"].removeprefix(settings.PUBLIC_ADDRESS))["Location"]
    asking = read(victim.get(form))
    assert "ne vaut plus" in asking
    assert "Choisissez le vôtre sur cette page" in asking
    assert "dans votre compte" not in asking
    chosen = {"password1": "une phrase de Nadia elle-même", "password2": "une phrase de Nadia elle-même"}
    assert victim.post(form, chosen)["Location"] == "/mon-espace/"
    assert "Nadia" in read(victim.get("/mon-espace/"))
    assert Entry.objects.filter(verb="account-claimed", subject=f"user:{user.pk}").count() == 1
    assert "Ce lien ne sert plus" in read(stranger.get(link))
    victim.post(link)
    assert User.objects.get().check_password("une phrase de Nadia elle-même"), "pressed again, nothing changes"


def test_who_was_signed_up_by_nobody_is_confirmed_from_anywhere_without_a_change(member: User, client: Client) -> None:
    """A new address of a confirmed account: its password stays."""
    client.post("/connexion/", {"login": member.email, "password": PASSWORD})
    client.post("/compte/courriel/", {"action_add": "", "email": "maud@ailleurs.fr"})
    Client().post(link_in(last_mail(), "/courriel/confirmer/"))
    member.refresh_from_db()
    assert member.email == "maud@ailleurs.fr"
    assert member.check_password(PASSWORD)


def test_nobody_enters_before_confirming(client: Client) -> None:
    client.post("/inscription/", NEW)
    answer = Client().post("/connexion/", {"login": "nadia@exemple.fr", "password": PASSWORD})
    assert answer["Location"] == "/courriel/a-confirmer/"
    assert client.get("/mon-espace/").status_code == 302


@pytest.mark.parametrize("form", ["/inscription/", "/mot-de-passe/oublie/", "/connexion/code/"])
def test_who_has_an_account_is_not_told(member: User, form: str) -> None:
    known, unknown = (
        Client().post(form, NEW | {"email": email}, follow=True) for email in (member.email, "personne@exemple.fr")
    )
    assert [address for address, _ in known.redirect_chain] == [address for address, _ in unknown.redirect_chain]
    same = [
        re.sub(r"csrf\S+ value=\S+", "", read(page)).replace(member.email, "personne@exemple.fr")
        for page in (known, unknown)
    ]
    assert same[0] == same[1]
    assert sorted(message.to[0] for message in mail.outbox) == sorted([member.email, "personne@exemple.fr"])


def test_signing_up_hashes_one_password_whether_the_account_is_known_or_not(member: User, monkeypatch) -> None:
    hashed: list[str] = []
    plain = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for email in (member.email, "personne@exemple.fr"):
        hashed.clear()
        Client().post("/inscription/", NEW | {"email": email})
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_a_wrong_password_tells_nothing_of_the_account(member: User) -> None:
    told = [
        read(Client().post("/connexion/", {"login": email, "password": "pas celui-là du tout"})).replace(email, "")
        for email in (member.email, "personne@exemple.fr")
    ]
    assert all("L’adresse ou le mot de passe ne va pas" in page for page in told)


def test_signing_up_twice_leaves_the_first_as_it_was(member: User) -> None:
    Client().post("/inscription/", NEW | {"email": member.email, "password1": "une autre phrase très longue"})
    assert User.objects.get(email=member.email).check_password(PASSWORD)
    assert "déjà un" in str(last_mail().body)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "javascript:alert(1)",
        "https:///ailleurs.example",
        "/\\ailleurs.example",
    ],
)
def test_next_leads_to_our_own_pages_only(member: User, wanted: str) -> None:
    sent = {"login": member.email, "password": PASSWORD, "next": wanted}
    assert Client().post("/connexion/", sent)["Location"] == "/mon-espace/"
    entered = Client()
    entered.force_login(member)
    assert entered.post("/deconnexion/", {"next": wanted})["Location"] == "/"


def test_next_leads_where_one_was_going(member: User) -> None:
    sent = {"login": member.email, "password": PASSWORD, "next": "/compte/?x=1"}
    assert Client().post("/connexion/", sent)["Location"] == "/compte/?x=1"


def test_the_session_changes_on_entering(client: Client, member: User) -> None:
    planted = client.session
    planted["seen-before"] = True
    planted.save()
    before = planted.session_key
    client.post("/connexion/", {"login": member.email, "password": PASSWORD})
    assert before
    assert client.session.session_key != before


def test_forms_are_refused_without_their_token(member: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    for address in [*PAGES, "/deconnexion/", "/compte/", "/compte/courriel/", "/compte/sessions/fermer/"]:
        assert strict.post(address, {"login": member.email}).status_code == 403, address


def test_a_code_by_mail_opens_once(client: Client, member: User) -> None:
    client.post("/connexion/code/", {"email": member.email})
    code = code_in(last_mail())
    assert Client().get("/connexion/code/saisir/").status_code == 302  # another browser has nothing to type it in
    entered = client.post("/connexion/code/saisir/", {"code": code})
    assert entered["Location"] == "/mon-espace/"
    client.post("/deconnexion/")
    assert client.post("/connexion/code/saisir/", {"code": code})["Location"].startswith("/connexion/")


def test_a_guessed_code_is_given_up_after_three(client: Client, member: User) -> None:
    client.post("/connexion/code/", {"email": member.email})
    answers = [client.post("/connexion/code/saisir/", {"code": f"00000{n}"}) for n in range(3)]
    assert answers[-1]["Location"].startswith("/connexion/")


def test_brute_force_is_stopped_and_leaves_no_address(member: User, django_assert_max_num_queries) -> None:
    answers = [
        Client(REMOTE_ADDR="198.51.100.7").post(
            "/connexion/", {"login": member.email, "password": f"phrase fausse {n}"}
        )
        for n in range(7)
    ]
    assert "Trop d’essais ratés" in read(answers[-1])
    # From elsewhere too: it is the account that is guarded.
    late = Client(REMOTE_ADDR="203.0.113.9").post("/connexion/", {"login": member.email, "password": PASSWORD})
    assert "Trop d’essais ratés" in read(late)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM accounts_shared_cache")
        kept = cursor.fetchall()
    assert kept
    assert not any(member.email in str(row) or "198.51" in str(row) for row in kept)


def test_too_many_asks_are_told(client: Client) -> None:
    for _ in range(31):
        answer = client.post("/connexion/", {"login": "", "password": ""})
    assert answer.status_code == 429
    assert "Trop d’essais en peu de temps" in read(answer)


def test_the_link_for_a_password_serves_once(client: Client, member: User) -> None:
    client.post("/mot-de-passe/oublie/", {"email": member.email})
    link = link_in(last_mail(), "/mot-de-passe/nouveau/")
    chosen = {"password1": "encore une autre phrase", "password2": "encore une autre phrase"}
    form = client.get(link)["Location"]
    assert client.post(form, chosen)["Location"] == "/mon-espace/"
    assert "Ce lien ne sert plus" in read(Client().get(link))
    assert User.objects.get(pk=member.pk).check_password("encore une autre phrase")
    assert "vient d’être choisi à nouveau" in str(last_mail().body)
    assert last_mail().subject == "Votre mot de passe a changé"
    assert "Votre mot de passe est changé." in read(client.get("/mon-espace/"))


def test_a_first_password_is_chosen_and_not_changed(client: Client, member: User) -> None:
    """As of somebody invited: none could be used before."""
    member.set_unusable_password()
    member.save()
    form = client.get(links.choose_password(member).removeprefix(settings.PUBLIC_ADDRESS))["Location"]
    chosen = {"password1": "une première phrase à moi", "password2": "une première phrase à moi"}
    client.post(form, chosen)
    assert last_mail().subject == "Votre mot de passe est choisi"
    assert "à nouveau" not in str(last_mail().body)
    assert "/mot-de-passe/oublie/" in str(last_mail().body), "was it not them, the way out is told"
    page = read(client.get("/mon-espace/"))
    assert "Votre mot de passe est choisi." in page
    assert "Votre mot de passe est changé." not in page


def test_a_forged_or_expired_link_serves_nothing(client: Client, member: User, settings) -> None:
    client.post("/mot-de-passe/oublie/", {"email": member.email})
    link = link_in(last_mail(), "/mot-de-passe/nouveau/")
    assert "Ce lien ne sert plus" in read(client.get(link[:-3] + "xx/"))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Ce lien ne sert plus" in read(client.get(link))
    assert "Ce lien ne sert plus" in read(client.get("/courriel/confirmer/MQ:abc:def/"))


def test_a_confirmation_too_old_serves_nothing(client: Client, settings) -> None:
    client.post("/inscription/", NEW)
    link = link_in(last_mail(), "/courriel/confirmer/")
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1
    assert "Ce lien ne sert plus" in read(client.get(link))
    client.post(link)
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    "wrong", ["a@exemple.fr\nBcc: b@exemple.fr", "a@exemple.fr\r\nSubject: x", "a@exemple.fr,b@exemple.fr"]
)
def test_no_header_slips_into_a_mail(client: Client, wrong: str) -> None:
    for form in ("/inscription/", "/mot-de-passe/oublie/", "/connexion/code/"):
        assert client.post(form, NEW | {"email": wrong}).status_code == 200
    assert mail.outbox == []


def test_mails_lead_to_our_own_address_whatever_the_host_says(settings, member: User) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_ADDRESS = "https://faire.example"
    for form in ("/mot-de-passe/oublie/", "/inscription/"):
        Client(HTTP_HOST="mechant.example").post(form, NEW | {"email": member.email})
    assert all("mechant" not in str(message.body) for message in mail.outbox)
    assert "https://faire.example/" in str(mail.outbox[0].body)


def test_the_header_says_who_is_in(client: Client, sign_in: SignIn, member: User) -> None:
    assert ">Se connecter</a>" in read(client.get("/licences/"))
    assert ">Mon espace</a>" in read(sign_in(member).get("/licences/"))


def test_a_visitor_costs_no_session(client: Client, django_assert_num_queries) -> None:
    answer = client.get("/connexion/")
    assert "sessionid" not in answer.cookies
    with django_assert_num_queries(0):
        client.get("/design/")
