"""French text to index tokens, the same way for documents and for questions.

A word gives tokens of several levels, told apart by their first character, all in one field of the index
that tantivy only cuts at spaces (so no tokenizer of ours has to be registered at each open):

    =emplois    the form as written, folded: lower case, no accents
    emploi      its stem; two where stemming before and after folding differ (égalité: egal, egalit)
    ~emplo      its beginning, shared by a family that Snowball leaves apart (territoire, territorial)
    #emploi     the circles of the thesaurus it belongs to (see thesaurus.py)

A place is found by its name, which says nothing of a subject; its words are of two other levels:

    &etienne        a word of its name
    !saint_etienne  the whole name

Words that carry no subject give their form only, and only where asked: in titles, short enough to afford it,
"comment" and "combien" tell two questions on one subject apart.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from fairealliance.lib.text_fr import fold
from fairealliance.search.stems import stems_of
from fairealliance.search.stopwords import STOPWORDS
from fairealliance.search.thesaurus import Thesaurus, read_circles

_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ][a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_LONGEST = 40
_SPELT_OUT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_KNOWN_MAX = 400_000
_ROOT = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its tokens; `circles` are those of the word alone, not of the expressions it stands in."""

    text: str
    exact: str
    stems: tuple[str, ...]
    root: str
    circles: tuple[str, ...]
    stop: bool
    opens: bool  # may begin an expression of the thesaurus
    levels: frozenset[str]  # its tokens
    tokens: str  # the same, as indexed


class Analyser:
    """Turns text into words, and remembers the words it has met: stemming is done once a word."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self._known: dict[str, Word] = {}

    def word(self, text: str) -> Word:
        """The word written `text`, in lower case."""
        return self._known.get(text) or self._learn(text)

    def _learn(self, text: str) -> Word:
        if len(self._known) > _KNOWN_MAX:
            self._known.clear()
        exact, stems = fold(text), stems_of(text)
        exact = _SPELT_OUT.get(exact, exact)
        stop = exact in STOPWORDS
        root = "~" + exact[:_ROOT] if len(exact) >= _ROOT and not exact.isdigit() else ""
        circles = () if stop else self.thesaurus.of_word(stems)
        levels = ["=" + exact] if stop else ["=" + exact, *stems, *([root] if root else []), *circles]
        opens = not stop and self.thesaurus.opens(stems)
        word = Word(text, exact, stems, root, circles, stop, opens, frozenset(levels), " ".join(levels))
        self._known[text] = word
        return word

    def words(self, text: str) -> list[Word]:
        """All the words of `text` in order, those without a subject included."""
        known = self._known.get
        return [known(w) or self._learn(w) for w in cut(text)]

    def matching(self, forms: Iterable[str], tokens: frozenset[str]) -> list[Word]:
        """Those of the words written `forms` that have one of the tokens. In the way of every hit: kept short."""
        known, misses = self._known.get, tokens.isdisjoint
        return [word for form in forms if not misses((word := known(form) or self._learn(form)).levels)]

    def expressions(self, words: Iterable[Word]) -> list[tuple[str, list[Word]]]:
        """Tokens of the circles whose expressions stand in `words`, each with its words."""
        full = [word for word in words if not word.stop]
        begin = [at for at, word in enumerate(full) if word.opens]
        if not begin:
            return []
        stems = [word.stems for word in full]
        return [
            (token, full[at : at + length])
            for at in begin
            for token, length in self.thesaurus.of_expressions(stems, at).items()
        ]

    def body(self, text: str) -> str:
        """The tokens to index for a text."""
        words = self.words(text)
        parts = [w.tokens for w in words if not w.stop]
        parts += [token for token, _ in self.expressions(words)]
        return " ".join(parts)

    def title(self, text: str) -> str:
        """The tokens to index for a title: with its empty words and the kind of question it asks."""
        words = self.words(text)
        parts = [w.tokens for w in words]
        parts += [token for token, _ in self.expressions(words)]
        parts += self.thesaurus.of_asking(text)
        return " ".join(parts)

    def names(self, names: Iterable[str], others: str) -> str:
        """The tokens to index for a place: each of its names whole and cut, then what else one knows it by."""
        cuts = [[word.exact for word in self.words(name)] for name in names]
        whole = ["!" + "_".join(words) for words in cuts]
        parts = ["&" + word for words in cuts for word in words]
        return " ".join([*whole, *parts, *("&" + word.exact for word in self.words(others) if not word.stop)])


@cache
def analyser() -> Analyser:
    """The one analyser of the process, with the thesaurus shipped with the code."""
    return Analyser(Thesaurus(read_circles(), cut))


def cut(text: str) -> list[str]:
    """The words of `text` in lower case: `duRGPD` cut in two, `S.N.C.F.` joined, elisions on their own."""
    lowered = unicodedata.normalize("NFC", _GLUED.sub(" ", text)).lower()
    if not lowered.isascii():
        # An apostrophe that Unicode holds for a letter, and two signs that are not seen.
        lowered = lowered.replace("ʼ", " ").replace("\u00ad", "").replace("\u200b", "").replace("€", " euro ")
    if "%" in lowered:
        lowered = lowered.replace("%", " pourcentage ")
    lowered = _THOUSANDS.sub("", lowered)  # 10 000 is one number
    if "." in lowered:
        lowered = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", lowered)
    return [word for word in _WORD.findall(lowered) if len(word) <= _LONGEST]
