"""Counts kept in memory, written together from time to time: no page waits for the database.

A process that is killed loses what it had not written, a minute of counts at most; one that is stopped loses nothing.
"""

import atexit
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connections

from fairealliance.audience import actions

logger = logging.getLogger(__name__)
MOST_KEYS = 20_000
EVERY_SECONDS = 60.0


class Key(NamedTuple):
    """What is counted. `kind` is one of actions.TABLES; `of` its own fields, in their order."""

    kind: str
    of: tuple[str, ...]


Write = Callable[[Mapping[Key, int]], None]


class Buffer:
    """Counts of one process. `every` seconds apart they are written by a thread of its own; 0 leaves it to `flush`."""

    def __init__(self, write: Write, *, every: float = EVERY_SECONDS, most: int = MOST_KEYS) -> None:
        self._write, self._every, self._most = write, every, most
        self._counts: Counter[Key] = Counter()
        self._guard, self._writing = threading.Lock(), threading.Lock()
        self._owner = 0
        self._full = threading.Event()
        self.lost = 0

    def add(self, *keys: Key) -> None:
        """Count each once. What would take too much memory is not counted, and that is logged."""
        with self._guard:
            for key in keys:
                if key in self._counts or len(self._counts) < self._most:
                    self._counts[key] += 1
                else:
                    self.lost += 1
            if len(self._counts) > self._most // 2:
                self._full.set()
        if self._every and self._owner != os.getpid():
            self._start()

    def flush(self) -> None:
        """Write what was counted since the last time; what cannot be written is kept for the next."""
        with self._writing:
            with self._guard:
                taken, self._counts = self._counts, Counter()
                lost, self.lost = self.lost, 0
            if lost:
                logger.warning("Audience: %s visits were not counted, too many at once", lost)
            if not taken:
                return
            try:
                self._write(taken)
            except DatabaseError as error:
                logger.warning("Audience: counts kept for later (%s)", " ".join(str(error).split()))
                self._give_back(taken)

    def _give_back(self, taken: Counter[Key]) -> None:
        with self._guard:
            taken.update(self._counts)
            self._counts = taken

    def _start(self) -> None:
        """The first visit of a process starts its writer: a thread does not survive a fork."""
        with self._guard:
            if self._owner == os.getpid():
                return
            self._owner = os.getpid()
        threading.Thread(target=self._run, daemon=True, name="audience").start()
        atexit.register(self._end)

    def _run(self) -> None:
        while True:
            self._full.wait(self._every)
            self._full.clear()
            self.flush()
            connections.close_all()

    def _end(self) -> None:
        if self._owner == os.getpid():
            self.flush()
            connections.close_all()


def _write_counts(counts: Mapping[Key, int]) -> None:
    actions.add_counts(counts={(key.kind, *key.of): number for key, number in counts.items()})


buffer = Buffer(_write_counts, every=getattr(settings, "AUDIENCE_FLUSH_SECONDS", EVERY_SECONDS))
