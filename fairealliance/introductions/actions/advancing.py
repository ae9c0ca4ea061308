"""What the worker does of requests that nobody answers: reminders, a third warned, an honest closing.

By days of here: whatever the clocks do, a step is due on its day. A step is a row that is done once, in the transaction
of its mails. After days without a worker, reminders that are late are joined into one, the next is put off by a few
days, and nothing is closed before a last reminder had its time.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.introductions import ladder, mails, thirds
from fairealliance.introductions.actions.shared import locked, over, save
from fairealliance.introductions.enums import Outcome, Status, StepKind
from fairealliance.introductions.life import Verb, next_status
from fairealliance.introductions.models import Introduction, Step


def advance(now: datetime | None = None) -> int:
    """Does what is due on the day of `now`. Returns how many steps were done; run again the same day, none."""
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    due = Step.objects.filter(done_at=None, due_on__lte=today, introduction__status=Status.ASKED)
    numbers = due.order_by("introduction").values_list("introduction", flat=True).distinct()
    return sum(_advance(pk, today, now) for pk in list(numbers))


@transaction.atomic
def _advance(pk: int, today: date, now: datetime) -> int:
    held = locked(Introduction(pk=pk))
    if held.status != Status.ASKED:
        return 0  # answered meanwhile
    steps = list(held.steps.filter(round=held.round))
    due = [step for step in steps if step.done_at is None and step.due_on <= today]
    done = 0
    if closing := next((step for step in due if step.kind == StepKind.CLOSING), None):
        if _may_close(steps, today):
            return _close(held, closing, now)
        closing.due_on = today + timedelta(days=ladder.current().least_before_closing)
        closing.save(update_fields=["due_on"])
    done += _remind(held, [step for step in due if step.kind == StepKind.REMINDER], steps, today, now)
    for step in due:
        if step.kind == StepKind.WARNING:
            done += _warn(held, step, now)
    return done


def _last_reminded(steps: list[Step]) -> date | None:
    sent = [step.done_at for step in steps if step.kind == StepKind.REMINDER and step.outcome == Outcome.DONE]
    days = [timezone.localtime(at).date() for at in sent if at]
    return max(days, default=None)


def _may_close(steps: list[Step], today: date) -> bool:
    """Every reminder was sent or joined, and the last had its time."""
    waiting = any(step.done_at is None for step in steps if step.kind == StepKind.REMINDER)
    last = _last_reminded(steps)
    return not waiting and last is not None and (today - last).days >= ladder.current().least_before_closing


def _remind(held: Introduction, due: list[Step], steps: list[Step], today: date, now: datetime) -> int:
    """One reminder, whatever the number that is late; put off when the last is fresh."""
    if not due:
        return 0
    last = _last_reminded(steps)
    if last and (today - last).days < ladder.current().least_between:
        for step in due:
            step.due_on = last + timedelta(days=ladder.current().least_between)
            step.save(update_fields=["due_on"])
        return 0
    *late, step = due
    for each in late:
        _done(each, now, Outcome.MERGED)
    _done(step, now)
    mails.reminded(held, step, _closing_day(steps), now)
    save(held, "reminded", by=SYSTEM, now=now, before=held.status)
    return 1


def _closing_day(steps: list[Step]) -> date:
    return next(step.due_on for step in steps if step.kind == StepKind.CLOSING)


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
