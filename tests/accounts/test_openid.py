"""Signing in by an OpenID Connect provider that really answers; and what a dishonest one cannot do."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from fairealliance.accounts.models import User
from fairealliance.config import environment
from tests.accounts.conftest import SignIn, last_mail, link_in, person, read
from tests.accounts.provider import CLIENT, SECRET, Provider, running
from tests.factories import prove

pytestmark = pytest.mark.django_db
ANNE = {
    "sub": "anne-1",
    "email": "anne@mairie.exemple.fr",
    "email_verified": True,
    "given_name": "Anne",
    "usual_name": "Élue",
}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running() as served:
        served.person = dict(ANNE)
        app = {"provider_id": "essai", "name": "Essai", "client_id": CLIENT, "secret": SECRET}
        told = {"server_url": served.issuer, "scope": ["openid", "email"], "auth_params": {"acr_values": "eidas1"}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{**app, "settings": told}]}}
        yield served


def address_in(page: HttpResponse) -> str:
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', read(page))
    assert found, read(page)
    return html.unescape(found[1])


def go(client: Client, provider: Provider, **sent: str) -> HttpResponse:
    """There and back: the answer of our own page on return."""
    asked = dict(parse_qsl(urlsplit(address_in(client.post("/connexion/avec/essai/", sent))).query))
    back = urlsplit(provider.authorize(asked))
    return client.get(f"{back.path}?{back.query}")


def test_somebody_new_enters(client: Client, provider: Provider) -> None:
    assert "Entrer avec Essai" in read(client.get("/connexion/"))
    assert go(client, provider, next="/compte/")["Location"] == "/compte/"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("anne@mairie.exemple.fr", "Anne Élue", False)
    assert EmailAddress.objects.get().verified
    again = Client()
    assert go(again, provider)["Location"] == "/mon-espace/"
    assert User.objects.count() == 1


def test_what_is_asked_cannot_be_changed_by_the_visitor(client: Client, provider: Provider) -> None:
    page = client.post("/connexion/avec/essai/?scope=tout&auth_params=acr_values%3Dfaible%26nonce%3Dx")
    asked = dict(parse_qsl(urlsplit(address_in(page)).query))
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert asked["acr_values"] == "eidas1"
    assert len(asked["nonce"]) > 20
    assert asked["code_challenge_method"] == "S256"


def test_signed_userinfo(client: Client, provider: Provider) -> None:
    provider.signed_userinfo = True
    assert go(client, provider).status_code == 302
    assert User.objects.get().name == "Anne Élue"


@pytest.mark.parametrize("signed_userinfo", [False, True])
@pytest.mark.parametrize(
    "wrong", ["nonce", "audience", "issuer", "expired", "signature", "unsigned", "acr", "azp", "userinfo"]
)
def test_a_dishonest_answer_opens_nothing(
    client: Client, provider: Provider, wrong: str, signed_userinfo: bool
) -> None:
    provider.wrong, provider.signed_userinfo = wrong, signed_userinfo
    assert go(client, provider).status_code in (401, 403)
    assert not User.objects.exists()
    assert client.get("/compte/").status_code == 302


def test_an_answer_serves_once_and_in_its_own_browser(client: Client, provider: Provider) -> None:
    asked = dict(parse_qsl(urlsplit(address_in(client.post("/connexion/avec/essai/"))).query))
    back = urlsplit(provider.authorize(asked))
    assert Client().get(f"{back.path}?{back.query}").status_code == 401  # another's browser: refused, in words
    assert not User.objects.exists()
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    assert client.get(f"{back.path}?{back.query}").status_code == 401


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_takes_over_no_account(client: Client, provider: Provider, member: User, verified: bool) -> None:
    provider.person |= {"email": member.email, "email_verified": verified}
    page = go(client, provider)
    client.post("/connexion/identite/inscription/", {"email": member.email})
    assert page.status_code in (200, 302)
    assert client.get("/compte/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert User.objects.get() == member


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_an_address_not_said_to_be_verified_is_confirmed_first(
    client: Client, provider: Provider, said: object
) -> None:
    provider.person["email_verified"] = said
    assert go(client, provider)["Location"] == "/courriel/a-confirmer/"
    assert client.get("/compte/").status_code == 302
    client.post(link_in(last_mail(), "/courriel/confirmer/"))
    assert go(Client(), provider)["Location"] == "/mon-espace/"


def test_it_does_not_spare_the_second_proof(provider: Provider) -> None:
    boss = person(ANNE["email"], is_secretariat=True, proven=False)  # type: ignore[arg-type]
    SocialAccount.objects.create(user=boss, provider="essai", uid="anne-1")
    prove(boss)
    client = Client()
    assert go(client, provider)["Location"].startswith("/connexion/seconde-preuve/")
    assert client.get("/gestion/", follow=True).redirect_chain


def test_an_identity_is_tied_then_untied(provider: Provider, sign_in: SignIn, member: User) -> None:
    client = sign_in(member)
    assert "Entrer avec Essai" in read(client.get("/compte/identites/"))
    go(client, provider, process="connect")
    tied = SocialAccount.objects.get()
    assert tied.user == member
    assert tied.extra_data == {"name": "Anne Élue", "email": "anne@mairie.exemple.fr"}
    client.post("/compte/identites/", {"account": tied.pk})
    assert not SocialAccount.objects.exists()


def test_leaving_leaves_the_provider_too(client: Client, provider: Provider) -> None:
    go(client, provider)
    address = address_in(client.post("/deconnexion/"))
    told = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{provider.issuer}/end?")
    assert {"id_token_hint", "post_logout_redirect_uri", "state"} <= set(told)
    assert client.get("/compte/").status_code == 302


def test_an_unknown_provider_is_not_found(client: Client, provider: Provider) -> None:
    assert client.get("/connexion/avec/autre/").status_code == 404


def test_settings_are_read_and_what_lacks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_PROVIDERS", "proconnect")
    with pytest.raises(environment.BadSetting, match="OIDC_PROCONNECT_CLIENT_ID manque"):
        environment.openid_providers()
    told = {"CLIENT_ID": "x", "CLIENT_SECRET": "y", "ISSUER": "https://p.example/", "ACR": "eidas1"}
    for name, value in told.items():
        monkeypatch.setenv(f"OIDC_PROCONNECT_{name}", value)
    (read_back,) = environment.openid_providers()
    assert read_back["settings"]["server_url"] == "https://p.example"
    monkeypatch.setenv("OIDC_PROVIDERS", "Pro Connect")
    with pytest.raises(environment.BadSetting, match="lettres minuscules"):
        environment.openid_providers()
