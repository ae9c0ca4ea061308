"""An organisation, who administers it, a teammate, and an outsider."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from urllib.parse import urlsplit

from django.core import mail
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.mailing import gathering, sending
from fairealliance.mailing.rhythms import TOGETHER
from fairealliance.organisations.enums import Role, Way
from fairealliance.organisations.models import Member, Organisation
from tests.factories import OrganisationFactory, UserFactory

HERE = "/mon-espace/organisations/"


def person(email: str, **facts: object) -> User:
    """Somebody whose address is confirmed."""
    user: User = UserFactory(email=email, **facts)
    vouch(user)
    return user


def organisation(**facts: object) -> Organisation:
    made: Organisation = OrganisationFactory(
        **{"name": "La Halle du Forez", "website": "https://www.halle-forez.fr/", **facts}
    )
    return made


def join(organisation: Organisation, user: User, role: Role = Role.MEMBER) -> Member:
    return Member.objects.create(organisation=organisation, user=user, role=role, way=Way.MODERATION)


@contextmanager
def unguarded(organisation_id: int) -> Iterator[Organisation]:
    """What `alone_with` does, less being alone. SQLite's transactions are: there, none is begun."""
    with nullcontext() if connection.vendor == "sqlite" else transaction.atomic():
        yield Organisation.objects.get(pk=organisation_id)


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(answer: HttpResponse) -> str:
    return answer.content.decode()


def mails_to(email: str) -> list[mail.EmailMessage]:
    """Once the dispatcher has done its work."""
    soon = timezone.now() + TOGETHER
    gathering.gather(soon)
    sending.send_queued(soon)
    return [each for each in mail.outbox if each.to == [email]]


def link_in(message: mail.EmailMessage, start: str) -> str:
    found = re.search(rf"https?://\S*{re.escape(start)}\S*", str(message.body))
    assert found, message.body
    return urlsplit(found[0]).path


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^\d{6}$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[0]
