"""Passkeys are offered where browsers give them; elsewhere it is said why, and what works."""

import pytest
from django.test import Client

from fairealliance.accounts.models import User
from tests.organisations.cast import entered, read

SAID = "Les clés d’accès ne marchent pas à cette adresse"
PLACES = ("127.0.0.1:8000", "[::1]:8000", "192.168.1.12", "nom.exemple")


@pytest.fixture(autouse=True)
def _any_host(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def _page(client: Client, address: str, host: str, **more: bool) -> str:
    return read(client.get(address, headers={"host": host}, **more))


@pytest.mark.parametrize("host", PLACES)
def test_where_there_is_none_it_is_said_and_not_offered(member: User, host: str) -> None:
    own = entered(member)
    for client, address in ((Client(), "/connexion/"), (own, "/compte/protection/"), (own, "/compte/protection/cles/")):
        page = _page(client, address, host)
        assert SAID in page, address
        assert 'data-passkey="sign-in"' not in page
        assert "Ajouter une clé d’accès" not in page
    assert "Ajouter une application" in _page(own, "/compte/protection/", host)


def test_the_same_page_is_named_where_the_number_is_this_machine() -> None:
    way = 'href="http://localhost:8000/connexion/"'
    assert way in _page(Client(), "/connexion/", "127.0.0.1:8000")
    assert "localhost:" not in _page(Client(), "/connexion/", "192.168.1.12:8000")


@pytest.mark.parametrize(("host", "secure"), [("localhost:8000", False), ("nom.exemple", True)])
def test_where_they_work_they_are_offered(member: User, host: str, secure: bool) -> None:
    assert 'data-passkey="sign-in"' in _page(Client(), "/connexion/", host, secure=secure)
    page = _page(entered(member), "/compte/protection/", host, secure=secure)
    assert "Ajouter une clé d’accès" in page
    assert SAID not in page
