"""Following the outbox: what changed in the database changes in this node's index.

One process per state folder writes (`fairealliance worker`). Each node has its own folder and its own cursor
over the same outbox, so several nodes over one database each keep an index and answer alike.
"""

import contextlib
import logging
import threading
from collections import defaultdict
from functools import cache

from django.db import DatabaseError, close_old_connections, connection

from fairealliance.accounts.personal import FORGOTTEN
from fairealliance.journal.models import Change
from fairealliance.journal.outbox import must_start_over
from fairealliance.lib.addresses import addresses
from fairealliance.lib.collector import without_collector
from fairealliance.search.analysis import analyser
from fairealliance.search.documents import Doc, source
from fairealliance.search.health import Damaged
from fairealliance.search.store import LockBusy, Store, default_store
from fairealliance.search.writer import Writer, batched, last_change, rebuild

logger = logging.getLogger(__name__)
_AT_ONCE = 60_000  # changes read together, or kept for the next commit: each costs a segment and its merges
_BUILT = 4_000  # documents held at once
_LOOK, _LOOKS = 0.1, 5  # seconds between two looks at whether something changed; how many before a step anyway
_PAUSE = 0.5  # after a step that took something in: what trickles is made visible together
_SOON = 2.0  # between two takes, what has been taken in for so long is made visible, though there is more to take
_PAUSE_AFTER_ERROR = 5.0


class Follower:
    """Keeps one index in step with the outbox. Use under `Store.writing()`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._writer: Writer | None = None

    def step(self) -> int:
        """Rebuild if need be, else take in what changed. Returns how many changes were taken in."""
        if self._must_rebuild():
            self.rebuild()
        assert self._writer is not None
        self.store.drop_previous()
        done = 0
        with without_collector():
            while taken := self._take(self._writer):
                done += taken
        return done

    def rebuild(self) -> int:
        """Make the index anew; the old one, if any, serves meanwhile."""
        self.close()
        self.store.forget_wish()
        count = rebuild(self.store)
        self.store.forgot()
        serving = self.store.current()
        if serving is None:
            raise Damaged("the new index disappeared")
        self._writer = Writer(serving)
        return count

    def _must_rebuild(self) -> bool:
        serving = self.store.current()
        if serving is None or not self.store.is_up_to_date(serving) or self.store.is_rebuild_wished():
            return True
        if self.store.is_time_to_forget(serving):
            return True
        try:
            if self._writer is None or self._writer.folder != serving:
                self.close()
                self._writer = Writer(serving)
            self._writer.check()
        except Damaged as error:
            logger.warning("Search index damaged, rebuilding: %s", error)
            return True
        # An outbox that ends before our cursor is that of another database, or of a restored copy; one that begins
        # after it was pruned while this node was away.
        return self._writer.cursor > last_change() or must_start_over(self._writer.cursor)

    def _take(self, writer: Writer) -> int:
        """One batch of changes, in order, each thing once whatever the number of its changes."""
        rows = _after(writer.taken)
        if not rows and writer.catch_up():
            rows = _after(writer.taken)  # what came meanwhile
        if not rows:
            return 0
        changed: dict[str, dict[str, None]] = defaultdict(dict)
        for _id, kind, key in rows:
            changed[kind][key] = None
        if FORGOTTEN in changed:
            self.store.must_forget()
        for kind, keys in changed.items():
            for some in batched(keys, _BUILT):
                writer.replace([f"{kind}:{key}" for key in some], _documents(kind, some))
        writer.took(rows[-1][0])
        if writer.is_due(_SOON, most=_AT_ONCE):
            writer.start_commit()
        return len(rows)

    def has_news(self) -> bool:
        """Whether something changed since the last step."""
        return self._writer is not None and last_change() > self._writer.taken

    def close(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            try:
                writer.close()
            except (Damaged, OSError) as error:
                logger.warning("Search index closed badly: %s", error)


def _after(cursor: int) -> list[tuple[int, str, str]]:
    changes = Change.objects.filter(id__gt=cursor).order_by("id")
    return list(changes.values_list("id", "kind", "key")[:_AT_ONCE])


def _documents(kind: str, keys: list[str]) -> list[Doc]:
    found = source(kind)
    return list(found.build(keys)) if found else []


def run_once(store: Store | None = None) -> int:
    """Bring the index up to date and let go of it. Raises LockBusy when a worker does it already."""
    store = store or default_store()
    with store.writing():
        follower = Follower(store)
        try:
            return follower.step()
        finally:
            follower.close()


def reindex(store: Store | None = None) -> int:
    """Make the index anew, whatever its state. Raises LockBusy when a worker has it in hand."""
    store = store or default_store()
    with store.writing():
        follower = Follower(store)
        try:
            return follower.rebuild()
        finally:
            follower.close()


def run_forever(stop: threading.Event, store: Store | None = None) -> None:
    """Follow until told to stop. Raises LockBusy when another process follows already."""
    store = store or default_store()
    with store.writing():
        follower = Follower(store)
        try:
            while not stop.is_set():
                pause = _step(follower)
                _be_ready()
                _rest(stop, follower, pause)
        finally:
            follower.close()
            connection.close()


@cache
def _be_ready() -> None:
    """Read the addresses of the pages and the words of the language before a change waits for them."""
    addresses("practices:detail")
    analyser()


def _step(follower: Follower) -> float:
    """One step that survives what passes; returns how long to rest after it, in seconds, whatever changes meanwhile."""
    try:
        if not connection.in_atomic_block:  # as between two requests: a dead connection is opened anew
            close_old_connections()
        taken = follower.step()
    except DatabaseError as error:
        logger.warning("Search follows nothing for now, the database does not answer: %s", error)
        follower.close()
        connection.close()
        return _PAUSE_AFTER_ERROR
    except (Damaged, OSError, ValueError) as error:
        # The next step finds the index missing or damaged, and rebuilds it.
        logger.warning("Search index could not be written: %s", error)
        follower.close()
        follower.store.wish_rebuild()
        return _PAUSE_AFTER_ERROR
    return _PAUSE if taken else 0.0


def _rest(stop: threading.Event, follower: Follower, pause: float) -> None:
    """Until something changes, and for `pause` seconds at least."""
    stop.wait(pause)
    with contextlib.suppress(DatabaseError):  # the next step tells
        for _look in range(_LOOKS):
            if stop.wait(_LOOK) or follower.has_news():
                return


__all__ = ["Follower", "LockBusy", "reindex", "run_forever", "run_once"]
