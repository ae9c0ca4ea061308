"""What is asked of an alliance 3, 12 and 24 months after it began, and what each side answers by its link."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.introductions import mails
from fairealliance.introductions.enums import Changed, EndReason, Lives, Side, Status
from fairealliance.introductions.models import Checkup, Introduction
from fairealliance.introductions.permissions import require, sides_of
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed

MONTHS = (3, 12, 24)
OPEN_FOR = timedelta(days=60)
"""How long the link of a mail can be used, and its answer changed."""


def plan(introduction: Introduction, today: date) -> None:
    """Both sides, at each of the months to come. In the transaction that begins the alliance."""
    assert introduction.begun_on is not None
    days = {months: _later(introduction.begun_on, months) for months in MONTHS}
    Checkup.objects.bulk_create(
        Checkup(introduction=introduction, months=months, side=side, due_on=day)
        for months, day in days.items()
        for side in Side
        if day > today
    )


def ask_due(now: datetime | None = None) -> int:
    """Asks what is due on the day of `now`. Returns how many links went; run again, none."""
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    due = Checkup.objects.filter(asked_at=None, closes_on=None, due_on__lte=today)
    numbers = due.order_by("introduction").values_list("introduction", flat=True).distinct()
    return sum(_ask(pk, today, now) for pk in list(numbers))


@transaction.atomic
def _ask(pk: int, today: date, now: datetime) -> int:
    """Late by more than one question, only the last is asked."""
    held = Introduction.objects.select_for_update(of=("self",)).select_related("asker", "asked").get(pk=pk)
    asked = 0
    for side in Side:
        due = list(held.checkups.filter(side=side, asked_at=None, closes_on=None, due_on__lte=today))
        gone = not is_followed(held)
        for late in due if gone else due[:-1]:
            late.closes_on = today
            late.save(update_fields=["closes_on"])
        if due and not gone:
            due[-1].asked_at, due[-1].closes_on = now, today + OPEN_FOR
            due[-1].save(update_fields=["asked_at", "closes_on"])
            mails.checkup(due[-1], now)
            asked += 1
    if asked:
        record(by=SYSTEM, verb="introduction-followed", subject=held.ref)
    return asked


def is_followed(held: Introduction) -> bool:
    """An alliance that was, between two that are both still here: those that became one are not asked of each other."""
    lived = held.status in (Status.BEGUN, Status.ENDED) and held.reason != EndReason.MERGED
    return lived and None not in (held.asker_id, held.asked_id) and held.asker_id != held.asked_id


@transaction.atomic
def answer(
    *, by: User, checkup: Checkup, lives: Lives, changed: Changed, words: str = "", now: datetime | None = None
) -> Checkup:
    """For the side that was asked, and again until it closes. Raises PermissionDenied; NotAllowed after that, and once
    the two are no longer two.
    """
    now = now or timezone.now()
    held = Checkup.objects.select_for_update(of=("self",)).select_related("introduction").get(pk=checkup.pk)
    require(Side(held.side) in sides_of(by, held.introduction))
    if not is_open(held, timezone.localtime(now).date()) or not is_followed(held.introduction):
        raise NotAllowed(_("Ce lien n’est plus ouvert : merci d’y avoir pensé."))
    before = held.lives
    held.lives, held.changed, held.words, held.answered_at = Lives(lives), Changed(changed), words, now
    held.save()
    record(
        by=by,
        verb="introduction-follow-up-answered",
        subject=f"introduction:{held.introduction_id}",
        detail={"months": held.months, "side": held.side},
        before=before,
        after=held.lives,
    )
    return held


def is_open(checkup: Checkup, today: date) -> bool:
    return checkup.asked_at is not None and checkup.closes_on is not None and today <= checkup.closes_on


def _later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
