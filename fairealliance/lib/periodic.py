"""What is to be done again and again: each room names its own in `AppConfig.ready`, the worker does it.

    periodic.register("contributions-purge", every=timedelta(hours=6), act=actions.purge)

The worker (`fairealliance worker`) runs each once per interval, whatever the number of nodes. A run may be cut
short and begun again: it must change nothing that was already done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Periodic:
    """Something to do `every` so often."""

    name: str
    every: timedelta
    act: Callable[[], object]


_known: dict[str, Periodic] = {}


def register(name: str, *, every: timedelta, act: Callable[[], object]) -> None:
    """Have `act()` called every so often. Registered again under one name, the last one holds."""
    _known[name] = Periodic(name, every, act)


def known() -> list[Periodic]:
    """All that was registered, by name."""
    return [_known[name] for name in sorted(_known)]
