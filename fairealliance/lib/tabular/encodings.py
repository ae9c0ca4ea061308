"""Which encoding a text file is in: UTF-8 when it can be, else the one that makes the most French letters."""

import codecs
from dataclasses import dataclass

from fairealliance.lib.french_numbers import counted
from fairealliance.lib.tabular.errors import Unreadable
from fairealliance.lib.tabular.files import CHUNK, DataFile

_CANDIDATES = ("cp1252", "mac-roman", "cp850", "iso-8859-1")
_FRENCH = frozenset("éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ’‘“”«»–—…€°²³½µ§·\u00a0")
_SAMPLE = 1 << 16
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_RESCUE = "fairealliance-rescue"


def _rescue(error: UnicodeError) -> tuple[str, int]:
    """A stray byte amid good UTF-8: what it means in Windows-1252, else the replacement sign."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", "replace"), error.start + 1


codecs.register_error(_RESCUE, _rescue)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode. `note` says in French what had to be repaired, "" when nothing."""

    name: str
    errors: str = "strict"
    note: str = ""


class _Census:
    """Counts what tells encodings apart, one chunk at a time."""

    def __init__(self) -> None:
        self.rest = b""
        self.broken = self.multibyte = 0
        self.sample = b""
        self.cut_short = False

    def add(self, chunk: bytes, *, final: bool) -> None:
        data = self.rest + chunk
        self.rest = b""
        if data.isascii():
            return
        start = 0
        while start < len(data):
            try:
                self.multibyte += _high_letters(data[start:].decode())
                return
            except UnicodeDecodeError as error:
                self.multibyte += _high_letters(data[start : start + error.start].decode())
                place = start + error.start
                if error.reason == "unexpected end of data" and len(data) - place < 4:
                    self.cut_short = final
                    self.rest = b"" if final else data[place:]
                    return
                self.broken += 1
                if len(self.sample) < _SAMPLE:
                    self.sample += data[max(0, place - 20) : place + 20]
                start = place + 1
                if self.broken > 1000 and self.broken > 4 * self.multibyte:
                    return  # plainly not UTF-8


def _high_letters(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def detect(file: DataFile) -> Encoding:
    """Reads the whole file once. Raises Unreadable for what is not text."""
    census = _Census()
    with file.open() as stream:
        chunk = stream.read(CHUNK)
        if marked := _by_mark(chunk):
            return marked
        while chunk:
            following = stream.read(CHUNK)
            _refuse_binary(file, chunk)
            census.add(chunk, final=not following)
            chunk = following
    if not census.broken:
        return Encoding("utf-8", _RESCUE if census.cut_short else "strict")
    if census.multibyte > 2 * census.broken:
        return Encoding(
            "utf-8", _RESCUE, f"Hors UTF-8, lus comme du Windows-1252 : {counted(census.broken, 'octet', 'octets')}."
        )
    name = best_encoding(census.sample)
    return Encoding(name, "replace", f"Encodage reconnu : {name}.")


def best_encoding(sample: bytes) -> str:
    """The candidate under which the signs beyond ASCII look most like French."""

    def score(name: str) -> int:
        high = [sign for sign in sample.decode(name, "replace") if sign > "\x7f"]
        return sum(1 if sign in _FRENCH else -2 for sign in high)

    return max(_CANDIDATES, key=score)


def _by_mark(start: bytes) -> Encoding | None:
    if start.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig", _RESCUE)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16", "replace", "Encodage reconnu : UTF-16.")
    return None


def _refuse_binary(file: DataFile, chunk: bytes) -> None:
    controls = len(chunk) - len(chunk.translate(None, _CONTROL))
    if b"\0" in chunk or controls > len(chunk) // 100:
        raise Unreadable(f"« {file.path.name} » n’est pas un fichier de texte.")
