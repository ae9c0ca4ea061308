"""French stems, folded (no accents).

Two stems per word, Snowball before folding and after: folding alone breaks it (`égalité` gives `egal` but
`egalite` gives `egalit`), and people type both.
"""

import re
import threading

import Stemmer

from fairealliance.lib.text_fr import fold

# Plurals that Snowball does not bring back to their singular.
_FORMS = {
    "emplois": "emploi",
    "travaux": "travail",
    "baux": "bail",
    "vitraux": "vitrail",
    "yeux": "oeil",
    "aieux": "aieul",
    "cieux": "ciel",
    "mails": "mail",
    "euros": "euro",
}
# What it joins although no French speaker would: who cares for a relative and any help, a town and what is
# shared, the university and the universe, the département of Gard and the care of children, that of Ain and the eldest.
_STEMS = {
    **dict.fromkeys(("aidant", "aidants", "aidante", "aidantes"), "aidant"),
    **dict.fromkeys(("commune", "communes"), "commune"),
    "ain": "ain-01",
    "gard": "gard-30",
    **dict.fromkeys(("universite", "universites", "universitaire", "universitaires"), "universit"),
}
# 1er, 2nde, 20ème; XXe, XIXème (with an x, so that "vie" stays a life); Louis XIV, article III.
_ORDINAL = re.compile(r"(\d+)(?:er|ere|e|eme|ieme|nd|nde|d)")
_ROMAN_ORDINAL = re.compile(r"(x{1,3})(ix|iv|v?i{0,3})(?:e|eme|ieme)")
_ROMAN = re.compile(r"(?=..)(x{0,3})(ix|iv|v?i{0,3})")
_UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}

_stemmer = Stemmer.Stemmer("french", 0)
_lock = threading.Lock()  # a Snowball stemmer keeps the word it works on in one buffer


def stems_of(word: str) -> tuple[str, ...]:
    """The stem folded, then the stem of the folded word where it differs. `word` in lower case.

    Snowball leaves `décrochent` whole, since -ent may end a noun (`président`): its verb's stem is added.
    """
    folded = fold(word)
    if folded in _FORMS:
        word = folded = _FORMS[folded]
    if folded in _STEMS:
        return (_STEMS[folded],)
    if folded.isdigit():
        return (folded,)
    if number := _number(folded):
        return (number,)
    if len(folded) < 3:
        return (folded,)
    with _lock:
        found = [_stemmer.stemWord(folded)]
        if word != folded:
            found.insert(0, fold(_stemmer.stemWord(word)))
        if len(folded) > 5 and folded.endswith("ent") and not folded.endswith("ment"):
            found.append(_stemmer.stemWord(folded[:-2]))
    return tuple(dict.fromkeys(found))


def _number(folded: str) -> str:
    """An ordinal or a roman number in figures, "" for any other word."""
    first = folded[:1]
    if first.isdigit():
        return ordinal[1] + "e" if (ordinal := _ORDINAL.fullmatch(folded)) else ""
    if first not in "xvi":
        return ""
    if roman := _ROMAN_ORDINAL.fullmatch(folded):
        return f"{_value(roman)}e"
    return str(_value(roman)) if (roman := _ROMAN.fullmatch(folded)) else ""


def _value(roman: re.Match[str]) -> int:
    return 10 * len(roman[1]) + _UNITS[roman[2]]
