"""Signing in by a link sent by mail, from any browser: signed, good once and for a quarter of an hour.

Whoever opens the link changes nothing (scanners of mail open them all): only the button of its page signs in. Django's
generator ties the link to the password, the address and the last time one came in, so that any of them changing ends
it; what was used is kept as a digest until it is too old anyway, for those whose second proof is still awaited.
"""

from dataclasses import dataclass
from http import HTTPStatus

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.contrib import messages
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts.actions import forget_proofs
from fairealliance.accounts.models import User
from fairealliance.journal.actions import record

_SALT = "accounts.mail-link"
USED = _("Il a déjà servi, ou vous êtes entré autrement depuis.")


class Refused(Exception):
    """The link opens nothing: why, in words, and as a status."""

    def __init__(self, why: str | Promise, status: HTTPStatus = HTTPStatus.GONE) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Link:
    user: User
    email: str


class _Generator(PasswordResetTokenGenerator):
    key_salt = _SALT


_generator = _Generator()


def holder_of(email: str) -> User | None:
    """Whose open account it opens. A new address of a confirmed account opens nothing until its own mail confirmed it:
    written with a fault, it is somebody else's.
    """
    users: list[User] = filter_users_by_email(email, is_active=True, prefer_verified=True)
    awaited = EmailAddress.objects.filter(email=email.lower(), user__in=users, verified=False)
    changing = set(awaited.filter(user__emailaddress__verified=True).values_list("user_id", flat=True))
    return next((user for user in users if user.pk not in changing), None)


def path_for(email: str) -> str:
    """Where whoever this address belongs to may come in. ValueError: it opens no account."""
    user = holder_of(email)
    if user is None:
        raise ValueError(email)
    told = [user.pk, email, _generator.make_token(user)]
    return reverse("accounts:enter-by-link", args=[signing.dumps(told, salt=_SALT)])


def read(token: str) -> Link:
    """Whom it opens to; nothing is used. Raises Refused."""
    pk, email, proof = _signed(token)
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise Refused(_("Le compte que ce lien ouvrait n’existe plus."))
    if not user.is_active:
        raise Refused(_("Ce compte est fermé."))
    if _mark(token) in caches["shared"] or not _generator.check_token(user, proof):
        raise Refused(USED)
    return Link(user, email)


@transaction.atomic
def use(request: HttpRequest, token: str) -> Link:
    """Whom it opens to, once: of two who press the button together, one comes in. Raises Refused."""
    link = read(token)
    if not caches["shared"].add(_mark(token), True, app_settings.LOGIN_BY_CODE_TIMEOUT):
        raise Refused(USED)
    claim(request, link.user, link.email)
    record(by=link.user, verb="mail-link-used", subject=f"user:{link.user.pk}")
    return link


@transaction.atomic
def claim(request: HttpRequest, user: User, email: str) -> None:
    """What opens the account was read at that address: it is confirmed. Were it not yet, whoever signed up may be
    somebody else: nothing that they chose opens the account any more.
    """
    address = EmailAddress.objects.filter(user=user, email=email.lower(), verified=False).first()
    if address is None or not get_adapter().confirm_email(request, address):
        return
    take_over(request, user)


def take_over(request: HttpRequest, user: User, *, asks_password: bool = False) -> None:
    """Whoever reads the mail of that address has the account; what whoever signed up chose opens it no more. In the
    transaction that confirms. `asks_password`: the page that comes next does.
    """
    had_password = user.has_usable_password()
    forget_proofs(user)
    record(by=user, verb="account-claimed", subject=f"user:{user.pk}")
    if had_password:
        told = {"is_asked": asks_password}
        get_adapter().add_message(request, messages.WARNING, "account/messages/password_forgotten.txt", told)


def _signed(token: str) -> tuple[int, str, str]:
    try:
        pk, email, proof = signing.loads(token, salt=_SALT, max_age=app_settings.LOGIN_BY_CODE_TIMEOUT)
    except signing.SignatureExpired as error:
        raise Refused(_("Il n’était valable qu’un quart d’heure.")) from error
    except signing.BadSignature as error:
        raise Refused(_("Il est incomplet, ou n’est pas de nous."), HTTPStatus.NOT_FOUND) from error
    return pk, email, proof


def _mark(token: str) -> str:
    return f"mail-link:{token}"
