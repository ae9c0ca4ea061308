"""What the secretariat decides: who is listed as a catalyst, who mediates for the State."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.network import leaving, telling
from fairealliance.network.actions.profile import tell
from fairealliance.network.actions.turns import pass_on_those_of
from fairealliance.network.enums import Standing
from fairealliance.network.models import Catalyst, Mediator
from fairealliance.network.permissions import can_judge, require
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory


def judge(*, by: Actor, catalyst: Catalyst, accepted: bool, reason: str = "") -> Catalyst:
    """Accepts a profile; or refuses it, or takes out one that was accepted, with a reason that its owner reads.
    Whatever they held goes on without them.

    Raises PermissionDenied; NotAllowed when it is so already, or without a reason.
    """
    require(can_judge(by))
    with transaction.atomic():
        held = Catalyst.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=catalyst.pk)
        before, after = held.standing, Standing.ACCEPTED if accepted else Standing.REFUSED
        if before == after:
            raise NotAllowed(_("C’est déjà fait : ce profil est « %s ».") % after.label)
        if not accepted and not reason.strip():
            raise NotAllowed(_("Dites pourquoi : la personne le lira."))
        held.standing, held.reason = after, "" if accepted else reason.strip()
        held.decided_at, held.decided_by = timezone.now(), by if isinstance(by, User) else None
        held.save()
        tell(held, "accepted" if accepted else "refused", by=by, before=before)
        telling.judged(held, accepted=accepted)
    if not accepted:
        pass_on_those_of(held, by=by, accepted_too=True)
        leaving.leave(held.user, by)
    return held


@transaction.atomic
def give_mediation(*, by: Actor, user: User, territory: Territory) -> Mediator:
    """Given again, it is given once. Raises PermissionDenied; NotAllowed for anything but a département."""
    require(can_judge(by))
    if territory.level != Level.DEPARTEMENT:
        raise NotAllowed(_("Une médiation porte sur un département."))
    given_by = by if isinstance(by, User) else None
    held, made = Mediator.objects.get_or_create(user=user, territory=territory, defaults={"given_by": given_by})
    if made:
        _tell(by, "mediation-given", held)
    return held


@transaction.atomic
def take_back_mediation(*, by: Actor, mediator: Mediator) -> None:
    """Raises PermissionDenied."""
    require(can_judge(by))
    deleted, _rows = Mediator.objects.filter(pk=mediator.pk).delete()
    if deleted:
        _tell(by, "mediation-taken-back", mediator)


def _tell(by: Actor, verb: str, held: Mediator) -> None:
    record(by=by, verb=verb, subject=f"user:{held.user_id}", detail={"territory": held.territory.ref})
