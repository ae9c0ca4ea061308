"""The passage of a text that best answers a question, cut into pieces that match and pieces that do not."""

import re

from fairealliance.search.analysis import analyser
from fairealliance.search.ranking import Group, Reading

_TOKEN = re.compile(r"[^\W_]+")
_LENGTH = 240
_READ = 1_500
_CONTEXT = 60
Pieces = tuple[tuple[str, bool], ...]


class Marker:
    """Finds the words of a question, and those that stand for them, in texts."""

    def __init__(self, reading: Reading) -> None:
        self._own: dict[str, Group] = {}
        self._near: dict[str, Group] = {}
        for group in reading.groups:
            for stem in group.stems:
                self._own.setdefault(stem, group)
            for token, _ in group.near:
                if token[0] not in "~":
                    self._near.setdefault(token, group)
        self._seen: dict[str, Group | None] = {}

    def group(self, word: str) -> Group | None:
        """The word of the question that `word`, in lower case, answers."""
        if word not in self._seen:
            self._seen[word] = self._find(word)
        return self._seen[word]

    def _find(self, lowered: str) -> Group | None:
        word = analyser().word(lowered)
        if word.stop:
            return self._own.get("=" + word.exact)
        for stem in word.stems:
            if stem in self._own:
                return self._own[stem]
        for token in (*word.circles, *word.stems, "=" + word.exact):
            if token in self._near:
                return self._near[token]
        return None

    def spans(self, text: str) -> list[tuple[int, int, Group]]:
        """Where the words that match stand in the beginning of `text`."""
        found = []
        lowered = text[:_READ].lower()
        if len(lowered) != len(text[:_READ]):  # a few capitals change length: their places would be wrong
            return []
        for match in _TOKEN.finditer(lowered):
            group = self.group(match[0])
            if group is not None:
                found.append((match.start(), match.end(), group))
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
    best, start = 0, 0
    for first, _, _ in spans:
        count = len({id(group) for at, end, group in spans if at >= first and end <= first + _LENGTH - _CONTEXT})
        if count > best:
            best, start = count, first
    if start <= _CONTEXT:
        return 0
    back = text.find(" ", start - _CONTEXT, start)
    return back + 1 if back >= 0 else start
