"""Who may do what: its organisation's members write and lead its life; the secretariat may close what must not stay."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.needs.life import Verb
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for


def can_write_for(by: Actor, organisation: Organisation | int) -> bool:
    return can_act_for(by, organisation)


def can_move(by: Actor, need: Need, verb: Verb) -> bool:
    if verb == Verb.EXPIRE:
        return isinstance(by, System)
    return can_write_for(by, need.organisation_id) or (verb == Verb.CLOSE and can_moderate(by))


def can_moderate(by: Actor) -> bool:
    """The secretariat; whoever of it owes a second proof is a mere member."""
    return can_edit_hub(by) and not (isinstance(by, User) and lacks_second_proof(by))


def require(allowed: bool) -> None:
    """Raises PermissionDenied with a French message unless `allowed`."""
    if not allowed:
        raise PermissionDenied(_("Seules les personnes qui agissent pour l’organisation le peuvent."))
