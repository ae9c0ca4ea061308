"""The passage of a text that best answers a question, cut into pieces that match and pieces that do not."""

import re

from fairealliance.search.analysis import Word, analyser
from fairealliance.search.ranking import Group, Reading

_TOKEN = re.compile(r"[^\W_]+")
_LENGTH = 240
_READ = 1_500
_CONTEXT = 60
_WORDS = 20  # looked at from each, at most
Pieces = tuple[tuple[str, bool], ...]


class Marker:
    """Finds the words of a question, and those that stand for them, in texts."""

    def __init__(self, reading: Reading) -> None:
        self._groups: dict[str, Group] = {}
        # The word itself before what stands for it; a beginning in common is not enough to be shown.
        for group in reading.groups:
            for token in group.stems:
                self._groups.setdefault(token, group)
        for group in reading.groups:
            for token, _ in group.near:
                if token[0] != "~":
                    self._groups.setdefault(token, group)
        self._matches = frozenset(self._groups)
        self._others: set[str] = set()
        """Forms met that match nothing: twenty hits on one subject say mostly the same words."""

    def _group(self, word: Word) -> Group:
        """The word of the question that a word answers."""
        ordered = (*word.stems, *word.circles, *word.levels)
        return next(self._groups[token] for token in ordered if token in self._groups)

    def spans(self, text: str) -> list[tuple[int, int, Group]]:
        """Where the words that match stand in the beginning of `text`."""
        read = text[:_READ]
        lowered = read.lower()
        if len(lowered) != len(read):  # a few capitals change length: their places would be wrong
            return []
        found = []
        for word in self._matching(set(_TOKEN.findall(lowered)) - self._others):
            group = self._group(word)
            found += [(start, start + len(word.text), group) for start in _places(word.text, lowered)]
        return sorted(found, key=_start_of)

    def _matching(self, forms: set[str]) -> list[Word]:
        words = analyser().matching(forms, self._matches)
        self._others |= forms.difference([word.text for word in words])
        return words


def _start_of(span: tuple[int, int, Group]) -> int:
    return span[0]


def _places(word: str, text: str) -> list[int]:
    """Where `word` stands whole."""
    found, at = [], text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[max(at - 1, 0) : at].isalnum() and not text[end : end + 1].isalnum():
            found.append(at)
        at = text.find(word, end)
    return found


def passage(text: str, marker: Marker) -> tuple[Pieces, tuple[str, ...]]:
    """The pieces of the best passage, and the words of the question found in the text, as typed."""
    spans = marker.spans(text)
    words = tuple(dict.fromkeys(group.text for _, _, group in spans if group.text))
    start = _start(text, spans)
    end = min(len(text), start + _LENGTH)
    if end < len(text):
        end = text.rfind(" ", start, end) if text.rfind(" ", start, end) > start else end
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for first, last, _ in spans:
        if first < at or last > end:
            continue
        if first > at:
            pieces.append((text[at:first], False))
        pieces.append((text[first:last], True))
        at = last
    if at < end:
        pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append((" …", False))
    return tuple(pieces), words


def _start(text: str, spans: list[tuple[int, int, Group]]) -> int:
    """Where to begin so that the most different words of the question stand in the passage."""
    if not spans or spans[-1][1] <= _LENGTH:
        return 0
    best, start = 0, 0
    for at, (first, _, _) in enumerate(spans):
        inside = {id(group) for _, end, group in spans[at : at + _WORDS] if end <= first + _LENGTH - _CONTEXT}
        if len(inside) > best:
            best, start = len(inside), first
    if start <= _CONTEXT:
        return 0
    back = text.find(" ", start - _CONTEXT, start)
    return back + 1 if back >= 0 else start
