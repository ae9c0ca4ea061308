"""Inviting somebody by mail: an account of their own, with no right but what the room that invites gives them."""

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts import links
from fairealliance.accounts.actions import vouch
from fairealliance.accounts.actors import Actor
from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record


@transaction.atomic
def invite(*, by: Actor, email: str, name: str = "", subject: str, text: str, then: str) -> User:
    """The account of `email`, made if there is none, and a mail that says why, with a link.

    `text`: why they are written to. `then`: the page they are invited to. Whoever has signed in before is led there;
    the others choose a password first. Neither becomes an editor, nor is one no more.
    """
    require_hub_editor(by)
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        vouch(user)
        record(by=by, verb="account-invited", subject=f"user:{user.pk}")
    told = _("Y aller : %s") % absolute(then)
    if user.last_login is None:
        told = _("Choisissez d’abord un mot de passe (le lien vaut trois jours) : %s")
        told = told % links.choose_password(user, then=then)
    send_mail(to=user.email, subject=subject, text=f"{text}\n\n{told}")
    return user
