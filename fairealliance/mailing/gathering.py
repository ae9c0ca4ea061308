"""From notices that are due to letters: one per person, however many notices wait.

By person, in batches: each batch is one transaction, so that it can be stopped anywhere and begun again. What is
gathered is no longer waiting: nothing is told twice.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from fairealliance.mailing.enums import NoticeState
from fairealliance.mailing.models import Letter, Notice

BATCH = 500


def gather(now: datetime | None = None, *, batch: int = BATCH) -> int:
    """Makes the letters of all that is due. Returns how many."""
    now, last, made = now or timezone.now(), 0, 0
    while people := _people_after(last, now, batch):
        made += _gather(people, now)
        last = people[-1]
    return made


def _people_after(last: int, now: datetime, batch: int) -> list[int]:
    due = Notice.objects.filter(state=NoticeState.WAITING, due_at__lte=now, user__gt=last)
    return list(due.order_by("user_id").values_list("user_id", flat=True).distinct()[:batch])


@transaction.atomic
def _gather(people: list[int], now: datetime) -> int:
    """Whoever has no confirmed address, or whose account is closed, is not written to."""
    due = Notice.objects.filter(user__in=people, state=NoticeState.WAITING, due_at__lte=now).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    waiting = list(due.values_list("pk", "user_id"))
    reached = _reachable(people)
    Notice.objects.filter(pk__in=[pk for pk, user in waiting if user not in reached]).update(state=NoticeState.UNTOLD)
    told = sorted({user for _pk, user in waiting} & reached)
    ready = min(now, timezone.now())  # of a moment to come, that is rehearsed, letters do not wait for it
    letters = Letter.objects.bulk_create([Letter(user_id=user, next_try_at=ready) for user in told])
    if letters:
        theirs = Letter.objects.filter(user=OuterRef("user"), pk__in=[each.pk for each in letters])
        Notice.objects.filter(pk__in=[pk for pk, user in waiting if user in reached]).update(
            letter=Subquery(theirs.values("pk")[:1]), state=NoticeState.IN_LETTER
        )
    return len(letters)


def _reachable(people: list[int]) -> set[int]:
    """Those with an open account whose address they confirmed themselves."""
    confirmed = EmailAddress.objects.filter(user__in=people, user__is_active=True, verified=True, primary=True)
    return set(confirmed.values_list("user_id", flat=True))
