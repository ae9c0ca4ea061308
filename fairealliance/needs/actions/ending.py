"""What the worker does of the end of needs: a mail fourteen days before, the end itself, a mail that tells it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.needs import mails
from fairealliance.needs.actions.moving import move
from fairealliance.needs.actions.shared import locked
from fairealliance.needs.enums import NoticeKind
from fairealliance.needs.life import LISTED, Verb
from fairealliance.needs.models import Need

BEFORE = timedelta(days=14)
# Told later than that, an end is no news.
_ENOUGH = timedelta(days=1)


def end_due(now: datetime | None = None) -> int:
    """Warns and ends what is due on the day of `now`. Returns how many people were told; run again, none."""
    day = timezone.localtime(now).date() if now else timezone.localdate()
    due = Need.objects.listed().filter(expires_on__lte=day + BEFORE).order_by("pk")
    return sum(_end(need, day) for need in due.iterator())


@transaction.atomic
def _end(need: Need, day: date) -> int:
    held = locked(need)
    if held.status not in LISTED or held.expires_on is None or held.expires_on > day + BEFORE:
        return 0  # renewed or ended meanwhile
    kind = NoticeKind.BEFORE if held.expires_on >= day else NoticeKind.AFTER
    if kind == NoticeKind.AFTER:
        held = move(by=SYSTEM, need=held, verb=Verb.EXPIRE)
    elif held.told_at and timezone.localtime(held.told_at).date() > day - _ENOUGH:
        return 0  # told today for so short a time: they know
    return sum(mails.ending(held, user, kind) for user in recipients(held))


def recipients(need: Need) -> list[User]:
    """Whoever wrote it last and still acts for the organisation; else those who administer it."""
    people = need.organisation.members.with_people().filter(user__is_active=True)
    wrote = [member.user for member in people if member.user_id in (need.touched_by_id, need.created_by_id)]
    return wrote or [member.user for member in people if member.is_administrator]
