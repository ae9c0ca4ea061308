"""To whom a request is offered, and what is done when nobody answers."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import SYSTEM, Actor
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.network import choosing, telling
from fairealliance.network.alone import alone_with, lock_catalysts
from fairealliance.network.enums import Answer, Status
from fairealliance.network.life import Verb, next_status
from fairealliance.network.models import Catalyst, SupportRequest, Turn
from fairealliance.network.permissions import can_judge, require
from fairealliance.network.policy import ANSWER_WITHIN
from fairealliance.network.querysets import SupportRequestQuerySet


def pass_on(held: SupportRequest, *, by: Actor, now: datetime | None = None, wanted: Catalyst | None = None) -> None:
    """Offers it to the first who can take it and was not asked yet; else leaves it to the secretariat. Locked.

    `wanted` comes first, whatever their sectors and trades, if they cover the commune and have room.
    """
    now = now or timezone.now()
    following = _next(held, now, wanted)
    if following is None:
        leave(held, by=by, now=now)
    else:
        offer(held, following, by=by, now=now)


def _next(held: SupportRequest, now: datetime, wanted: Catalyst | None) -> Catalyst | None:
    """Chosen again once they are locked: their last place may have gone meanwhile."""
    asked = set(held.turns.values_list("catalyst", flat=True))
    asked |= set(Catalyst.objects.filter(user=held.asked_by_id).values_list("pk", flat=True))
    if found := _in_order(held, asked, now, wanted):
        lock_catalysts([each.pk for each in found])
        found = _in_order(held, asked, now, wanted)
    return found[0] if found else None


def _in_order(held: SupportRequest, asked: Collection[int], now: datetime, wanted: Catalyst | None) -> list[Catalyst]:
    day = timezone.localtime(now).date()
    sectors = [held.sector] if held.sector else []
    fit = choosing.in_order(held.commune, sectors=sectors, trade=held.trade, on=day, but=asked, is_demo=held.is_demo)
    if wanted is None:
        return fit
    able = choosing.in_order(held.commune, on=day, but=asked, is_demo=held.is_demo)
    return [each for each in able if each.pk == wanted.pk] + [each for each in fit if each.pk != wanted.pk]


def offer(held: SupportRequest, catalyst: Catalyst, *, by: Actor, now: datetime) -> Turn:
    """It is `catalyst`'s turn. The request is locked; whoever's turn it was has answered."""
    before, is_first = held.status, not held.turns.exists()
    held.status, held.catalyst = next_status(Verb.OFFER, held.status), catalyst
    held.due_at, held.moved_at, held.accepted_at = now + ANSWER_WITHIN, now, None
    held.save()
    turn = held.turns.create(catalyst=catalyst, offered_at=now)
    tell(held, "offered", by=by, before=before, detail={"catalyst": catalyst.pk})
    telling.offered(turn, held)
    if not is_first:
        telling.moved(held, turn)
    return turn


def leave(held: SupportRequest, *, by: Actor, now: datetime) -> None:
    """To the secretariat."""
    before = held.status
    held.status, held.catalyst = next_status(Verb.LEAVE, held.status), None
    held.due_at, held.moved_at, held.accepted_at = None, now, None
    held.save()
    tell(held, "left-to-secretariat", by=by, before=before)
    telling.at_desk(held)
    if held.turns.exists():
        telling.to_desk(held)


def offer_to(*, by: Actor, request: SupportRequest, catalyst: Catalyst) -> SupportRequest:
    """By the secretariat, which may name one who covers another place. Raises PermissionDenied, NotAllowed."""
    require(can_judge(by))
    with alone_with(request.pk) as held:
        if held.status == Status.ACCEPTED:
            raise NotAllowed(_("Quelqu’un l’a déjà acceptée."))
        next_status(Verb.OFFER, held.status)
        require_takes(held, catalyst)
        close_turn(held, Answer.OVER)
        offer(held, catalyst, by=by, now=timezone.now())
        return held


def require_takes(held: SupportRequest, catalyst: Catalyst) -> None:
    """Raises NotAllowed unless that one, named, may be offered it."""
    lock_catalysts([catalyst.pk])
    able = Catalyst.objects.active().of_world(is_demo=held.is_demo).with_room().present()
    if not able.filter(pk=catalyst.pk).exists():
        raise NotAllowed(_("Cette personne n’a pas de place en ce moment."))
    if catalyst.user_id == held.asked_by_id or held.turns.filter(catalyst=catalyst).exists():
        raise NotAllowed(_("La demande lui a déjà été proposée, ou c’est la sienne."))


def close_turn(held: SupportRequest, answer: Answer, reason: str = "") -> None:
    """Of whoever holds it, if anybody does. The request is locked."""
    current = held.turns.filter(answer__in=(Answer.WAITING, Answer.ACCEPTED))
    current.update(answer=answer, reason=reason, answered_at=timezone.now())


def pass_due(now: datetime | None = None) -> int:
    """Those not answered in time, and those whose catalyst is gone. Returns how many moved; again, none."""
    now = now or timezone.now()
    late = SupportRequest.objects.filter(status=Status.OFFERED, due_at__lte=now)
    return sum(_pass(pk, now) for pk in sorted({*_numbers(late), *_numbers(_deserted())}))


def _numbers(found: SupportRequestQuerySet) -> Iterable[int]:
    return found.values_list("pk", flat=True)


def _deserted() -> SupportRequestQuerySet:
    """Offered to somebody who is no longer listed, or accepted by somebody whose account or profile is closed."""
    offered = Q(status=Status.OFFERED) & ~Q(catalyst__in=Catalyst.objects.active())
    accepted = Q(status=Status.ACCEPTED) & ~Q(catalyst__in=Catalyst.objects.serving())
    return SupportRequest.objects.filter(offered | accepted)


def _pass(pk: int, now: datetime) -> bool:
    with alone_with(pk) as held:
        if _deserted().filter(pk=pk).exists():
            answer = Answer.OVER
        elif held.status == Status.OFFERED and held.due_at is not None and held.due_at <= now:
            answer = Answer.SILENT
        else:
            return False  # answered meanwhile
        close_turn(held, answer)
        pass_on(held, by=SYSTEM, now=now)
        return True


def pass_on_those_of(catalyst: Catalyst, *, by: Actor, accepted_too: bool = False) -> None:
    """What waits for their answer goes to the next; what they accepted stays theirs, unless told."""
    states = (Status.OFFERED, Status.ACCEPTED) if accepted_too else (Status.OFFERED,)
    for pk in list(SupportRequest.objects.filter(catalyst=catalyst, status__in=states).values_list("pk", flat=True)):
        with alone_with(pk) as held:
            if held.catalyst_id == catalyst.pk and held.status in states:
                close_turn(held, Answer.OVER)
                pass_on(held, by=by)


def tell(
    held: SupportRequest, verb: str, *, by: Actor, before: str = "", detail: dict[str, object] | None = None
) -> None:
    """In the journal. A request is nobody's business outside: nothing public changed."""
    told = {"commune": held.commune_id, **(detail or {})}
    record(by=by, verb=f"support-{verb}", subject=held.ref, detail=told, before=before, after=held.status)
