"""Keeping in memory what is costly to build, until the data it came from changes."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection

from fairealliance.territories.models import Edition

T = TypeVar("T")
_Key = tuple[tuple[str, str], ...]
_kept: "list[PerEdition[Any]]" = []


class PerEdition(Generic[T]):
    """`get()` gives what `build()` made of the present data sets `names`; a short query says if it holds.

    One per process; threads share it and only one of them builds.
    """

    def __init__(self, build: Callable[[], T], *names: str) -> None:
        self._build, self._names = build, names
        self._lock = threading.Lock()
        self._held: tuple[_Key, T] | None = None
        _kept.append(self)

    def get(self) -> T:
        key = self._present()
        held = self._held
        if held is None or held[0] != key:
            with self._lock:
                held = self._held
                if held is None or held[0] != key:
                    held = self._held = (key, self._build())
        return held[1]

    def _present(self) -> _Key:
        """Asked on each use, hence by hand: the ORM would take four times as long as the database."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT name, digest FROM {Edition._meta.db_table} ORDER BY name")  # noqa: S608 -- our own table's name
            return tuple((name, digest) for name, digest in cursor.fetchall() if name in self._names)

    def forget(self, *, unless_dated: bool = False) -> None:
        """Drops what is held; with `unless_dated`, only if no Edition says what it was made of."""
        held = self._held
        if held is not None and not (unless_dated and held[0]):
            self._held = None


def forget_undated() -> None:
    """Drops what was built from territories without an Edition, which only tests make."""
    for kept in _kept:
        kept.forget(unless_dated=True)
