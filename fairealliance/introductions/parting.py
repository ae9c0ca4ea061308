"""An organisation merged or gone in the middle of an introduction: told to the other side, nothing lost."""

import shutil
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM, Actor
from fairealliance.introductions import mails
from fairealliance.introductions.actions.shared import lock_all, locked, over, save
from fairealliance.introductions.actions.writing import folder
from fairealliance.introductions.enums import EndReason, Status
from fairealliance.introductions.life import OPEN
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.querysets import IntroductionQuerySet
from fairealliance.organisations.models import Organisation


def before_merger(kept: Organisation, gone: Organisation, by: Actor) -> None:
    """Those between the two end: they are one. Of two that would be the same, the one that went furthest goes on."""
    both = (kept.pk, gone.pk)
    touching = Introduction.objects.open().filter(Q(asker__in=both) | Q(asked__in=both))
    lock_all(touching)
    for each in Introduction.objects.open().filter(asker__in=both, asked__in=both).order_by("pk"):
        _part(each, EndReason.MERGED, by)
    going_on: set[tuple[int | None, int | None]] = set()
    for each in sorted(touching, key=lambda each: (-OPEN.index(Status(each.status)), each.asked_at, each.pk)):
        same = (each.asked_id if each.asker_id in both else each.asker_id, each.need_id)
        if same in going_on:
            _part(each, EndReason.MERGED, by)
        going_on.add(same)


def before_deletion(sender: type[Organisation], instance: Organisation, **_signal: Any) -> None:
    """The other side is told; the page keeps its name."""
    touching = Introduction.objects.filter(Q(asker=instance) | Q(asked=instance))
    if instance.is_demo:
        _forget(touching.filter(asker__is_demo=True, asked__is_demo=True))
    for each in touching.open().order_by("pk"):
        _part(each, EndReason.GONE, SYSTEM)


def _forget(invented: IntroductionQuerySet) -> None:
    """What was between two that were invented is no one's."""
    folders = [folder(each) for each in invented]
    invented.delete()
    for each in folders:
        transaction.on_commit(partial(shutil.rmtree, each, ignore_errors=True))


def _part(introduction: Introduction, reason: EndReason, by: Actor) -> None:
    held, now = locked(introduction), timezone.now()
    before = held.status
    over(held, Status.ENDED, now, reason=reason)
    mails.ended(held, mails.PARTED, mails.end_of(held, before), None, now)
    save(held, "parted", by=by, now=now, before=before)
