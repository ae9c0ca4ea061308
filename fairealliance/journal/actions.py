"""Writing the journal. Called inside the transaction of the act it tells."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from fairealliance.journal.models import Change, Entry

# Any number will do, provided nothing else in the database locks the same one.
_OUTBOX_LOCK = 7_205_417


class Author(Protocol):
    """Whoever acts: a person or the system itself."""

    @property
    def label(self) -> str: ...

    @property
    def user_id(self) -> int | None: ...


def record(
    *,
    by: Author,
    verb: str,
    subject: str,
    detail: dict[str, Any] | None = None,
    changed: Iterable[tuple[str, str]] = (),
) -> Entry:
    """Tell what `by` did to `subject` (`kind:key`) and which public things (kind, key) it changed."""
    entry = Entry.objects.create(
        by_user_id=by.user_id, by_label=by.label, verb=verb, subject=subject, detail=detail or {}
    )
    for kind, key in changed:
        mark_changed(kind, [key])
    return entry


def mark_changed(kind: str, keys: Sequence[str | int]) -> None:
    """Append to the outbox. Must run in a transaction: a change that rolls back was never one."""
    if not keys:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("mark_changed must run inside an atomic block")
    table = Change._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Ids are given out before commit. Without this lock a slow transaction could commit a low id
            # after a follower has gone past it, and that change would never be indexed.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_OUTBOX_LOCK])
        now = (
            timezone.now() if connection.vendor == "postgresql" else timezone.now().replace(tzinfo=None).isoformat(" ")
        )
        cursor.executemany(
            f"INSERT INTO {table} (kind, key, at) VALUES (%s, %s, %s)",  # noqa: S608 -- our own table's name
            [(kind, str(key), now) for key in keys],
        )
