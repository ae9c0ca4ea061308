"""When a notice is due. Local time: a day begins at seven, a week on Monday at seven."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from fairealliance.mailing.enums import Rhythm

HOUR = time(7)
TOGETHER = timedelta(minutes=1)  # what happens within a minute goes in one letter


def due(rhythm: Rhythm, now: datetime) -> datetime:
    """The next moment when what happened at `now` is to be told."""
    if rhythm in (Rhythm.AT_ONCE, Rhythm.NEVER):
        return now + TOGETHER
    local = timezone.localtime(now)
    days = 7 - local.weekday() if rhythm == Rhythm.WEEKLY else 1
    if rhythm == Rhythm.DAILY and local.time() < HOUR:
        days = 0
    if rhythm == Rhythm.WEEKLY and local.weekday() == 0 and local.time() < HOUR:
        days = 0
    # Made anew from the wall clock: seven is seven, whatever the clocks did in between.
    return timezone.make_aware(datetime.combine(local.date() + timedelta(days=days), HOUR), local.tzinfo)
