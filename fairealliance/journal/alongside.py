"""What else changes when a public thing does: a need is shown under the name of its organisation.

The room whose things show another's registers them in `AppConfig.ready`; whoever tells the outbox of the one tells it
of the others, in the same transaction:

    alongside.register("organisation", of_organisations)
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

Named = tuple[str, str | int]
Reader = Callable[[Sequence[str | int]], Iterable[Named]]
"""Keys of the things that changed → (kind, key) of those that change with them, in one query whatever their number."""

_known: dict[str, dict[Reader, None]] = defaultdict(dict)


def register(kind: str, reader: Reader) -> None:
    """Registered again, it is asked once."""
    _known[kind][reader] = None


def changed_with(kind: str, keys: Sequence[str | int]) -> Iterator[tuple[str, list[str | int]]]:
    """By kind, what changes with those things of `kind`."""
    found: dict[str, dict[str | int, None]] = defaultdict(dict)
    for reader in _known.get(kind, ()):
        for other, key in reader(keys):
            found[other][key] = None
    for other, those in found.items():
        yield other, list(those)
