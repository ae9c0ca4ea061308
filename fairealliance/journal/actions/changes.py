"""Writing the outbox: which public things changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from fairealliance.journal import alongside
from fairealliance.journal.lock import take
from fairealliance.journal.models import Change
from fairealliance.lib import bulk

KEPT = timedelta(days=90)
_AT_ONCE = 20_000


def mark_changed(kind: str, keys: Sequence[str | int]) -> None:
    """Append to the outbox, with what changes alongside. Must run in a transaction: a change that rolls back was never
    one. What is to go is told before it goes: afterwards, nobody knows what went with it.
    """
    if not keys:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("mark_changed must run inside an atomic block")
    _append(kind, keys)
    for other, those in alongside.changed_with(kind, keys):
        _append(other, those)


def _append(kind: str, keys: Sequence[str | int]) -> None:
    # Ids are given out before commit. Without the lock a slow transaction could commit a low id after a follower
    # has gone past it, and that change would never be indexed.
    take()
    bulk.insert(Change, ("key",), [(str(key),) for key in keys], constants={"kind": kind, "at": bulk.now()})


def prune_changes(before: datetime) -> int:
    """Deletes the changes told before that instant, but the latest of them. Returns how many.

    The one left marks how far it went: a follower whose cursor is lower than the lowest id left may have missed
    something and must start over (`outbox.must_start_over`). Ids are never given twice.
    """
    last = Change.objects.filter(at__lt=before).order_by("-id").values_list("id", flat=True).first()
    removed = 0
    # A little at a time: on SQLite everyone who writes waits for the one who does.
    while last and (some := list(Change.objects.filter(id__lt=last).values_list("id", flat=True)[:_AT_ONCE])):
        removed += Change.objects.filter(id__lte=some[-1], id__lt=last)._raw_delete("default")
    return removed


def prune_old_changes() -> int:
    """What every follower has long taken in."""
    return prune_changes(timezone.now() - KEPT)
