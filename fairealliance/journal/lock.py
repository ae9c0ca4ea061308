"""The one lock under which the journal is written: a chain with two ends would be no chain."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any number will do, provided nothing else in the database locks the same one.
_JOURNAL_LOCK = 7_205_417


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """In a transaction, ours or the caller's, and alone in it until its end.

    One lock for entries and changes: two, taken in two orders, would wait for each other. SQLite has one writer
    from the first statement of a transaction on (`transaction_mode`).
    """
    if connection.in_atomic_block:
        take()
        yield
        return
    with transaction.atomic():
        take()
        yield


def take() -> None:
    """Holds until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_JOURNAL_LOCK])
