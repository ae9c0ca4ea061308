"""French text brought to one form, so that what people type meets what is stored."""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = (("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("ø", "o"), ("ł", "l"))
_WORDS_ONLY = bytes(code if chr(code) in "0123456789abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
# Accents and other marks once apart from their letter; those of other alphabets go with them, as every sign does.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# Some turn what follows them the other way round: the rest of a sentence of ours too, or the end of a file's name.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_UNSEEN = r"\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
_SEEN = re.compile(rf"[^\s{_UNSEEN}]")
_BEFORE_SIGN = re.compile(r" (?=[:;?!»%€])|(?<=«) ")
_OPENED, _CLOSED = re.compile(r"«\s*"), re.compile(r"\s*»")
_SAINT = re.compile(r"\b(st|ste|sts|stes)\b")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Lower case, no accents, every run of other signs (apostrophe, hyphen, space) one space."""
    bare = text.lower()
    if not bare.isascii():
        bare = _MARKS.sub("", unicodedata.normalize("NFD", bare))
        for sign, letters in _LIGATURES:
            bare = bare.replace(sign, letters)
    # Bytes have a table of 256; a text looks each of its letters up in a dictionary, fifty times slower.
    return " ".join(bare.encode("ascii", "replace").translate(_WORDS_ONLY).decode().split())


def name_key(name: str) -> str:
    """`fold`, with St and Ste spelt out: the form under which place names are compared."""
    return _SAINT.sub(lambda match: _SAINTS[match.group()], fold(name))


def without_controls(text: str) -> str:
    """`text` less the signs that neither a person types nor a document can hold; tabs and newlines stay. Empty when
    nothing of it can be seen.
    """
    kept = _CONTROL.sub("", text)
    return kept if _SEEN.search(kept) else ""


def typeset(text: str) -> str:
    """French spacing: no line begins with a sign that belongs to the word before it."""
    return _BEFORE_SIGN.sub("\u00a0", text)


def quoted_within(text: str) -> str:
    """`text` as it stands between guillemets: what it quotes itself goes between “ ”."""
    return _CLOSED.sub("”", _OPENED.sub("“", text))


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
