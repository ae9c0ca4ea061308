"""What the actions share: one row locked, told in the journal, and whose answer is awaited."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.introductions import ladder, mails, voiceless
from fairealliance.introductions.enums import Outcome, Owing, Side, Status
from fairealliance.introductions.models import Introduction, Step
from fairealliance.introductions.permissions import sides_of
from fairealliance.introductions.querysets import IntroductionQuerySet
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed


def locked(introduction: Introduction) -> Introduction:
    """The row as it is now; whoever else would change it waits."""
    held = Introduction.objects.select_for_update(of=("self",))
    return held.select_related("asker", "asked", "asked_by", "companion", "need").get(pk=introduction.pk)


def lock_all(rows: IntroductionQuerySet) -> None:
    """In one order whatever is asked, so that those who need several never wait for each other."""
    len(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def one_side(by: Actor, held: Introduction) -> Side:
    """The side they stand on. Raises NotAllowed for a member of both: nobody is introduced to oneself."""
    sides = sides_of(by, held)
    if len(sides) == 2:
        names = {"one": held.name_of(Side.ASKER), "other": held.name_of(Side.ASKED)}
        said = _("Vous agissez à la fois pour %(one)s et pour %(other)s : laissez une autre personne répondre.")
        raise NotAllowed(said % names)
    return sides.pop()


def begin_round(held: Introduction, waits_for: Owing, now: datetime) -> None:
    """From now on it is their answer that is awaited: the steps to come are told in advance."""
    if Step.objects.filter(introduction=held).exists():
        held.round += 1
    held.waits_for = waits_for
    rules = ladder.current()
    held.ladder = rules.version
    Step.objects.bulk_create(
        Step(introduction=held, round=held.round, name=step.name, kind=step.kind, due_on=step.due_on)
        for step in rules.planned(timezone.localtime(now).date(), has_nobody=voiceless.is_unheard(held))
    )


def end_rounds(held: Introduction, now: datetime) -> None:
    """An answer came: nothing is done any more of what was planned."""
    held.steps.filter(done_at=None).update(done_at=now, outcome=Outcome.NEEDLESS)


def answered(held: Introduction, side: str, now: datetime) -> bool:
    """Notes the first answer of a side. False when it had answered before, or had nothing to answer."""
    name = f"{side}_answered_at"
    if getattr(held, name) or (side == Side.ASKER and not held.is_by_catalyst):
        return False
    setattr(held, name, now)
    return True


def over(
    held: Introduction, status: Status, now: datetime, *, side: str = "", reason: str = "", words: str = ""
) -> None:
    held.status, held.ended_at, held.ended_by, held.reason, held.words = status, now, side, reason, words
    held.waits_for = Owing.NOBODY
    end_rounds(held, now)


def save(
    held: Introduction, verb: str, *, by: Actor, now: datetime, before: str = "", counted: Iterable[str] = ()
) -> None:
    """`counted`: the sides whose answers are counted anew. Suggestions follow organisations: of a move, both are told,
    for what they can still take may change.
    """
    held.touched_at = now
    held.save()
    mails.take_back(held)
    sides = list(Side) if held.status != before else counted
    numbers = [held.organisation_id_of(side) for side in sides]
    record(
        by=by,
        verb=f"introduction-{verb}",
        subject=held.ref,
        detail={"asker": held.asker_id, "asked": held.asked_id, "reason": held.reason},
        before=before,
        after=held.status,
        changed=[("organisation", str(pk)) for pk in numbers if pk],
    )
