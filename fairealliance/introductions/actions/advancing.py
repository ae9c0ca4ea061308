"""What the worker does of requests that nobody answers: reminders, a third warned, an honest closing.

By days of here: whatever the clocks do, a step is due on its day. A step is a row that is done once, in the transaction
of its mails. After days without a worker, reminders that are late are joined into one, the next is put off by a few
days, and nothing is closed before a last reminder had its time.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.introductions import ladder, mails, thirds, voiceless
from fairealliance.introductions.actions.shared import locked, over, save
from fairealliance.introductions.enums import Outcome, Status, StepKind
from fairealliance.introductions.life import Verb, next_status
from fairealliance.introductions.models import Introduction, Step


def advance(now: datetime | None = None) -> int:
    """Does what is due on the day of `now`. Returns how many steps were done; run again the same day, none."""
    now = now or timezone.now()
    today = _today(now)
    due = Step.objects.filter(done_at=None, due_on__lte=today, introduction__status=Status.ASKED)
    numbers = due.order_by("introduction").values_list("introduction", flat=True).distinct()
    return sum(advance_one(pk, now) for pk in list(numbers))


def _today(now: datetime) -> date:
    return timezone.localtime(now).date()


@transaction.atomic
def advance_one(pk: int, now: datetime) -> int:
    """What is due of one on the day of `now`. Returns how many steps were done."""
    today = _today(now)
    held = locked(Introduction(pk=pk))
    if held.status != Status.ASKED:
        return 0  # answered meanwhile
    steps = list(held.steps.filter(round=held.round))
    due = [step for step in steps if step.done_at is None and step.due_on <= today]
    reminded = _take_reminder(steps, [step for step in due if step.kind == StepKind.REMINDER], today, now)
    closing = _leave_time(steps)
    if closing.due_on <= today:
        return _close(held, closing, now)
    if reminded:
        _remind(held, reminded, closing.due_on, now)
    warnings = [step for step in due if step.kind == StepKind.WARNING]
    return bool(reminded) + sum(_warn(held, step, now) for step in warnings)


def _take_reminder(steps: list[Step], due: list[Step], today: date, now: datetime) -> Step | None:
    """The one to send, whatever the number that is late; all put off when the last is fresh."""
    if not due:
        return None
    sent = [_day_of(step) for step in steps if step.kind == StepKind.REMINDER and step.outcome == Outcome.DONE]
    earliest = max(sent) + timedelta(days=ladder.current().least_between) if sent else today
    if today < earliest:
        for step in due:
            step.due_on = earliest
            step.save(update_fields=["due_on"])
        return None
    *late, last = due
    for each in late:
        _done(each, now, Outcome.MERGED)
    _done(last, now)
    return last


def _remind(held: Introduction, step: Step, closing_on: date, now: datetime) -> None:
    """Nothing is told as sent when nobody acts for those that owe."""
    if voiceless.is_unheard(held):
        _done(step, now, Outcome.NOBODY)
        return
    mails.reminded(held, step, closing_on, now)
    save(held, "reminded", by=SYSTEM, now=now, before=held.status)


def _leave_time(steps: list[Step]) -> Step:
    """The closing, put off when it would come too soon after the last reminder, sent or to come: what a mail promises
    is the row that both sides read, and the day that is kept.
    """
    closing = next(step for step in steps if step.kind == StepKind.CLOSING)
    days = [_day_of(step) for step in steps if step.kind == StepKind.REMINDER and step.outcome != Outcome.MERGED]
    earliest = max(days) + timedelta(days=ladder.current().least_before_closing)
    if closing.due_on < earliest:
        closing.due_on = earliest
        closing.save(update_fields=["due_on"])
    return closing


def _day_of(step: Step) -> date:
    """When it was done, or will be."""
    return timezone.localtime(step.done_at).date() if step.done_at else step.due_on


def _warn(held: Introduction, step: Step, now: datetime) -> int:
    """Whoever may help: a catalyst who covers the territory, else the secretariat."""
    people = thirds.who_may_help(held, now)
    held.warned.add(*people)
    _done(step, now)
    mails.warned(held, people, now)
    save(held, "warned", by=SYSTEM, now=now, before=held.status)
    return 1


def _close(held: Introduction, step: Step, now: datetime) -> int:
    before = held.status
    _done(step, now)
    owing = mails.owing(held)
    over(held, next_status(Verb.CLOSE, before), now)
    mails.closed(held, now)
    save(held, "closed", by=SYSTEM, now=now, before=before, counted=owing)
    return 1


def _done(step: Step, now: datetime, outcome: Outcome = Outcome.DONE) -> None:
    step.done_at, step.outcome = now, outcome
    step.save(update_fields=["done_at", "outcome"])
