"""Photos and documents that people send: told by what they hold, never by their name.

A photo is drawn anew, which leaves behind where it was taken, by which camera, and anything hidden in it. A
document is a PDF, an ODT or a DOCX; it is only ever given to be downloaded, never shown in a page of ours.
"""

import hashlib
import io
import os
import re
import time
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

LARGEST = 10 << 20
MOST_PIXELS, MOST_PIXELS_WHOLE = 60_000_000, 20_000_000
_WIDEST = 1800
_FORMATS = ("JPEG", "PNG", "WEBP", "MPO")  # MPO: what some phones name a JPEG that holds two views
_MOST_UNZIPPED, _MOST_ENTRIES, _MOST_TELLING, _HEAD = 200 << 20, 5_000, 4 << 20, 64 << 10
_IN_OFFICE_REFUSED = (b"vbaproject", b"macroenabled", b"oleobject", b"activex", b"attachedtemplate", b"afchunk")
_MOST_STREAMS, _MOST_INFLATED, _PIECE, _BEFORE_STREAM, _LONGEST_NAME = 10_000, 32 << 20, 16 << 10, 2_000, 64
# Readers forgive what the norm does not: blanks after the word, a carriage return alone, no line end at all.
_PDF_STREAM = re.compile(rb"(?<!end)stream[ \t\f]*(?:\r\n|\r|\n)?")
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

_DRAFT = ".part"
_STORED = re.compile(r"[0-9a-f]{32}\.\w+")
_DAY, _AT_ONCE = 86_400, 500
_POLICY = "default-src 'none'; sandbox"
_written: ContextVar[list[Path]] = ContextVar("written")


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", gettext_lazy("photo")
    DOCUMENT = "document", gettext_lazy("document")


class Refused(ValueError):
    """A file we do not take. The message says why, for people."""


class Taken(NamedTuple):
    """What is to be stored."""

    kind: AttachmentKind
    extension: str
    content: bytes
    width: int | None = None
    height: int | None = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class _Left:
    """How much may still be opened of a document."""

    def __init__(self, *, inflated: int, read: int) -> None:
        self.inflated, self.read = inflated, read

    def take(self, *, inflated: int, read: int) -> None:
        """Raises Refused."""
        self.inflated -= inflated
        self.read -= read
        if min(self.inflated, self.read) < 0:
            raise Refused(_("Ce document est trop gros une fois ouvert."))


def _name(*names: str) -> re.Pattern[bytes]:
    """One of these in a PDF, where any letter may be written by its number: /J#61vaScript is /JavaScript."""
    ways = ["".join(f"(?:{letter}|(?i:#{ord(letter):02x}))" for letter in name) for name in names]
    first = "".join(name[0] for name in names)  # looked at alone first: a file may be made of nothing but « / »
    return re.compile(f"/(?=[{first}#])(?:{'|'.join(ways)})".encode())


# Programs, forms that hold some (XFA) or send what is typed elsewhere, ways to other files (of one’s network too).
_PDF_REFUSED = _name(
    *("JavaScript", "Launch", "EmbeddedFile", "RichMedia", "Encrypt"),
    *("XFA", "SubmitForm", "ImportData", "GoToR", "GoToE"),
)
_PDF_OBJECTS, _PDF_FILTER = _name("ObjStm"), _name("Filter")


def take_photo(file: BinaryIO, size: int) -> Taken:
    """Raises Refused."""
    _check_size(size)
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its limit is not ours, which is checked before anything is decoded
        try:
            image = Image.open(file, formats=_FORMATS)
            if image.width * image.height > _most_pixels(image):
                millions = _most_pixels(image) // 1_000_000
                said = _("Cette photo est trop grande (plus de %d millions de points) : réduisez-la.")
                raise Refused(said % millions)
            drawn = _drawn_anew(image)
        except Refused:
            raise
        except Image.DecompressionBombError as error:  # said before we can look: more than twice Pillow's own limit
            raise Refused(_("Cette photo est beaucoup trop grande : réduisez-la, puis renvoyez-la.")) from error
        except Exception as error:  # Pillow raises a dozen kinds, according to what is wrong in the file
            said = _("Ce fichier n’est pas une photo lisible : envoyez un JPEG, un PNG ou un WebP.")
            raise Refused(said) from error
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=84, optimize=True, progressive=True)
    return Taken(AttachmentKind.PHOTO, "jpg", kept.getvalue(), drawn.width, drawn.height)


def _most_pixels(image: Image.Image) -> int:
    """Most JPEG are made smaller while they are read; all else is held whole in memory first."""
    is_drafted = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    return MOST_PIXELS if is_drafted else MOST_PIXELS_WHOLE


def _drawn_anew(image: Image.Image) -> Image.Image:
    """Upright, at most 1,800 pixels wide or high, on white where it was transparent."""
    image.draft("RGB", (_WIDEST, _WIDEST))
    image.thumbnail((_WIDEST, _WIDEST))  # before anything that copies it
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    return plain


def take_document(file: BinaryIO, size: int) -> Taken:
    """Raises Refused."""
    _check_size(size)
    file.seek(0)
    content = file.read(LARGEST + 1)
    if content.startswith(b"%PDF-"):
        return Taken(AttachmentKind.DOCUMENT, "pdf", _safe_pdf(content))
    if content.startswith(b"PK\x03\x04"):
        return Taken(AttachmentKind.DOCUMENT, _office_kind(content), content)
    raise Refused(_("Ce document n’est ni un PDF, ni un ODT, ni un DOCX."))


def _safe_pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-2048:]:
        raise Refused(_("Ce PDF est coupé : sa fin manque."))
    if any(map(_PDF_REFUSED.search, _parts_of_pdf(content))):
        raise Refused(_("Ce PDF contient des programmes, d’autres fichiers ou un mot de passe : envoyez-le sans."))
    return content


def _parts_of_pdf(content: bytes) -> Iterator[bytes]:
    """The file as it stands, then what its compressed parts hold: objects hide there too. Raises Refused.

    All that inflates is read, whatever the file says of it; what is told to hold objects and does not, is refused.
    What is held at once, read and inflated is bounded, for parts may stand within each other.
    """
    yield content
    left = _Left(inflated=_MOST_INFLATED, read=2 * LARGEST)
    for count, found in enumerate(_PDF_STREAM.finditer(content)):
        if count >= _MOST_STREAMS:
            raise Refused(_("Ce PDF compte trop de morceaux : enregistrez-le de nouveau, puis renvoyez-le."))
        try:
            yield from _inflated(content, found.end(), left)
        except zlib.error as error:
            if _holds_objects(content, found.start()):
                raise Refused(_("Ce PDF n’est pas lisible : enregistrez-le de nouveau, puis renvoyez-le.")) from error


def _holds_objects(content: bytes, start: int) -> bool:
    """What stands just before a stream says so."""
    before = content[max(start - _BEFORE_STREAM, 0) : start]
    told = before[max(before.rfind(b"obj"), 0) :]
    return bool(_PDF_OBJECTS.search(told) and _PDF_FILTER.search(told))


def _inflated(content: bytes, start: int, left: _Left) -> Iterator[bytes]:
    """By pieces, each beginning with the end of the one before: a name may stand across. Raises zlib.error, Refused."""
    opener, end = zlib.decompressobj(), b""
    for at in range(start, len(content), _PIECE):
        waiting = content[at : at + _PIECE]
        while waiting and not opener.eof:
            opened = opener.decompress(waiting, _PIECE)
            left.take(read=len(waiting) - len(opener.unconsumed_tail) - len(opener.unused_data), inflated=len(opened))
            waiting = opener.unconsumed_tail
            yield end + opened
            end = (end + opened)[-_LONGEST_NAME:]
        if opener.eof:
            return
    yield end + opener.flush()


def _office_kind(content: bytes) -> str:
    """`odt` or `docx`. The archive's own list says how large it would swell, before anything is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNZIPPED:
                raise Refused(_("Ce document est trop gros une fois ouvert."))
            if any(map(_is_program, names)) or any(map(_tells_program, _telling(archive, entries))):
                raise Refused(_("Ce document contient des macros ou d’autres fichiers : enregistrez-le sans eux."))
            if any(map(_goes_out, names)) or any(_declares_entity(archive, entry) for entry in entries):
                raise Refused(_("Ce document va chercher autre chose que lui-même : enregistrez-le de nouveau."))
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
            if {"mimetype", "content.xml"} <= names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").strip()
                if declared == CONTENT_TYPES["odt"].encode():
                    return "odt"
    except Refused:
        raise
    except Exception as error:  # zipfile and its decoders raise a dozen kinds, according to what is wrong in the file
        raise Refused(_("Ce document est abîmé ou coupé.")) from error
    raise Refused(_("Ce document n’est ni un PDF, ni un ODT, ni un DOCX."))


def _is_program(name: str) -> bool:
    """Macros by their usual names; files put in another, but for the sheets that Word keeps behind its charts."""
    low = name.lower()
    put_in = low.startswith("word/embeddings/") and not low.endswith(("/", ".xlsx"))
    return "vbaproject" in low or "activex" in low or put_in or low.startswith(("basic/", "scripts/"))


def _telling(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    """The parts that say what the others are: a macro may bear any name, it is still declared as one."""
    for entry in entries:
        low = entry.filename.lower()
        if low.endswith((".rels", "[content_types].xml", "manifest.xml")):
            if entry.file_size > _MOST_TELLING:
                raise Refused(_("Ce document est trop gros une fois ouvert."))
            yield archive.read(entry)


def _tells_program(part: bytes) -> bool:
    """Whatever its encoding; a letter written by its number has no honest use there."""
    bare = part.replace(b"\0", b"").lower()
    return b"&#" in bare or any(mark in bare for mark in _IN_OFFICE_REFUSED)


def _goes_out(name: str) -> bool:
    """Opened, it would be written outside the folder it is opened in."""
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _declares_entity(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """No suite writes one; they stand at the head of a part, of which 64 kB are looked at, in any encoding."""
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return False
    with archive.open(entry) as part:
        return b"<!entity" in part.read(_HEAD).replace(b"\0", b"").lower()


def _check_size(size: int) -> None:
    if size <= 0:
        raise Refused(_("Ce fichier est vide."))
    if size > LARGEST:
        raise Refused(_("Ce fichier dépasse 10 Mo."))


@contextmanager
def atomic_with_files() -> Iterator[None]:
    """A transaction, and files that share its end: those that `write` made are gone when it fails.

    It is to be the outermost: a failure around it comes too late for its files. What fails at the commit, or in a hook
    that follows it, leaves them: the rows may be kept, and `sweep` removes what has none.
    """
    token, is_done = _written.set([]), False
    try:
        with transaction.atomic():
            yield
            is_done = True
    except BaseException:
        for path in () if is_done else _written.get():
            path.unlink(missing_ok=True)
        raise
    finally:
        _written.reset(token)


def write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by the server alone, on the disk before its row is. Raises LookupError outside of
    `atomic_with_files`.
    """
    _written.get().append(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(_DRAFT)
    _written.get().append(draft)
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o600)
    draft.replace(path)


def sweep(root: Path, rows: "QuerySet[Any]") -> int:
    """Removes what a crash left: a day old, and of no row's `key`. Returns how many files."""
    before, gone = time.time() - _DAY, 0
    old = [path for path in root.rglob("*") if _STORED.fullmatch(path.name) and path.stat().st_mtime < before]
    for first in range(0, len(old), _AT_ONCE):
        some = old[first : first + _AT_ONCE]
        keys = rows.filter(key__in=[path.stem for path in some]).values_list("key", flat=True)
        known = {key.hex for key in keys}
        for path in some:
            if path.stem not in known or path.suffix == _DRAFT:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def served(path: Path, *, extension: str, name: str, inline: bool) -> FileResponse:
    """As what it is and nothing else: a browser neither guesses nor runs it. `name` goes without its extension, in
    plain letters. Raises Http404.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=CONTENT_TYPES[extension])
    shown = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{name}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    return response
