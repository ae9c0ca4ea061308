"""How to reach each other once both said yes: the addresses of those who take part, not of all who act for a side."""

from collections.abc import Iterable
from typing import NamedTuple

from fairealliance.accounts.models import User
from fairealliance.introductions.acts import Act
from fairealliance.introductions.enums import Side
from fairealliance.introductions.mails import people_of
from fairealliance.introductions.models import Introduction
from fairealliance.organisations.enums import Role

SHOWN = 8


class Contact(NamedTuple):
    """`others`: how many more act for it."""

    organisation: str
    people: list[User]
    others: int


def of(introduction: Introduction, done: Iterable[Act]) -> list[Contact]:
    """Those who asked, said yes or wrote, and still act for their side. Seven queries at most."""
    wrote = introduction.messages.order_by().values_list("by_user_id", flat=True).distinct()
    part = [*wrote, introduction.asked_by_id, *(act.user_id for act in done if act.side)]
    return [_of_side(introduction, side, {pk for pk in part if pk}) for side in Side]


def _of_side(introduction: Introduction, side: Side, part: set[int]) -> Contact:
    """Where none of them is left, those who administer it: somebody has to be reached."""
    people = people_of(introduction, side)
    shown = list(people.filter(pk__in=part)[:SHOWN])
    if not shown:
        held = introduction.organisation_id_of(side) or 0
        led = User.objects.filter(memberships__organisation=held, memberships__role=Role.ADMINISTRATOR)
        shown = list(people.filter(pk__in=led.order_by().values("pk"))[:SHOWN])
    return Contact(introduction.name_of(side), shown, people.count() - len(shown))
