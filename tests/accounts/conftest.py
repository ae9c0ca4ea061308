"""A member, their outsider, and what reads a mail that was sent."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from tests.factories import UserFactory

PASSWORD = "une phrase longue et simple"


@pytest.fixture(autouse=True)
def _no_count_from_before(db: None) -> Iterator[None]:
    yield
    caches["default"].clear()


def person(email: str, **facts: object) -> User:
    user: User = UserFactory(email=email, **facts)
    user.set_password(PASSWORD)
    user.save()
    vouch(user)
    return user


@pytest.fixture
def member(db: None) -> User:
    return person("maud@exemple.fr", name="Maud Membre")


@pytest.fixture
def outsider(db: None) -> User:
    return person("oscar@exemple.fr", name="Oscar Dehors")


SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    """`sign_in(user)`: a browser of theirs, entered by the page as anyone does."""

    def entered(user: User, **headers: str) -> Client:
        client = Client(**headers)
        answer = client.post("/connexion/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"] == "/mon-espace/"
        return client

    return entered


def last_mail() -> mail.EmailMessage:
    return mail.outbox[-1]


def link_in(message: mail.EmailMessage, start: str) -> str:
    """The path of the first link of that mail that begins so."""
    found = re.search(rf"https?://[^/\s]+({re.escape(start)}\S*)", str(message.body))
    assert found, message.body
    return found[1]


def code_in(message: mail.EmailMessage) -> str:
    """The code of a mail for signing in."""
    found = re.search(r"^([A-Z0-9]+-[A-Z0-9]+|\d+)$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def read(answer: HttpResponse) -> str:
    return answer.content.decode()
