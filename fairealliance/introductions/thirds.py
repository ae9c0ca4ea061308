"""Who may help when nobody answers: catalysts who cover the place and have room, else the secretariat."""

from datetime import datetime

from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.introductions.models import Introduction
from fairealliance.network.choosing import in_order
from fairealliance.organisations.permissions import can_act_for
from fairealliance.territories.models import Territory

_MOST = 3


def who_may_help(introduction: Introduction, now: datetime) -> list[User]:
    """At most three catalysts, the first to ask first; nobody of either side, who is no third."""
    place = _place(introduction)
    found = in_order(place, on=timezone.localtime(now).date()) if place else []
    sides = [pk for pk in (introduction.asker_id, introduction.asked_id) if pk]
    near = [each.user for each in found if not any(can_act_for(each.user, side) for side in sides)]
    return near[:_MOST] or list(User.objects.filter(is_active=True, is_secretariat=True).order_by("pk"))


def _place(introduction: Introduction) -> Territory | None:
    """Where it would happen: where the need is, else where the one who is asked sits, else the one who asks."""
    if introduction.need and (found := introduction.need.territories.order_by("pk").first()):
        return found
    seats = [each.seat for each in (introduction.asked, introduction.asker) if each and each.seat]
    return seats[0] if seats else None
