"""The acts that lead an introduction: accepted, declined, withdrawn, begun, ended. Done twice, each is done once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.introductions import ladder, mails
from fairealliance.introductions.actions.following import plan
from fairealliance.introductions.actions.shared import (
    answered,
    begin_round,
    end_rounds,
    locked,
    one_side,
    over,
    save,
)
from fairealliance.introductions.enums import EndReason, Owing, Side, Status, other
from fairealliance.introductions.life import TABLE, Verb, next_status
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import can_lead, require, yes_missing
from fairealliance.lib.lives import NotAllowed
from fairealliance.matching.enums import RefusalReason
from fairealliance.organisations.enums import AllianceKind

HUBS_OWN = (EndReason.MERGED, EndReason.GONE)


@transaction.atomic
def accept(*, by: User, introduction: Introduction, now: datetime | None = None) -> Introduction:
    """Says yes for one's side. Both said yes: it is accepted, and each sees how to reach the other.

    Raises PermissionDenied, NotAllowed.
    """
    held, now = locked(introduction), now or timezone.now()
    side = _side(by, held, Verb.ACCEPT)
    if held.status == Status.ACCEPTED or getattr(held, f"{side}_accepted_at"):
        return held
    before = held.status
    after = next_status(Verb.ACCEPT, before)
    setattr(held, f"{side}_accepted_at", now)
    counted = [side] if answered(held, side, now) else []
    if yes_missing(held):
        if held.waits_for != Owing.BOTH:
            begin_round_for(held, other(side), now)
        held.waits_for = Owing(other(side))
    else:
        held.status, held.waits_for = after, Owing.NOBODY
        end_rounds(held, now)
        mails.accepted(held, by, now)
    save(held, "accepted", by=by, now=now, before=before, counted=counted)
    return held


@transaction.atomic
def decline(
    *, by: User, introduction: Introduction, reason: RefusalReason, words: str = "", now: datetime | None = None
) -> Introduction:
    """Says no for one's side, and why. Raises PermissionDenied, NotAllowed."""
    held, now = locked(introduction), now or timezone.now()
    side = _side(by, held, Verb.DECLINE)
    before = held.status
    if before == Status.DECLINED:
        return held
    after = next_status(Verb.DECLINE, before)
    counted = [side] if answered(held, side, now) else []
    over(held, after, now, side=side, reason=RefusalReason(reason), words=words)
    subject = _("%(name)s ne donne pas suite : %(subject)s") % {"name": held.name_of(side), "subject": held.subject}
    mails.ended(held, "declined", subject, by, now)
    save(held, "declined", by=by, now=now, before=before, counted=counted)
    return held


@transaction.atomic
def withdraw(*, by: User, introduction: Introduction, now: datetime | None = None) -> Introduction:
    """Whoever asked takes it back: in the first days nobody is told. Raises PermissionDenied, NotAllowed."""
    held, now = locked(introduction), now or timezone.now()
    require(can_lead(by, held, Verb.WITHDRAW))
    before = held.status
    if before == Status.WITHDRAWN:
        return held
    after = next_status(Verb.WITHDRAW, before)
    side = "" if held.is_by_catalyst else Side.ASKER
    in_grace = is_in_grace(held, now)
    over(held, after, now, side=side)
    if not in_grace:
        mails.ended(held, "withdrawn", _("La demande est retirée : %s") % held.subject, by, now)
    save(held, "withdrawn", by=by, now=now, before=before)
    return held


@transaction.atomic
def begin(
    *, by: User, introduction: Introduction, kind: AllianceKind, on: date | None = None, now: datetime | None = None
) -> Introduction:
    """The alliance is begun. Raises PermissionDenied, NotAllowed."""
    held, now = locked(introduction), now or timezone.now()
    require(can_lead(by, held, Verb.BEGIN))
    one_side(by, held)
    before = held.status
    if before == Status.BEGUN:
        return held
    held.status = next_status(Verb.BEGIN, before)
    held.begun_on, held.kind = on or timezone.localtime(now).date(), AllianceKind(kind)
    plan(held, timezone.localtime(now).date())
    mails.begun(held, by, now)
    save(held, "begun", by=by, now=now, before=before)
    return held


@transaction.atomic
def end(
    *, by: User, introduction: Introduction, reason: EndReason, words: str = "", now: datetime | None = None
) -> Introduction:
    """It goes no further, told honestly. Raises PermissionDenied, NotAllowed."""
    held, now = locked(introduction), now or timezone.now()
    require(can_lead(by, held, Verb.END))
    before = held.status
    if before == Status.ENDED:
        return held
    if reason in HUBS_OWN:
        raise NotAllowed(_("Choisissez une raison dans la liste."))
    side = one_side(by, held)
    over(held, next_status(Verb.END, before), now, side=side, reason=EndReason(reason), words=words)
    mails.ended(held, "ended", mails.end_of(held, before), by, now)
    save(held, "ended", by=by, now=now, before=before)
    return held


def is_in_grace(introduction: Introduction, now: datetime) -> bool:
    """Whether it can still be withdrawn without a word: by days of here, whatever the clocks did."""
    asked_on = timezone.localtime(introduction.asked_at).date()
    return timezone.localtime(now).date() < asked_on + timedelta(days=ladder.current().grace_days)


def begin_round_for(held: Introduction, side: Side, now: datetime) -> None:
    """The answer is owed by another: what was planned for the one who answered is needless."""
    end_rounds(held, now)
    begin_round(held, Owing(side), now)


def _side(by: Actor, held: Introduction, verb: Verb) -> Side:
    """The side they answer for. Raises PermissionDenied, NotAllowed."""
    require(can_lead(by, held, verb))
    side = one_side(by, held)
    if held.status != TABLE[verb].end:
        next_status(verb, held.status)
    return side
