"""Typing mistakes: the word of the index nearest to a word that the index does not know."""

from collections import defaultdict
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Searcher

_SHORTEST = 4
_LONG = 8  # letters, from which two mistakes are forgiven
_REMEMBERED = 10_000
Vocabulary = dict[str, dict[str, int]]


class Speller:
    """Reads the index's own vocabulary on the first unknown word, and keeps it while the index is the same."""

    def __init__(self, searcher: Searcher, field_name: str) -> None:
        self._searcher, self._field = searcher, field_name
        self._answers: dict[str, str] = {}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """Forms with the number of texts they stand in, by first letter."""
        forms: Vocabulary = defaultdict(dict)
        for token, count in self._searcher.terms_with_prefix(self._field, "="):
            if len(token) >= _SHORTEST and not token[-1].isdigit():
                forms[token[1]][token[1:]] = count
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
