"""A third who was warned takes on the support of an introduction: both are told, and either may end it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.introductions import mails, unread
from fairealliance.introductions.actions.shared import locked, save
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import can_accompany, can_end_support, can_propose, is_companion, require
from fairealliance.lib.lives import NotAllowed
from fairealliance.network.alone import lock_catalysts
from fairealliance.network.models import Catalyst


@transaction.atomic
def accompany(*, by: User, introduction: Introduction, now: datetime | None = None) -> Introduction:
    """From now on they read what is written, and write. Raises PermissionDenied; NotAllowed when somebody does.

    Their profile is held first: who takes it out of the network meanwhile finds, once done, what they support.
    """
    lock_catalysts(Catalyst.objects.filter(user=by).values_list("pk", flat=True))
    held, now = locked(introduction), now or timezone.now()
    if is_companion(by, held):
        return held
    require(can_accompany(by, held))
    if held.companion and is_companion(held.companion, held):
        raise NotAllowed(_("Quelqu’un accompagne déjà cet échange."))
    last = held.messages.aggregate(last=Max("pk"))["last"] or 0
    held.companion, held.companion_from = by, last
    unread.note(by=by, introduction=held, last=last)
    mails.accompanied(held, now)
    save(held, "accompanied", by=by, now=now, before=held.status)
    return held


@transaction.atomic
def end_support(*, by: User, introduction: Introduction, now: datetime | None = None) -> Introduction:
    """By either side or by whoever gives it. Done twice, it is done once. Raises PermissionDenied."""
    held, now = locked(introduction), now or timezone.now()
    require(can_end_support(by, held))
    if held.companion is not None:
        _leave(held, by, by, now)
    return held


def leave(user: User, by: Actor) -> None:
    """They are no catalyst any more: both sides of each that they supported, and that is not over, are told."""
    if can_propose(user):
        return
    for each in Introduction.objects.open().filter(companion=user).order_by("pk"):
        _leave_one(each, user, by)


@transaction.atomic
def _leave_one(introduction: Introduction, user: User, by: Actor) -> None:
    held, now = locked(introduction), timezone.now()
    if held.companion_id == user.pk:
        _leave(held, user, by, now)


def _leave(held: Introduction, user: User, by: Actor, now: datetime) -> None:
    """`user` ended it, or left: all the others are told."""
    mails.left_alone(held, user, now)
    held.companion = None
    save(held, "left-alone", by=by, now=now, before=held.status)
