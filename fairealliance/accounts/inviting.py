"""Inviting somebody by mail: an account of their own, with no right but what the room that invites gives them."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts import links
from fairealliance.accounts.actions import vouch
from fairealliance.accounts.actors import Actor
from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import INVENTED_DOMAIN, User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.design.letters import Way
from fairealliance.journal.actions import record


def why_not(by: Actor, email: str) -> str:
    """Why `by` may not write to `email`, in French; empty when they may.

    Nobody writes across the border of the invented world, whatever address an account has taken since.
    """
    user = User.objects.filter(email=email.lower()).first()
    worlds = {email.lower().endswith(f"@{INVENTED_DOMAIN}"), *([user.is_demo] if user else [])}
    if isinstance(by, User) and worlds != {by.is_demo}:
        if by.is_demo:
            return _("Un compte inventé n’écrit qu’à des adresses inventées (@demo.invalid).")
        return _("Cette adresse est inventée : personne n’en lit le courriel.")
    return _("Ce compte est fermé : on ne lui écrit pas.") if user and not user.is_active else ""


@transaction.atomic
def invite(*, by: Actor, email: str, name: str = "", subject: str, text: str, then: str, label: str) -> User:
    """The account of `email`, made if there is none, and a mail that says why, with a link.

    `text`: why they are written to. `then`, `label`: the page they are invited to, and what one does there.
    Whoever has signed in before is led there; the others choose a password first. Neither becomes an editor, nor is
    one no more.
    Raises PermissionDenied, with what `why_not` says.
    """
    require_hub_editor(by)
    if said := why_not(by, email):
        raise PermissionDenied(said)
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, name=name, is_demo=isinstance(by, User) and by.is_demo)
        vouch(user)
        record(by=by, verb="account-invited", subject=f"user:{user.pk}")
    way, after = Way(label, absolute(then)), ""
    if user.last_login is None:
        way = Way(_("Choisir un mot de passe"), links.choose_password(user, then=then))
        after = _("Vous choisissez d’abord un mot de passe, puis la page s’ouvre. Le lien vaut trois jours.")
    why = _("Vous recevez ce courriel parce que le secrétariat de Faire Alliance vous y invite.")
    send_mail(to=user.email, subject=subject, text=text, way=way, after=after, why=why, name=_confirmed_name(user))
    return user


def _confirmed_name(user: User) -> str:
    """Empty while anybody may have opened the account with somebody else's address."""
    is_theirs = EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
    return user.name if is_theirs else ""
