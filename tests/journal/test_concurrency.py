"""Many write at once: one chain. Without the lock, they take the same number."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import DatabaseError, connection, transaction

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.actions import entries, record
from fairealliance.journal.models import Entry
from fairealliance.journal.verifying import verify

WRITERS, EACH = 8, 12


def _write(start: Barrier, writer: int, path: str) -> int:
    """One writer's entries; returns how many the database refused."""
    refused = 0
    connection.settings_dict["NAME"] = path
    start.wait()
    try:
        for number in range(EACH):
            try:
                record(by=SYSTEM, verb="essai", subject=f"writer:{writer}", detail={"n": number})
            except DatabaseError:
                refused += 1
    finally:
        connection.close()
    return refused


def _all_write() -> int:
    start = Barrier(WRITERS)
    path = connection.settings_dict["NAME"]
    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(lambda writer: _write(start, writer, path), range(WRITERS)))


def test_one_chain_whoever_writes(shared_database) -> None:
    assert _all_write() == 0
    assert Entry.objects.count() == WRITERS * EACH
    assert verify().is_right
    for writer in range(WRITERS):
        mine = Entry.objects.filter(subject=f"writer:{writer}").order_by("pk")
        assert [entry.detail["n"] for entry in mine] == list(range(EACH))


def test_control_without_the_lock_they_take_the_same_number(shared_database, monkeypatch) -> None:
    @contextmanager
    def nothing():
        yield

    monkeypatch.setattr(entries, "one_at_a_time", nothing)
    if connection.vendor == "postgresql":
        monkeypatch.setattr(entries, "one_at_a_time", transaction.atomic)
    refused = _all_write()
    assert refused or not verify().is_right
