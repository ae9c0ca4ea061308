"""French text brought to one form, so that what people type meets what is stored."""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")
# Accents and other marks once apart from their letter; those of other alphabets go with them, as every sign does.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BEFORE_SIGN = re.compile(r" (?=[:;?!»%€])|(?<=«) ")
_SAINT = re.compile(r"\b(st|ste|sts|stes)\b")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Lower case, no accents, every run of other signs (apostrophe, hyphen, space) one space."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    lowered = text.lower().translate(_LIGATURES)
    bare = _MARKS.sub("", unicodedata.normalize("NFD", lowered))
    return _NOT_WORD.sub(" ", bare.translate(_LIGATURES)).strip()


def name_key(name: str) -> str:
    """`fold`, with St and Ste spelt out: the form under which place names are compared."""
    return _SAINT.sub(lambda match: _SAINTS[match.group()], fold(name))


def without_controls(text: str) -> str:
    """`text` less the signs that neither a person types nor a document can hold; tabs and newlines stay."""
    return _CONTROL.sub("", text)


def typeset(text: str) -> str:
    """French spacing: no line begins with a sign that belongs to the word before it."""
    return _BEFORE_SIGN.sub("\u00a0", text)


def squeeze(text: str) -> str:
    """One line: runs of white space (newlines, no-break spaces) become one space."""
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with an ellipsis when something was cut."""
    line = squeeze(text)
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def lower_first(name: str) -> str:
    """« Éducation » → « éducation », inside a sentence; « ODD » stays."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
