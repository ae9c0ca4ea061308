"""What is answered to a request: by the catalyst whose turn it is or was, by its asker, by the secretariat."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.network import telling
from fairealliance.network.actions.turns import close_turn, offer, pass_on, require_takes, tell
from fairealliance.network.alone import alone_with, lock_catalysts
from fairealliance.network.enums import Answer, Status
from fairealliance.network.life import Verb, next_status
from fairealliance.network.models import Catalyst, SupportRequest, Turn
from fairealliance.network.permissions import can_accept, can_end, holds, require


def accept(*, by: User, request: SupportRequest) -> SupportRequest:
    """By whoever was offered it; the first to accept has it. Raises PermissionDenied, NotAllowed."""
    with alone_with(request.pk) as held:
        turn = turn_of(held, by)
        require(turn is not None)
        assert turn is not None
        if turn.answer == Answer.ACCEPTED:
            return held
        if not can_accept(turn, held):
            raise NotAllowed(_("Trop tard : quelqu’un l’a déjà prise, ou elle n’est plus à prendre."))
        _take(held, turn, by)
        return held


def turn_of(held: SupportRequest, by: User) -> Turn | None:
    """Of an active catalyst; whoever withdrew has no turn any more."""
    active = Catalyst.objects.active().filter(user=by)
    return held.turns.select_related("catalyst__user").filter(catalyst__in=active).first()


def _take(held: SupportRequest, turn: Turn, by: User) -> None:
    _require_room(turn.catalyst)
    before, now = held.status, timezone.now()
    held.turns.filter(answer=Answer.WAITING).exclude(pk=turn.pk).update(answer=Answer.OVER, answered_at=now)
    turn.answer, turn.answered_at = Answer.ACCEPTED, now
    turn.save(update_fields=["answer", "answered_at"])
    held.status, held.catalyst, held.due_at = next_status(Verb.ACCEPT, before), turn.catalyst, None
    held.accepted_at = held.moved_at = now
    held.save()
    tell(held, "accepted", by=by, before=before, detail={"catalyst": turn.catalyst_id})
    telling.accepted(held, turn.catalyst)


def _require_room(catalyst: Catalyst) -> None:
    """Raises NotAllowed: places are what one said one could take."""
    lock_catalysts([catalyst.pk])
    taken = SupportRequest.objects.filter(catalyst=catalyst, status=Status.ACCEPTED)
    if not Catalyst.objects.filter(pk=catalyst.pk, capacity__gt=taken.count()).exists():
        raise NotAllowed(_("Toutes vos places sont prises : terminez une demande, ou dites plus de places."))


def decline(*, by: User, request: SupportRequest, reason: str) -> SupportRequest:
    """With a reason; it goes to the next. Raises PermissionDenied, NotAllowed."""
    return _let_go(by, request, Answer.DECLINED, "declined", reason, (Status.OFFERED,))


def hand_on(*, by: User, request: SupportRequest, reason: str, to: Catalyst | None = None) -> SupportRequest:
    """To the next, or to the one named; even once accepted. Raises PermissionDenied, NotAllowed."""
    states = (Status.OFFERED, Status.ACCEPTED)
    return _let_go(by, request, Answer.HANDED_ON, "handed-on", reason, states, to)


def _let_go(
    by: User,
    request: SupportRequest,
    answer: Answer,
    verb: str,
    reason: str,
    states: tuple[Status, ...],
    to: Catalyst | None = None,
) -> SupportRequest:
    with alone_with(request.pk) as held:
        require(turn_of(held, by) is not None or holds(by, held))
        if not holds(by, held) or held.status not in states:
            raise NotAllowed(_("Ce n’est plus à vous d’y répondre."))
        if not reason.strip():
            raise NotAllowed(_("Dites pourquoi, en une phrase."))
        if to is not None:
            require_takes(held, to)
        close_turn(held, answer, reason.strip())
        tell(held, verb, by=by, before=held.status)
        if to is not None:
            offer(held, to, by=by, now=timezone.now())
        else:
            pass_on(held, by=by)
        return held


def end(*, by: Actor, request: SupportRequest, outcome: str) -> SupportRequest:
    """Done, with what came of it in words. Raises PermissionDenied, NotAllowed."""
    with alone_with(request.pk) as held:
        require(can_end(by, held))
        if not outcome.strip():
            raise NotAllowed(_("Dites en une phrase ce qui en est sorti : la personne qui a demandé le lira."))
        _close(held, Verb.END, by=by, outcome=outcome.strip())
        telling.ended(held)
        return held


def withdraw(*, by: Actor, request: SupportRequest) -> SupportRequest:
    """By its asker (the system, once their account goes), while it is open; done twice, it is done once.

    Raises PermissionDenied, NotAllowed.
    """
    with alone_with(request.pk) as held:
        require(isinstance(by, System) or held.asked_by_id == by.pk)
        if held.status == Status.WITHDRAWN:
            return held
        holder = [held.catalyst.user] if held.catalyst else []
        held.turns.filter(answer=Answer.WAITING).update(answer=Answer.OVER, answered_at=timezone.now())
        _close(held, Verb.WITHDRAW, by=by)
        telling.withdrawn(held, holder)
        return held


def _close(held: SupportRequest, verb: Verb, *, by: Actor, outcome: str = "") -> None:
    before, now = held.status, timezone.now()
    held.status, held.outcome = next_status(verb, before), outcome
    held.ended_at, held.moved_at, held.due_at = now, now, None
    held.ended_by = by if isinstance(by, User) else None
    held.save()
    tell(held, held.status, by=by, before=before)
