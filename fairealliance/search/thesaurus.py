"""The circles of the language: words that answer one another though their stems differ.

Circles are data (`data/*.toml`): a line is a circle, its words and expressions separated by commas, the
first one naming it. At indexing a word brings the names of its circles along as tokens. So a question asks
one more term per circle instead of one per synonym, and the weight of a circle follows how common it is in
the documents.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import resources
from itertools import chain, pairwise
from typing import NamedTuple

from fairealliance.lib.text_fr import fold
from fairealliance.search.stems import stems_of
from fairealliance.search.stopwords import STOPWORDS

# What a line of the data may be, and the first character of the tokens it gives.
SAME, CLOSE, ASKING = "@", "#", "?"
SIGNS = {"same": SAME, "close": CLOSE, "asking": ASKING}
Circles = Mapping[str, Sequence[str]]
Stems = tuple[str, ...]


class Expression(NamedTuple):
    """A member of a circle made of several words."""

    words: tuple[str, ...]
    token: str


class Thesaurus:
    """Circles by the stem of a word, and by the first stem of an expression."""

    def __init__(self, circles: Circles, cut: Callable[[str], list[str]]) -> None:
        self._cut = cut
        self._words: dict[str, dict[str, None]] = {}
        self.proper: set[str] = set()
        """Tokens of the circles that a proper name heads: Bretagne, breton."""
        self._expressions: dict[str, list[Expression]] = {}
        self._asking: dict[str, list[Expression]] = {}
        self._asking_alone: set[str] = set()
        self._asking_begun: set[tuple[str, ...]] = set()  # the first two words of the others
        self._asking_marks: set[str] = set()  # those alone, and of each two the longer, the rarer more often than not
        self.version = hashlib.sha256(json.dumps(dict(circles)).encode()).hexdigest()[:12]
        for kind, sign in SIGNS.items():
            for line in circles.get(kind, ()):
                self._add(sign, [member.strip() for member in line.split(",")])

    def _add(self, sign: str, members: list[str]) -> None:
        token = sign + fold(members[0]).replace(" ", "_")
        if sign == SAME and members[0][:1].isupper():
            self.proper.add(token)
        for member in members:
            if sign == ASKING:
                forms = tuple(fold(member).split())
                self._asking.setdefault(forms[0], []).append(Expression(forms, token))
                if len(forms) == 1:
                    self._asking_alone.add(forms[0])
                else:
                    self._asking_begun.add(forms[:2])
                self._asking_marks.add(max(forms[:2], key=len))
                continue
            full = [stems_of(word) for word in self._cut(member) if fold(word) not in STOPWORDS]
            if len(full) == 1:
                for stem in full[0]:
                    self._words.setdefault(stem, {})[token] = None
            elif full:
                words = tuple(stems[0] for stems in full)
                for first in full[0]:
                    self._expressions.setdefault(first, []).append(Expression(words[1:], token))

    def of_word(self, stems: Stems) -> tuple[str, ...]:
        """Tokens of the circles to which a single word belongs."""
        known = [self._words[stem] for stem in stems if stem in self._words]
        return tuple(dict.fromkeys(chain.from_iterable(known))) if known else ()

    def followers(self, stems: Stems) -> frozenset[str]:
        """The stems that come second in the expressions that a word begins."""
        begun = [self._expressions[stem] for stem in stems if stem in self._expressions]
        return frozenset([rest[0] for some in begun for rest, _token in some]) if begun else frozenset()

    def of_expressions(self, full: Sequence[Stems], at: int) -> dict[str, int]:
        """Tokens of the circles whose expressions begin with the word `at`, with their number of words.

        Empty words are left out of `full`.
        """
        here: dict[str, int] = {}
        for first in full[at]:
            for rest, token in self._expressions.get(first, ()):
                following = full[at + 1 : at + 1 + len(rest)]
                if len(following) == len(rest) and all(map(_has, following, rest)):
                    here[token] = 1 + len(rest)
        return here

    def may_ask(self, folded: str) -> bool:
        """Whether a text with this among its words may ask something; for sure not when none of its words may."""
        return not self._asking_marks.isdisjoint(folded.split())

    def of_asking(self, folded: str) -> list[str]:
        """Tokens of the kinds of question that a folded text asks (what is it, how long, who...)."""
        forms = tuple(folded.split())
        if self._asking_alone.isdisjoint(forms) and self._asking_begun.isdisjoint(pairwise(forms)):
            return []
        known = self._asking
        found: dict[str, None] = {}
        for at, form in enumerate(forms):
            if form in known:
                for words, token in self._asking[form]:
                    if forms[at : at + len(words)] == words:
                        found[token] = None
        return list(found)


def _has(stems: Stems, stem: str) -> bool:
    return stem in stems


def read_circles() -> dict[str, list[str]]:
    """The circles shipped with the code: every file of `data`, in alphabetical order."""
    merged: dict[str, list[str]] = {kind: [] for kind in SIGNS}
    files: Iterable = (resources.files("fairealliance.search") / "data").iterdir()
    for file in sorted(files, key=lambda found: found.name):
        if file.name.endswith(".toml"):
            for kind, lines in tomllib.loads(file.read_text(encoding="utf-8")).items():
                merged[kind].extend(lines)
    return merged
