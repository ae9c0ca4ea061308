"""Who may do what with profiles, mediations and requests for support."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.accounts.second_proof import lacks_second_proof
from fairealliance.network.enums import Status
from fairealliance.network.life import MAY_STILL_ACCEPT, Verb, can
from fairealliance.network.models import Catalyst, Mediator, SupportRequest, Turn


def can_judge(by: Actor) -> bool:
    """The secretariat: profiles, mediators, requests that nobody took."""
    return can_edit_hub(by) and not (isinstance(by, User) and lacks_second_proof(by))


def is_catalyst(by: Actor | AnonymousUser) -> bool:
    """A fact, not a column: an accepted profile, with consent."""
    return isinstance(by, User) and Catalyst.objects.active().filter(user=by).exists()


def is_mediator(by: Actor | AnonymousUser) -> bool:
    return isinstance(by, User) and by.is_active and Mediator.objects.filter(user=by).exists()


def can_accept(turn: Turn | None, request: SupportRequest) -> bool:
    """Whoever was offered it and did not refuse, until somebody has accepted."""
    return turn is not None and turn.answer in MAY_STILL_ACCEPT and can(Verb.ACCEPT, request.status)


def holds(by: Actor, request: SupportRequest) -> bool:
    """It is their turn, or they accepted it."""
    return isinstance(by, User) and request.catalyst is not None and request.catalyst.user_id == by.pk


def can_end(by: Actor, request: SupportRequest) -> bool:
    """Whoever accepted it; the secretariat when it has it."""
    if request.status == Status.DESK:
        return can_judge(by)
    return holds(by, request) or isinstance(by, System)


def require(allowed: bool, said: str = "") -> None:
    """Raises PermissionDenied with a French message unless `allowed`."""
    if not allowed:
        raise PermissionDenied(said or _("Cela ne vous revient pas."))
