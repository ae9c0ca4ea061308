"""Two texts side by side, word by word: what goes, what comes."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")  # with the blanks before it: alone, they would all be alike
_MOST_WORDS, _MOST_ALIKE = 2_500, 60_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, the same on both sides or not."""

    text: str
    differs: bool


def side_by_side(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Pieces of the one and of the other. Texts too long to be compared in a moment are told apart whole."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS or _alike(old, new) > _MOST_ALIKE:
        return [Piece(before, before != after)], [Piece(after, before != after)]
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        differs = tag != "equal"
        left += _pieces("".join(old[a:b]), differs)
        right += _pieces("".join(new[c:d]), differs)
    return left, right


def _pieces(text: str, differs: bool) -> list[Piece]:
    """The blank before a word that goes or comes is not marked with it."""
    blank = len(text) - len(text.lstrip()) if differs and text.strip() else 0
    return [each for each in (Piece(text[:blank], False), Piece(text[blank:], differs)) if each.text]


def _alike(old: list[str], new: list[str]) -> int:
    """How many pairs of words are one word: what a comparison looks at, over and over. A page of prose has 25,000."""
    here, there = Counter(old), Counter(new)
    return sum(count * there[word] for word, count in here.items())
