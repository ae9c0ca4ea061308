"""Keys already met in this run, in constant memory for small files and sixteen bytes a row for large ones."""

from collections.abc import Sequence

import numpy as np

_RECENT = 100_000


class Seen:
    """Remembers hashes: two keys with one hash are one in 10¹⁹, and would only be reported as a duplicate."""

    def __init__(self) -> None:
        self._recent: dict[int, int] = {}
        self._hashes = np.empty(0, dtype=np.int64)
        self._lines = np.empty(0, dtype=np.int64)

    def duplicates(self, keys: Sequence[str], lines: Sequence[int]) -> dict[int, int]:
        """Index of each key met before → line where it was first met. The others are remembered."""
        hashes = list(map(hash, keys))
        found: dict[int, int] = {}
        if len(self._hashes):
            found = self._among_old(hashes)
        if len(set(hashes)) == len(hashes) and self._recent.keys().isdisjoint(hashes) and not found:
            self._recent.update(zip(hashes, lines, strict=True))
        else:
            for index, (value, line) in enumerate(zip(hashes, lines, strict=True)):
                first = found[index] if index in found else self._recent.setdefault(value, line)
                if first != line:
                    found[index] = first
        if len(self._recent) > _RECENT:
            self._store()
        return found

    def _among_old(self, hashes: list[int]) -> dict[int, int]:
        wanted = np.array(hashes, dtype=np.int64)
        places = np.searchsorted(self._hashes, wanted)
        places[places == len(self._hashes)] = 0
        hits = np.nonzero(self._hashes[places] == wanted)[0]
        return {int(index): int(self._lines[places[index]]) for index in hits}

    def _store(self) -> None:
        hashes = np.concatenate([self._hashes, np.fromiter(self._recent.keys(), dtype=np.int64)])
        lines = np.concatenate([self._lines, np.fromiter(self._recent.values(), dtype=np.int64)])
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._lines = hashes[order], lines[order]
        self._recent = {}
