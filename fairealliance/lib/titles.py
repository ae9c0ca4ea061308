"""Titles typed in capitals, as administrative files have them, set in lower case for reading."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

from fairealliance.lib.text_fr import fold

_SHARE_OF_CAPITALS = 0.8
_LEAST_LETTERS = 10  # below, capitals are more likely an acronym than a shout
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")
_VOWELS = frozenset("aeiouy")
_LEAST_OF_A_NAME = 5  # letters: below, an unknown word in capitals may be an acronym
_ROMAN = re.compile(r"[IVX]{2,4}\Z")
# What stays in capitals: the acronyms met most in files of local projects.
_ACRONYMS = frozenset(
    """
    ADEME ADMR AEP AESN ANCT ANRU APF ARS ASA ASL BBC CA CAF CAP CAUE CC CCAS CCI CD CDC CEE CFA CFPPA CHU
    CIAS CMA CNRS COT CPIE CPTS CRTE CTE CU DDT DGF DREAL DSIL EAJE EHPAD EPA EPCI EPF EPFL EPLE EPT ESAT ESS
    ETP FEDER FSU GAL GEMAPI GHT GNV HLM HQE IME INSEE IUT JO LED LPO MAM MJC MSA MSAP NPNRU OFB ONF OPAH ORT
    PAEN PAPI PCAET PETR PLU PLUI PME PMI PMR PNR PNRU PTRTE PVD QPV RD RDC RN RNU RSE SAGE SAS SCIC SCOP SCOT
    SDIS SEM SIAE SIAEP SIVOM SIVU SNCF SPL SRU TEPCV TER UDAF UNESCO VAE VC VRD ZA ZAC ZAE ZAN ZFE ZI ZNIEFF
    ZRR
    """.split()  # noqa: SIM905 -- a list of quoted words would be three times as long
)


def calm_title(title: str, names: Iterable[str] = ()) -> str:
    """Sentence case when the title is in capitals, else the title as it is.

    `names` are proper names, rightly spelt, that may stand in it (its territories): they are put back
    whatever accents and hyphens the capitals lost. Other accents are not invented.
    """
    line = " ".join(title.split())
    if not is_shouted(line):
        return line
    lowered = _WORD.sub(lambda match: _calm_word(match.group()), line)
    for name in sorted(names, key=len, reverse=True):
        lowered = _restore(lowered, name)
    return _capital_first(lowered)


def calm_name(name: str) -> str:
    """A name of an organisation typed in capitals, with its known words in lower case and their accents.

    What may be a proper name keeps its capital, what may be an acronym stays as typed. Folded, it is the same name.
    """
    line = " ".join(name.split())
    if not is_shouted(line):
        return line
    calmed = _WORD.sub(lambda match: _calm_part(match.group()), line)
    return _capital_first(calmed) if _WORD.match(line) else calmed


@cache
def _name_words() -> tuple[dict[str, str], frozenset[str]]:
    """Folded word → as it is written; the acronyms of names."""
    data = tomllib.loads((resources.files(__package__) / "data" / "name_words.toml").read_text("utf-8"))
    known = {fold(word): word for word in data["common"].split()}
    known |= {fold(word): word.capitalize() for word in data["proper"].split()}
    return known, frozenset(data["acronyms"].split()) | _ACRONYMS


def _calm_part(word: str) -> str:
    known, acronyms = _name_words()
    if word in acronyms or not word.isupper() or "." in word.rstrip(".") or not word.isalpha():
        return word
    if (folded := fold(word)) in known:
        return known[folded]
    if len(word) < _LEAST_OF_A_NAME or _ROMAN.match(word) or _VOWELS.isdisjoint(_bare(word)):
        return word
    return word.capitalize()


def is_shouted(text: str) -> bool:
    """Whether the text is written in capitals throughout, or nearly."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < _LEAST_LETTERS or " " not in text:
        return False
    return sum(letter.isupper() for letter in letters) >= _SHARE_OF_CAPITALS * len(letters)


def _calm_word(word: str) -> str:
    dotted = "." in word.rstrip(".")  # A.T.M.F
    if dotted or word in _ACRONYMS or _ROMAN.match(word) or any(sign.isdigit() for sign in word):
        return word
    return word.lower()


def _restore(text: str, name: str) -> str:
    words = fold(name).split()
    if not words:
        return text
    pattern = r"(?<![a-z0-9])" + r"[^a-z0-9]+".join(map(re.escape, words)) + r"(?![a-z0-9])"
    places = [match.span() for match in re.finditer(pattern, _bare(text))]
    for start, end in reversed(places):
        text = text[:start] + name + text[end:]
    return text


def _bare(text: str) -> str:
    """Lower case without accents, of the very same length, so that places in it are places in `text`."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).lower()


def _capital_first(text: str) -> str:
    for place, sign in enumerate(text):
        if sign.isalpha():
            return text[:place] + sign.upper() + text[place + 1 :]
        if sign.isdigit():
            break
    return text
