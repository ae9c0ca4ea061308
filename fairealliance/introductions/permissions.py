"""Who may do what: those who act for either side lead it; whoever put both in touch, or supports them, reads and writes
along.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.models import User
from fairealliance.introductions.enums import Side
from fairealliance.introductions.life import TABLE, Verb, Who
from fairealliance.introductions.models import Introduction
from fairealliance.network.permissions import can_judge, is_catalyst
from fairealliance.organisations.permissions import those_acted_for


def sides_of(by: Actor, introduction: Introduction) -> set[Side]:
    """The sides they act for: one as a rule, both for a member of both, none for anybody else. One query."""
    numbers = {side: pk for side in Side if (pk := introduction.organisation_id_of(side)) is not None}
    theirs = those_acted_for(by, numbers.values())
    return {side for side, pk in numbers.items() if pk in theirs}


def is_proposer(by: Actor, introduction: Introduction) -> bool:
    """Whoever put both in touch, for as long as they may put others in touch."""
    theirs = isinstance(by, User) and introduction.is_by_catalyst and introduction.asked_by_id == by.pk
    return theirs and can_propose(by)


def is_companion(by: Actor, introduction: Introduction) -> bool:
    """Whoever took on its support, for as long as they may put others in touch."""
    return isinstance(by, User) and introduction.companion_id == by.pk and can_propose(by)


def can_read_thread(by: Actor, introduction: Introduction) -> bool:
    """The secretariat and whoever was warned see how it stands, not what was written."""
    return bool(sides_of(by, introduction)) or is_proposer(by, introduction) or is_companion(by, introduction)


def read_from(by: Actor, introduction: Introduction) -> int:
    """The number after which they read messages: what both wrote before somebody came along was not meant for them."""
    if sides_of(by, introduction) or is_proposer(by, introduction):
        return 0
    return introduction.companion_from


def can_accompany(by: Actor, introduction: Introduction) -> bool:
    """Whoever was warned, and may still help."""
    warned = isinstance(by, User) and Introduction.objects.to_help(by).filter(pk=introduction.pk).exists()
    return warned and not sides_of(by, introduction) and not is_proposer(by, introduction)


def can_end_support(by: Actor, introduction: Introduction) -> bool:
    """Either side, without having to say why; whoever gives it."""
    return bool(sides_of(by, introduction)) or is_companion(by, introduction)


def can_lead(by: Actor, introduction: Introduction, verb: Verb) -> bool:
    """Whether they stand on the side that may; `acts_for_both` is asked apart, for it is told in other words."""
    who, sides = TABLE[verb].who, sides_of(by, introduction)
    if who == Who.SYSTEM:
        return isinstance(by, System)
    if who == Who.ASKING:
        return is_proposer(by, introduction) if introduction.is_by_catalyst else Side.ASKER in sides
    if who == Who.ANSWERING:
        return bool(sides & set(answerers(introduction)))
    return bool(sides)


def can_propose(by: Actor) -> bool:
    """May put two others in touch: an active catalyst, the secretariat."""
    return isinstance(by, User) and (can_judge(by) or is_catalyst(by))


def answerers(introduction: Introduction) -> tuple[Side, ...]:
    """The sides of which a yes or a no is asked."""
    return tuple(Side) if introduction.is_by_catalyst else (Side.ASKED,)


def yes_missing(introduction: Introduction) -> list[Side]:
    said = {Side.ASKER: introduction.asker_accepted_at, Side.ASKED: introduction.asked_accepted_at}
    return [side for side, at in said.items() if at is None]


def require(allowed: bool) -> None:
    """Raises PermissionDenied with a French message unless `allowed`."""
    if not allowed:
        raise PermissionDenied(_("Seules les personnes qui agissent pour l’organisation le peuvent."))
