"""One person per role, who holds it and nothing else; what their browser sends along."""

from dataclasses import dataclass
from importlib import import_module

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.config.access.roles import Role
from fairealliance.staff.people import WRITERS, ensure_groups
from tests.factories import UserFactory


@dataclass
class Someone:
    """`user` and what is theirs; nobody signed in when None."""

    role: Role
    user: User | None = None
    cookie: str = ""
    session: int = 0
    key: int = 0


def cast() -> dict[Role, Someone]:
    ensure_groups()
    facts: dict[Role, dict[str, object]] = {
        Role.MEMBER: {},
        Role.CATALYST: {},
        Role.MEDIATOR: {},
        Role.CORRESPONDENT: {},
        Role.WRITER: {},
        Role.UNPROVEN: {"is_secretariat": True, "proven": False},
        Role.SECRETARIAT: {"is_secretariat": True},
    }
    people = {role: _enter(role, UserFactory(email=f"{role}@exemple.fr", **told)) for role, told in facts.items()}
    people[Role.WRITER].user.groups.add(Group.objects.get(name=WRITERS))  # type: ignore[union-attr]
    return {Role.PUBLIC: Someone(Role.PUBLIC), Role.HOLDER: Someone(Role.HOLDER), **people}


def _enter(role: Role, user: User) -> Someone:
    vouch(user)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookie)
    # They have just told again who they are: what asks for that is not what is tried here.
    request = RequestFactory().get("/")
    request.session = session
    record_authentication(request, user, method="password", reauthenticated=True)
    session.save()
    kept = UserSession.objects.create(user=user, session_key=f"other-{role}", ip="127.0.0.1", user_agent="Essai")
    key = 0 if role == Role.UNPROVEN else _passkey(user)  # with one, they would not be of that role
    return Someone(role, user, cookie, kept.pk, key)


def _passkey(user: User) -> int:
    data = {"name": "Ma clé", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data).pk
