"""Typing mistakes: the word of the index nearest to a word that the index does not know."""

import time
from collections import defaultdict
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Searcher

_SHORTEST = 4
_LONG = 8  # letters, from which two mistakes are forgiven
_REMEMBERED = 10_000
_KEPT_SECONDS = 60
Vocabulary = dict[str, dict[str, int]]


class Speller:
    """Reads the index's own vocabulary on the first unknown word, and keeps it for a while.

    A commit adds few words: they are known at once (the index is asked), only not yet proposed for others.
    """

    def __init__(self, searcher: Searcher, field_name: str) -> None:
        self._searcher, self._field = searcher, field_name
        self._answers: dict[str, str] = {}
        self._made = time.monotonic()

    def after(self, searcher: Searcher) -> "Speller":
        """The speller for a later state of the same index."""
        if time.monotonic() - self._made < _KEPT_SECONDS:
            return self
        return Speller(searcher, self._field)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """Forms with the number of texts they stand in, by first letter."""
        forms: Vocabulary = defaultdict(dict)
        for sign in "=&":  # words of texts, words of places' names
            for token, count in self._searcher.terms_with_prefix(self._field, sign):
                if len(token) >= _SHORTEST and not token[-1].isdigit():
                    known = forms[token[1]]
                    known[token[1:]] = known.get(token[1:], 0) + count
        return forms

    def correct(self, form: str) -> str:
        """The likeliest form of the index for the folded `form`, "" when none is near."""
        if len(form) < _SHORTEST or any(c.isdigit() for c in form):
            return ""
        if form not in self._answers:
            if len(self._answers) > _REMEMBERED:
                self._answers.clear()
            self._answers[form] = self._nearest(form)
        return self._answers[form]

    def _nearest(self, word: str) -> str:
        """Mistakes rarely touch the first letter: only words with the same one are compared."""
        known = self._vocabulary.get(word[0], {})
        allowed = 1 if len(word) < _LONG else 2
        found = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=20)
        ranked = sorted((distance, -known[each], each) for each, distance, _ in found)
        return ranked[0][2] if ranked else ""
