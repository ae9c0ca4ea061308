"""A kind to tell of, people who confirmed their address, and a real server of mail."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.mailing import kinds
from fairealliance.mailing.kinds import Kind
from tests.factories import UserFactory


class Received:
    """What an SMTP server was handed. `answers` gives, for an address, what it says instead of taking the mail."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.connections = 0
        self.answers: dict[str, str] = {}

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, answers: list) -> list:  # noqa: N802 -- aiosmtpd names it
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list) -> str:  # noqa: N802 -- aiosmtpd names it
        if refusal := self.answers.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd names it
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class AnyPort(Controller):
    """Listens where the system finds room: as it starts, it learns where."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def smtp(settings) -> Iterator[Received]:
    """A server of mail on this machine, on a port of its own."""
    received = Received()
    controller = AnyPort(received, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    settings.EMAIL_PORT = controller.port
    settings.DEFAULT_FROM_EMAIL = "Faire Alliance <bonjour@faire-alliance.example>"
    yield received
    controller.stop()


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_known", {})
    kinds.register(Kind("essais", "Essais", "ce que l’on essaie"))
    kinds.register(Kind("nouvelles", "Nouvelles", "ce qui se passe"))


@pytest.fixture
def nour(db: None) -> User:
    return confirmed("nour@exemple.fr")


def confirmed(email: str) -> User:
    user = UserFactory(email=email)
    vouch(user)
    return user
