"""The life of a need once it is published."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.lib.lives import NotAllowed
from fairealliance.needs.actions.shared import end_of, locked, tell, touched
from fairealliance.needs.life import TABLE, Verb, next_status
from fairealliance.needs.models import Need
from fairealliance.needs.permissions import can_moderate, can_move, can_write_for, require

_SAID = {
    Verb.DISCUSS: "discussed",
    Verb.RESUME: "resumed",
    Verb.MEET: "met",
    Verb.CLOSE: "closed",
    Verb.EXPIRE: "expired",
}


@transaction.atomic
def move(*, by: Actor, need: Need, verb: Verb) -> Need:
    """One of DISCUSS, RESUME, MEET, CLOSE, EXPIRE; done twice, it is done once. Raises PermissionDenied, NotAllowed."""
    held = locked(need)
    require(can_move(by, held, verb))
    before = held.status
    if before == TABLE[verb].end:
        return held
    held.status = next_status(verb, before)
    held.closed_by_hub = verb == Verb.CLOSE and not can_write_for(by, held.organisation_id)
    touched(held, by)
    held.save()
    tell(held, _SAID[verb], by=by, before=before)
    return held


@transaction.atomic
def renew(*, by: Actor, need: Need) -> Need:
    """It still holds: shown for ninety days more, or to the end its organisation gave. An end that was reached, and
    that therefore no longer holds, is taken away. Raises PermissionDenied, NotAllowed.
    """
    held = locked(need)
    require(can_move(by, held, Verb.RENEW))
    if held.closed_by_hub and not can_moderate(by):
        raise NotAllowed(_("Le secrétariat l’a fermé : écrivez-lui pour le rouvrir."))
    before, held.status = held.status, next_status(Verb.RENEW, held.status)
    held.closed_by_hub = False
    today = timezone.localdate()
    if held.ends_on and (held.ends_on == held.expires_on or held.ends_on < today):
        held.ends_on = None
        held.content = {**held.content, "ends_on": ""}
        held.version += 1
    held.told_at, held.expires_on = timezone.now(), end_of(held.ends_on, today)
    touched(held, by)
    held.save()
    tell(held, "renewed", by=by, before=before, detail={"until": held.expires_on.isoformat()})
    return held
