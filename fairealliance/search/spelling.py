"""Typing mistakes: the word of the index nearest to a word that the index does not know."""

from collections import defaultdict
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Searcher

_SHORTEST = 4


class Speller:
    """Reads the index's own vocabulary on the first unknown word, and keeps it while the index is the same."""

    def __init__(self, searcher: Searcher, field_name: str) -> None:
        self._searcher, self._field = searcher, field_name
        self._answers: dict[str, str] = {}

    @cached_property
    def _vocabulary(self) -> dict[str, dict[str, int]]:
        """Forms with the number of texts they stand in, by first letter: mistakes rarely touch it."""
        forms: dict[str, dict[str, int]] = defaultdict(dict)
        for token, count in self._searcher.terms_with_prefix(self._field, "="):
            if len(token) > _SHORTEST - 1 and not token[-1].isdigit():
                forms[token[1]][token[1:]] = count
        return forms

    def correct(self, form: str) -> str:
        """The likeliest form of the index for the folded `form`, "" when none is near."""
        if len(form) < _SHORTEST or any(c.isdigit() for c in form):
            return ""
        if form not in self._answers:
            if len(self._answers) > 10_000:
                self._answers.clear()
            self._answers[form] = self._nearest(form)
        return self._answers[form]

    def _nearest(self, form: str) -> str:
        known = self._vocabulary.get(form[0], {})
        allowed = 1 if len(form) < 8 else 2
        found = process.extract(form, known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=20)
        ranked = sorted((distance, -known[word], word) for word, distance, _ in found)
        return ranked[0][2] if ranked else ""
