"""Words as they are compared: without accents, by stem, so that plurals and most verb endings meet."""

import tomllib
from functools import lru_cache
from importlib import resources

import Stemmer

from fairealliance.lib.text_fr import fold


class _Words:
    """The small words of `data/small_words.toml`, folded."""

    def __init__(self) -> None:
        path = resources.files(__package__) / "data" / "small_words.toml"
        data = tomllib.loads(path.read_text("utf-8"))
        self.grammar = frozenset(fold(data["grammar"]).split())
        self.negation = frozenset(fold(data["negation"]).split())
        self.dull = frozenset(fold(data["dull"]).split()) | self.negation
        self.forms: dict[str, str] = data["forms"]
        self.negation_keys: frozenset[str] = frozenset()


SMALL = _Words()
_STEMMER = Stemmer.Stemmer("french")


@lru_cache(maxsize=50_000)
def key(folded: str) -> str:
    """The form under which two inflections of a word are the same."""
    if folded in SMALL.forms:
        return SMALL.forms[folded]
    base = folded[:-1] if len(folded) > 3 and folded[-1] in "sx" else folded
    if base.endswith("ee"):
        base = base[:-1]
    if len(base) <= 4:
        return base  # Snowball would join mère to mer, aide to aider
    stem = _STEMMER.stemWord(base)
    if len(stem) >= 7 and stem.endswith("ent"):
        return stem[:-3]  # décrochent, ferment: Snowball leaves the third person plural
    return stem


SMALL.negation_keys = frozenset(key(word) for word in SMALL.negation)


def keys(phrase: str) -> tuple[str, ...]:
    """Of its words but the smallest."""
    return tuple(key(w) for w in fold(phrase).split() if len(w) > 1 and w not in SMALL.grammar)


@lru_cache(maxsize=50_000)
def telling(raw: str) -> tuple[str, str] | None:
    """A word's folded form and key, or None when it says nothing."""
    folded = raw.lower() if raw.isascii() else fold(raw)
    return (folded, key(folded)) if len(folded) > 1 and folded not in SMALL.grammar else None
