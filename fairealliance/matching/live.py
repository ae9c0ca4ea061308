"""The engine as the database is now: columns of this node's folder, and what the outbox told since.

Each process follows the outbox by itself, when asked (at most every half second): one short query when nothing changed.
When the spare rows are nearly used up, the whole is laid out anew beside, and takes the place of what serves.
"""

import logging
import threading
import time

import numpy as np
from django.db import DatabaseError, connection

from fairealliance.journal.models import Change
from fairealliance.journal.outbox import must_start_over
from fairealliance.matching import loader, policy
from fairealliance.matching.bits import words_digest
from fairealliance.matching.engine import Engine
from fairealliance.matching.practices import Cases
from fairealliance.matching.rows import Full
from fairealliance.matching.store import Base, Store, default_store
from fairealliance.territories.models import Edition

logger = logging.getLogger(__name__)
SPARE = 20_000
FOLLOWED = frozenset({"organisation"})
"""Kinds of the outbox whose key is an organisation's id. What changes of a need is told under its organisation."""
_LOOK_EVERY = 0.5
_AT_ONCE = 5_000
_CASES_EVERY = 60.0


class Live:
    """One per process; threads share it."""

    def __init__(self, store: Store | None = None) -> None:
        self._given = store
        self._lock = threading.Lock()
        self._base: Base | None = None
        self._made_of = ""
        self._cursor = 0
        self._looked_at = 0.0
        self._renewing: threading.Thread | None = None
        self._cases: Cases | None = None
        self._cases_read_at = 0.0
        self._cases_changed = False

    def cases(self) -> Cases:
        """Read again at most once a minute, and only if some case changed."""
        with self._lock:
            old = time.monotonic() - self._cases_read_at >= _CASES_EVERY
            if self._cases is None or (self._cases_changed and old):
                self._cases, self._cases_changed = Cases.read(), False
                self._cases_read_at = time.monotonic()
            return self._cases

    def engine(self) -> Engine:
        """Knows of all that was committed half a second ago."""
        with self._lock:
            if self._base is None or time.monotonic() - self._looked_at >= _LOOK_EVERY:
                self._catch_up()
                self._looked_at = time.monotonic()
            assert self._base is not None
            return self._base.engine

    def forget(self) -> None:
        with self._lock:
            self._base = self._cases = None

    @property
    def _store(self) -> Store:
        return self._given or default_store()

    def _catch_up(self) -> None:
        if self._base is None or self._is_stale(self._base):
            self._open()
        assert self._base is not None
        try:
            while self._take(self._base.engine):
                pass
        except Full:
            logger.info("Matching: too much changed, laying all out anew")
            self._renew()
            return
        if self._base.engine.count > len(self._base.engine.units) - SPARE // 2:
            self._renew_beside()

    def _is_stale(self, base: Base) -> bool:
        """Whether another process laid out anew, the territories changed, or the outbox is not the one we followed."""
        served = self._store.current()
        if served != base.name or made_of() != self._made_of:
            return True
        return self._cursor > _last_change() or must_start_over(self._cursor)

    def _open(self) -> None:
        self._cases_changed = True
        known, self._made_of = loader.geography.get(), made_of()
        found = self._store.load(known.places, policy.current(), self._made_of)
        if found is not None and (found.cursor > _last_change() or must_start_over(found.cursor)):
            found = None
        if found is None:
            found = make(self._store, self._made_of)
        self._base, self._cursor = found, found.cursor

    def _renew(self) -> None:
        self._base = make(self._store, self._made_of)
        self._cursor = self._base.cursor

    def _renew_beside(self) -> None:
        """In a thread: `_is_stale` sees the new one when it is there."""
        if self._renewing is None or not self._renewing.is_alive():
            self._renewing = threading.Thread(target=_make_aside, args=(self._store, self._made_of), daemon=True)
            self._renewing.start()

    def _take(self, engine: Engine) -> int:
        rows = list(
            Change.objects.filter(id__gt=self._cursor).order_by("id").values_list("id", "kind", "key")[:_AT_ONCE]
        )
        ids = sorted({int(key) for _id, kind, key in rows if kind in FOLLOWED and key.isdigit()})
        if ids:
            engine.take_in(np.array(ids, np.int64), *loader.load(loader.geography.get(), ids).columns())
        self._cases_changed |= any(kind == "practice" for _id, kind, _key in rows)
        if rows:
            self._cursor = rows[-1][0]
        return len(rows)


def make(store: Store, of: str) -> Base:
    """Lay all out from the database and publish it."""
    with store.making():
        # Read before: what changes while we read is taken again, which alters nothing.
        cursor = _last_change()
        known = loader.geography.get()
        engine = Engine.build(*loader.load(known).columns(), known.places, policy.current(), spare=SPARE)
        return store.save(engine, cursor, of)


def made_of() -> str:
    """What the places were numbered by, and the words read as bits."""
    editions = Edition.objects.order_by("name").values_list("name", "digest")
    return ",".join(f"{name}={digest}" for name, digest in [("words", words_digest()), *editions])


def _make_aside(store: Store, of: str) -> None:
    try:
        make(store, of)
    except (DatabaseError, OSError):
        logger.warning("Matching could not be laid out anew", exc_info=True)
    finally:
        connection.close()


def _last_change() -> int:
    return Change.objects.order_by("-id").values_list("id", flat=True).first() or 0


live = Live()
"""This process's."""
