"""The table behind autocomplete: sorted keys, one bisection per question, ranks in arrays.

Each name gives one key per word it can be found from ("saint etienne", "etienne"); a prefix of a key is then
one slice of the sorted table, and the best of the slice are picked by numpy on ranks computed at load.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairealliance.lib.text_fr import name_key

_SMALL = frozenset(
    (
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "las",
        "le",
        "les",
        "los",
        "sous",
        "sur",
    )
)
_ARTICLES = frozenset(("l", "la", "las", "le", "les", "los"))
_Mask = NDArray[np.bool_]
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_END = "\U0010ffff"

# How well an entry answers, best first: the name itself, an old name itself, its beginning (article or not),
# the beginning of another of its words, all of its words among those typed, some of them.
EXACT, EXACT_OLD, START, WORD, COVERED, LOOSE = range(6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name under which a territory can be found. `weight` orders equals: the heavier first."""

    name: str
    key: str  # name_key(name)
    ref: str
    context: str
    level: str
    population: int | None
    weight: float
    kind: str  # "name" for today's, else "former" or "part"
    codes: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    departement: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, how well it answers (EXACT…), and by what: name, former, part, code, postal_code, typo."""

    entry: Entry
    tier: int
    matched: str


class SortedKeys:
    """Many (key, entry number), sorted by key, so that those starting alike stand together."""

    def __init__(self, pairs: Iterable[tuple[str, int, int]]) -> None:
        rows = sorted(pairs)
        self.keys = [row[0] for row in rows]
        self.entries: NDArray[np.int32] = np.array([row[1] for row in rows], dtype=np.int32)
        self.tiers: NDArray[np.int64] = np.array([row[2] for row in rows], dtype=np.int64)

    def slice(self, prefix: str) -> tuple[int, int, int]:
        """First of those starting with `prefix`, end of those equal to it, end of all."""
        low = bisect_left(self.keys, prefix)
        high = bisect_left(self.keys, prefix + _END, low)
        return low, bisect_right(self.keys, prefix, low, high), high

    def starts(self, prefix: str) -> bool:
        low = bisect_left(self.keys, prefix)
        return low < len(self.keys) and self.keys[low].startswith(prefix)


def _name_keys(number: int, key: str, kind: str) -> Iterator[tuple[str, int, int]]:
    words = key.split(" ")
    exact = EXACT if kind == "name" else EXACT_OLD
    for position, word in enumerate(words):
        after_article = position == 1 and words[0] in _ARTICLES
        if position == 0 or after_article or word not in _SMALL:
            # The tier kept is that of an equal key: a longer one is at most START.
            tier = exact if position == 0 else START if after_article else WORD
            yield " ".join(words[position:]), number, tier


class PlaceIndex:
    """Built once from every entry; read by any number of threads."""

    def __init__(self, entries: Sequence[Entry], departements: dict[str, str]) -> None:
        order = sorted(range(len(entries)), key=lambda i: -entries[i].weight)
        # From here an entry's number is its rank: the smaller the better.
        self.entries = [entries[i] for i in order]
        keys = [entry.key for entry in self.entries]
        self._names = SortedKeys(row for i, key in enumerate(keys) for row in _name_keys(i, key, self.entries[i].kind))
        words = [set(key.split(" ")) - _SMALL for key in keys]
        self._words = SortedKeys((word, i, LOOSE) for i, held in enumerate(words) for word in held)
        self._word_count = np.array([len(held) for held in words], dtype=np.int64)
        self._codes = SortedKeys((c.lower(), i, EXACT) for i, e in enumerate(self.entries) for c in e.codes)
        self._postal = SortedKeys((c, i, EXACT) for i, e in enumerate(self.entries) for c in e.postal_codes)
        self._levels = np.array([entry.level for entry in self.entries], dtype=object)
        self._departement = np.array([entry.departement for entry in self.entries], dtype=object)
        self._places: dict[str, list[str]] = {}
        for code, name in departements.items():
            for word in {code.lower(), *name_key(name).split(" ")} - _SMALL:
                self._places.setdefault(word, []).append(code)
        self._in_departement = {code: np.flatnonzero(self._departement == code) for code in departements}

    def search(self, query: str, limit: int, levels: frozenset[str] | None = None) -> list[Hit]:
        """Best first, each territory once. A letter's mistake is forgiven only when nothing else answers."""
        key = name_key(query)
        if not key or len(key) > 100:
            return []
        allowed = self._allowed(levels)
        if key[0].isdigit() and " " not in key:
            return self._by_code(key, limit, allowed)
        hits = self._best([(*self._names.slice(key), "")], limit, allowed)
        if len(hits) < limit and " " in key:
            hits = _without_twice([*hits, *self._by_words(key.split(" "), limit, allowed, forgiving=False)])[:limit]
        if not hits and 4 <= len(key) <= 40:
            hits = self._forgiving(key, limit, allowed)
        return hits

    def _allowed(self, levels: frozenset[str] | None) -> _Mask | None:
        if levels is None:
            return None
        return np.isin(self._levels, list(levels))

    def _best(self, slices: list[tuple[int, int, int, str]], limit: int, allowed: _Mask | None) -> list[Hit]:
        """The best of some slices of the names' table; a slice's last member says what it matched by."""
        found: dict[int, tuple[int, str]] = {}
        for low, equal, high, matched in slices:
            entries, tiers = self._names.entries[low:high], self._names.tiers[low:high].copy()
            tiers[equal - low :][tiers[equal - low :] < WORD] = START
            scores = tiers * len(self.entries) + entries
            if allowed is not None:
                scores = scores[allowed[entries]]
            for score in _smallest(scores, limit * 4):
                tier, number = divmod(int(score), len(self.entries))
                if number not in found or tier < found[number][0]:
                    found[number] = (tier, matched)
        ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
        hits = [Hit(self.entries[i], tier, matched or self.entries[i].kind) for i, (tier, matched) in ordered]
        return _without_twice(hits)[:limit]

    def _by_code(self, key: str, limit: int, allowed: _Mask | None) -> list[Hit]:
        """INSEE, SIREN and postal codes: those equal first, then those that begin so."""
        found: list[tuple[int, int, str]] = []
        for table, matched in ((self._codes, "code"), (self._postal, "postal_code")):
            low, equal, high = table.slice(key)
            for start, end, tier in ((low, equal, EXACT), (equal, high, START)):
                entries = table.entries[start:end]
                if allowed is not None:
                    entries = entries[allowed[entries]]
                found += [(tier, int(number), matched) for number in _smallest(entries, limit * 4)]
        hits = [Hit(self.entries[number], tier, matched) for tier, number, matched in sorted(found)]
        return _without_twice(hits)[:limit]

    def _by_words(self, words: list[str], limit: int, allowed: _Mask | None, *, forgiving: bool) -> list[Hit]:
        """Names holding every word in any order; the département (name or code) and postal code count too."""
        useful = [word for word in words if word not in _SMALL][:8]
        if not useful:
            return []
        mask = np.ones(len(self.entries), dtype=bool) if allowed is None else allowed.copy()
        own = np.zeros(len(self.entries), dtype=np.int64)
        coded = np.zeros(len(self.entries), dtype=bool)
        for word in useful:
            named, code, place = self._holding(word, forgiving)
            own += named
            coded |= code
            mask &= named | code | place
        numbers = np.flatnonzero(mask & ((own > 0) | coded))
        covered = own[numbers] >= self._word_count[numbers]
        ordered = np.lexsort((numbers, -own[numbers], ~covered))[:limit]
        return [
            Hit(entry, COVERED if covered[i] else LOOSE, "typo" if forgiving else entry.kind)
            for i, entry in ((i, self.entries[numbers[i]]) for i in ordered)
        ]

    def _holding(self, word: str, forgiving: bool) -> tuple[_Mask, _Mask, _Mask]:
        """Entries that `word` may speak of: by a word of the name, by a code, by the département."""
        named, coded, placed = (np.zeros(len(self.entries), dtype=bool) for _ in range(3))
        low, _equal, high = self._words.slice(word)
        named[self._words.entries[low:high]] = True
        if word[0].isdigit():
            for table in (self._postal, self._codes):
                low, equal, _high = table.slice(word)
                coded[table.entries[low:equal]] = True
        elif forgiving and len(word) >= 4 and low == high:
            for variant in _one_edit(word):
                low, equal, _high = self._words.slice(variant)
                named[self._words.entries[low:equal]] = True
        for code in self._places.get(word, ()):
            placed[self._in_departement[code]] = True
        return named, coded, placed

    def _forgiving(self, key: str, limit: int, allowed: _Mask | None) -> list[Hit]:
        slices = [(*self._names.slice(v), "typo") for v in _one_edit(key) if self._names.starts(v)]
        hits = self._best(slices, limit, allowed)
        if not hits and " " in key:
            hits = self._by_words(key.split(" "), limit, allowed, forgiving=True)
        return hits


def _smallest(scores: NDArray[Any], count: int) -> Sequence[int]:
    if len(scores) > count:
        scores = np.partition(scores, count)[:count]
    ordered: Sequence[int] = np.sort(scores).tolist()
    return ordered


def _without_twice(hits: Iterable[Hit]) -> list[Hit]:
    seen: dict[str, Hit] = {}
    for hit in hits:
        seen.setdefault(hit.entry.ref, hit)
    return list(seen.values())


def _one_edit(key: str) -> set[str]:
    """Every text one letter away: one missing, one too many, one wrong, two swapped."""
    splits = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    found |= {left + c + right[1:] for left, right in splits if right for c in _LETTERS}
    found |= {left + c + right for left, right in splits for c in _LETTERS}
    found.discard(key)
    return {text for text in found if text.strip() == text and len(text) > 2}
