"""Keeping in memory what is costly to build, until the data it came from changes."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from fairealliance.territories.models import Edition

T = TypeVar("T")
_Key = tuple[tuple[str, str], ...]
_kept: "list[PerEdition]" = []


class PerEdition(Generic[T]):
    """`get()` gives what `build()` made of the present data sets `names`; one short query says if it still holds.

    One per process; threads share it and only one of them builds.
    """

    def __init__(self, build: Callable[[], T], *names: str) -> None:
        self._build, self._names = build, names
        self._lock = threading.Lock()
        self._held: tuple[_Key, T] | None = None
        _kept.append(self)

    def get(self) -> T:
        key = tuple(sorted(Edition.objects.filter(name__in=self._names).values_list("name", "digest")))
        held = self._held
        if held is None or held[0] != key:
            with self._lock:
                held = self._held
                if held is None or held[0] != key:
                    held = self._held = (key, self._build())
        return held[1]

    def forget(self) -> None:
        self._held = None


def forget_all() -> None:
    """Drops everything held: for tests, which change territories without an Edition."""
    for kept in _kept:
        kept.forget()
