"""Who may help when nobody answers: whoever put both in touch, catalysts who cover the place and have room, else the
secretariat.
"""

from datetime import date, datetime

from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import is_proposer
from fairealliance.network.choosing import in_order
from fairealliance.network.models import Catalyst
from fairealliance.organisations.models import Member
from fairealliance.territories.models import Territory

_MOST = 3


def who_may_help(introduction: Introduction, now: datetime) -> list[User]:
    """At most three, the first to ask first; nobody of either side, who is no third, nor of the other world.

    Seven queries at most.
    """
    place, today = _place(introduction), timezone.localtime(now).date()
    found = [each.user for each in in_order(place, on=today, is_demo=introduction.is_demo)] if place else []
    sides = [pk for pk in (introduction.asker_id, introduction.asked_id) if pk]
    of_a_side = set(Member.objects.filter(organisation__in=sides).values_list("user_id", flat=True))
    first = _proposer(introduction, today)
    near = [user for user in dict.fromkeys([*first, *found]) if user.pk not in of_a_side]
    return near[:_MOST] or list(User.objects.secretariat(is_demo=introduction.is_demo))


def _proposer(introduction: Introduction, today: date) -> list[User]:
    """Whoever put both in touch knows them best, unless they are away or may no longer."""
    by = introduction.asked_by
    if by is None or not is_proposer(by, introduction):
        return []
    is_there = can_edit_hub(by) or Catalyst.objects.active().present(today).filter(user=by).exists()
    return [by] if is_there else []


def _place(introduction: Introduction) -> Territory | None:
    """Where it would happen: where the need is, else where the one who is asked sits, else the one who asks."""
    if introduction.need and (found := introduction.need.territories.order_by("pk").first()):
        return found
    seats = [each.seat for each in (introduction.asked, introduction.asker) if each and each.seat]
    return seats[0] if seats else None
