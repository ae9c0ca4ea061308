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

Where a thing is stands among its words by form, stem and the circle of who is from there, without what would make a
subject of it (`Analyser.places`).

Words that carry no subject give their form only, and only where asked: in titles, short enough to afford it,
"comment" and "combien" tell two questions on one subject apart.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from fairealliance.lib.text_fr import fold
from fairealliance.search.stems import stems_of
from fairealliance.search.stopwords import STOPWORDS
from fairealliance.search.thesaurus import SAME, Thesaurus, read_circles

_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ][a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"[ \u00a0\u202f](?<=\d.)(?=\d{3}(?!\d))")
_LONGEST = 40
_AROUND = "()«»“”\"'’,;:.!?…"
_SPELT_OUT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_KNOWN_MAX = 400_000
_PIECES_MAX = 100_000
_PHRASES_MAX = 100_000
_PLACES_MAX = 65_536  # more than there are communes
_PHRASE = 400
"""Characters of a text worth remembering whole: a label, a name, a scheme's own words."""
_PIECE = 60
"""What has more characters without a space is no text: read, not remembered."""
# Amounts, numbers of files and of registers: each is met once, and would chase the words from what is remembered.
_NUMBER = re.compile(r"[0-9]{5,40}(?:,[0-9]{1,2})?").fullmatch
_DIGITS = re.compile(r"[0-9]{5,40}").fullmatch
_SUM = re.compile(r"[0-9][ \u00a0\u202f]?[0-9]{3}[0-9,]").search
# One that stands between spaces, and is not the tail or the head of a longer number: what is around it comes again.
_AMOUNT = re.compile(
    r"(?<!\S)(?<![0-9][ \u00a0\u202f])"
    r"((?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,9}|[0-9]{5,40})(?:,[0-9]{1,2})?)"
    r"(?!\S)(?![ \u00a0\u202f][0-9]{3}(?![0-9]))"
).search
_ROOT = 5
_BIG = 5  # digits: no circle has such a number


class Word(NamedTuple):
    """A word and its tokens; `circles` are those of the word alone, not of the expressions it stands in."""

    text: str
    exact: str
    stems: tuple[str, ...]
    root: str
    circles: tuple[str, ...]
    stop: bool
    followers: frozenset[str]  # stems of the words that follow it in the expressions it begins
    levels: frozenset[str]  # its tokens
    tokens: str  # the same, as indexed


class Piece(NamedTuple):
    """What stands between two spaces, as written: `l’école,` has two words."""

    words: tuple[Word, ...]
    full: tuple[Word, ...]  # those with a subject
    title: str  # the tokens of `words`
    body: str  # those of `full`
    folded: str
    begins: bool  # whether an expression may begin here
    asks: bool  # whether a title that has it may be a question


# In the way of every word: reading a field by its place is faster than by its name.
_followers = itemgetter(Word._fields.index("followers"))
_full, _title, _body, _folded, _begins, _asks = map(
    itemgetter, map(Piece._fields.index, ("full", "title", "body", "folded", "begins", "asks"))
)


class _Pieces(dict[str, Piece]):
    """Pieces by what is written, read when first met: finding one again is a look-up that Python does by itself."""

    def __init__(self, read: Callable[[str], Piece]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, written: str) -> Piece:
        if len(written) > _PIECE or _NUMBER(written):
            return self._read(written)
        if len(self) > _PIECES_MAX:
            self.clear()
        piece = self[written] = self._read(written)
        return piece


class _Phrases(dict[str, str]):
    """Likewise, the tokens of what imported things say by the thousand. What will not come again is not remembered."""

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, written: str) -> str:
        if _DIGITS(written):
            return f"={written} {written}"
        if _SUM(written):
            return self._read(written)
        if len(self) > _PHRASES_MAX:
            self.clear()
        tokens = self[written] = self._read(written)
        return tokens


class Analyser:
    """Turns text into words, and remembers the words and pieces it has met: stemming is done once a word."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self._known: dict[str, Word] = {}
        self._pieces = _Pieces(self._read)
        self._phrases = _Phrases(self._body)
        self._place = lru_cache(maxsize=_PHRASES_MAX)(self._named)
        self._places = lru_cache(maxsize=_PLACES_MAX)(self._all_named)

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
        followers = frozenset() if stop else self.thesaurus.followers(stems)
        word = Word(text, exact, stems, root, circles, stop, followers, frozenset(levels), " ".join(levels))
        self._known[text] = word
        return word

    def _read(self, written: str) -> Piece:
        if _NUMBER(written):
            return self._number(*written.split(","))
        if (plain := _plain(written)) != written:
            return self._pieces[plain]
        if piece := self._single(written):
            return piece
        words = tuple(map(self.word, cut(written)))
        full = tuple([word for word in words if not word.stop])
        title = " ".join([word.tokens for word in words])
        body = title if len(full) == len(words) else " ".join([word.tokens for word in full])
        folded = fold(written)
        return Piece(words, full, title, body, folded, any(map(_followers, full)), self.thesaurus.may_ask(folded))

    def _single(self, written: str) -> Piece | None:
        """The same, faster, when nothing is to be cut: most pieces are one word in letters."""
        if not (written.isalpha() and written.islower()) or len(written) > _LONGEST or "ʼ" in written:
            return None
        word = self.word(written)
        words, folded = (word,), fold(written)
        asks = self.thesaurus.may_ask(folded)
        if word.stop:
            return Piece(words, (), word.tokens, "", folded, False, asks)
        return Piece(words, words, word.tokens, word.tokens, folded, bool(word.followers), asks)

    def _number(self, whole: str, *cents: str) -> Piece:
        """The same, faster: no number has an accent, a root, or a circle. Those of a few digits may have one."""
        tokens = f"={whole} {whole}"
        number = Word(whole, whole, (whole,), "", (), False, frozenset(), frozenset(("=" + whole, whole)), tokens)
        words = (number, *map(self.word, cents))
        told = " ".join([word.tokens for word in words])
        return Piece(words, words, told, told, " ".join((whole, *cents)), any(map(_followers, words)), False)

    def _cut(self, text: str) -> list[Piece]:
        return list(map(self._pieces.__getitem__, _THOUSANDS.sub("", text).split()))

    def words(self, text: str) -> list[Word]:
        """All the words of `text` in order, those without a subject included."""
        return [word for piece in self._cut(text) for word in piece.words]

    def matching(self, forms: Iterable[str], tokens: frozenset[str]) -> list[Word]:
        """Those of the words written `forms` that have one of the tokens. In the way of every hit: kept short."""
        known, misses = self._known.get, tokens.isdisjoint
        return [word for form in forms if not misses((word := known(form) or self._learn(form)).levels)]

    def expressions(self, words: Iterable[Word]) -> list[tuple[str, list[Word]]]:
        """Tokens of the circles whose expressions stand in `words`, each with its words."""
        return self._said([word for word in words if not word.stop])

    def _expressions(self, pieces: list[Piece]) -> list[str]:
        if not any(map(_begins, pieces)):
            return []
        return [token for token, _ in self._said(list(chain.from_iterable(map(_full, pieces))))]

    def _said(self, full: list[Word]) -> list[tuple[str, list[Word]]]:
        begin = [
            at
            for at, followers in enumerate(map(_followers, full[:-1]))
            if followers and not followers.isdisjoint(full[at + 1].stems)
        ]
        if not begin:
            return []
        stems = [word.stems for word in full]
        return [
            (token, full[at : at + length])
            for at in begin
            for token, length in self.thesaurus.of_expressions(stems, at).items()
        ]

    def keywords(self, text: str) -> str:
        """The tokens to index for words that stand line by line: no expression goes from one line to the next."""
        return " ".join(map(self._phrases.__getitem__, text.split("\n"))) if text else ""

    def places(self, names: tuple[str, ...]) -> str:
        """The tokens to index for where a thing is: forms, stems, and the circle of what is from there (Bretagne,
        breton). A name says nothing of a subject: in no other circle, of no family, « Bourgogne » is no market town
        (un bourg).
        """
        return self._places(names)

    def _all_named(self, names: tuple[str, ...]) -> str:
        return " ".join(map(self._place, names))

    def _named(self, name: str) -> str:
        full = [word for word in self.words(name) if not word.stop]
        return " ".join(chain.from_iterable(("=" + word.exact, *word.stems, *self._from_there(word)) for word in full))

    def _from_there(self, word: Word) -> list[str]:
        """The circle that the word itself heads, as a proper name: Bretagne, and not the State for « Gouvernes »."""
        heads = SAME + word.exact
        return [heads] if heads in self.thesaurus.proper and heads in word.circles else []

    def body(self, text: str) -> str:
        """The tokens to index for a text."""
        return self._phrases[text] if len(text) <= _PHRASE else self._body(text)

    def _body(self, text: str) -> str:
        if len(text) <= _PHRASE and (amount := _AMOUNT(text)) and (told := self._around(text, amount)):
            return told
        pieces = self._cut(text)
        return " ".join([*map(_body, pieces), *self._expressions(pieces)])

    def _around(self, text: str, amount: re.Match[str]) -> str:
        """The tokens of an amount and of what stands before and after it, "" when that must be read as a whole: a few
        digits (of cents) may begin an expression, those of an amount stand in none.
        """
        whole, _, cents = _THOUSANDS.sub("", amount[1]).partition(",")
        last = self.word(cents) if cents else None
        if len(whole) < _BIG or (last and last.followers):
            return ""
        before, after = text[: amount.start()].rstrip(), text[amount.end() :].lstrip()
        told = f"={whole} {whole} {last.tokens}" if last else f"={whole} {whole}"
        return " ".join(filter(None, (self.body(before), told, self.body(after))))

    def title(self, text: str) -> str:
        """The tokens to index for a title: with its empty words and the kind of question it asks."""
        return self.titled(text)[0]

    def titled(self, text: str) -> tuple[str, str]:
        """Those tokens, and the title folded."""
        pieces = self._cut(text)
        folded = " ".join(filter(None, map(_folded, pieces)))
        parts = [*map(_title, pieces)]
        parts += self._expressions(pieces)
        if any(map(_asks, pieces)):
            parts += self.thesaurus.of_asking(folded)
        return " ".join(parts), folded

    def names(self, names: Iterable[str], others: str) -> str:
        """The tokens to index for a place: each of its names whole and cut, then what else one knows it by."""
        cuts = [[word.exact for word in self.words(name)] for name in names]
        whole = ["!" + "_".join(words) for words in cuts]
        parts = ["&" + word for words in cuts for word in words]
        return " ".join([*whole, *parts, *("&" + word.exact for word in self.words(others) if not word.stop)])


def _plain(written: str) -> str:
    """The same words as they are most often written, in lower case and without the signs around them. What is told
    apart by its capitals or its full stops (duRGPD, S.N.C.F.) stays as it is.
    """
    bare = written.strip(_AROUND)
    if not bare or "." in bare or _GLUED.search(bare):
        return written
    return unicodedata.normalize("NFC", bare).lower()


@cache
def analyser() -> Analyser:
    """The one analyser of the process, with the thesaurus shipped with the code."""
    return Analyser(Thesaurus(read_circles(), cut))


def cut(text: str) -> list[str]:
    """The words of `text` in lower case: `duRGPD` cut in two, `S.N.C.F.` joined, elisions on their own."""
    if not (text.islower() or text.isupper() or text.istitle()):
        text = _GLUED.sub(" ", text)
    lowered = unicodedata.normalize("NFC", text).lower()
    if not lowered.isascii():
        # An apostrophe that Unicode holds for a letter, and two signs that are not seen.
        lowered = lowered.replace("ʼ", " ").replace("\u00ad", "").replace("\u200b", "").replace("€", " euro ")
    if "%" in lowered:
        lowered = lowered.replace("%", " pourcentage ")
    lowered = _THOUSANDS.sub("", lowered)  # 10 000 is one number
    if "." in lowered:
        lowered = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", lowered)
    return [word for word in _WORD.findall(lowered) if len(word) <= _LONGEST]
