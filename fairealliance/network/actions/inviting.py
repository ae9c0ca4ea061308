"""A catalyst by invitation: the secretariat writes to somebody, who tells what they do, consents, and is listed."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import inviting
from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.design.letters import quoted
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.network.models import Catalyst, Invited
from fairealliance.network.permissions import can_judge, require


@transaction.atomic
def invite(*, by: Actor, email: str, name: str = "", words: str = "") -> Invited:
    """Again, the mail goes again.

    Raises PermissionDenied; NotAllowed for whoever has a profile already, a closed account, or is of the other world.
    """
    require(can_judge(by))
    if Catalyst.objects.filter(user__email=email.lower()).exists():
        raise NotAllowed(_("Cette personne a déjà un profil de catalyseur."))
    if refusal := inviting.why_not(by, email):
        raise NotAllowed(refusal)
    said = _(
        "Le secrétariat vous invite au répertoire des catalyseurs : des personnes qui aident associations,"
        " entreprises et collectivités d’un territoire à agir ensemble. Dites ce que vous faites et où : avec votre"
        " accord, votre profil paraît aussitôt. Sans réponse de vous, rien n’est publié."
    )
    user = inviting.invite(
        by=by,
        email=email,
        name=name,
        subject=_("Une invitation au répertoire des catalyseurs"),
        text="\n\n".join(part for part in (said, quoted(words.strip())) if part),
        then=reverse("my_network:profile"),
        label=_("Écrire mon profil"),
    )
    facts = {"invited_by": by if isinstance(by, User) else None, "invited_at": timezone.now()}
    held, _made = Invited.objects.update_or_create(user=user, defaults=facts)
    record(by=by, verb="catalyst-invited", subject=f"user:{user.pk}")
    return held


@transaction.atomic
def take_back_invitation(*, by: Actor, invited: Invited) -> None:
    """What they send afterwards is judged as anybody's. Raises PermissionDenied."""
    require(can_judge(by))
    deleted, _rows = Invited.objects.filter(pk=invited.pk).delete()
    if deleted:
        record(by=by, verb="catalyst-invitation-taken-back", subject=f"user:{invited.user_id}")
