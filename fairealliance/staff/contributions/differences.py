"""Two texts side by side, word by word: what goes, what comes."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, the same on both sides or not."""

    text: str
    differs: bool


def side_by_side(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Pieces of the one and of the other. Texts too long to be compared in a moment are told apart whole."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) > _MOST_WORDS or len(new) > _MOST_WORDS:
        return [Piece(before, before != after)], [Piece(after, before != after)]
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        differs = tag != "equal"
        if a < b:
            left.append(Piece("".join(old[a:b]), differs))
        if c < d:
            right.append(Piece("".join(new[c:d]), differs))
    return left, right
