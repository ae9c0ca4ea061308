"""Photos and documents that people send: told by what they hold, never by their name.

A photo is drawn anew, which leaves behind where it was taken, by which camera, and anything hidden in it. A
document is a PDF, an ODT or a DOCX; it is only ever given to be downloaded, never shown in a page of ours.
"""

import hashlib
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.db import models
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

LARGEST = 10 << 20
MOST_PIXELS = 60_000_000
_WIDEST = 1800
_FORMATS = ("JPEG", "PNG", "WEBP", "MPO")  # MPO: what some phones name a JPEG that holds two views
_MOST_UNZIPPED, _MOST_ENTRIES = 200 << 20, 5_000
_IN_PDF_REFUSED = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/Encrypt")
_IN_OFFICE_REFUSED = (b"vbaproject", b"macroenabled", b"oleobject", b"activex", b"attachedtemplate", b"afchunk")
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_STREAM = re.compile(rb"(?<!end)stream\r?\n")
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


_POLICY = "default-src 'none'; sandbox"


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


def take_photo(file: BinaryIO, size: int) -> Taken:
    """Raises Refused."""
    _check_size(size)
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its limit is not ours, which is checked before anything is decoded
        try:
            image = Image.open(file, formats=_FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise Refused(_("Cette photo est trop grande (plus de 60 millions de points) : réduisez-la."))
            drawn = _drawn_anew(image)
        except Refused:
            raise
        except Exception as error:  # Pillow raises a dozen kinds, according to what is wrong in the file
            said = _("Ce fichier n’est pas une photo lisible : envoyez un JPEG, un PNG ou un WebP.")
            raise Refused(said) from error
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=84, optimize=True, progressive=True)
    return Taken(AttachmentKind.PHOTO, "jpg", kept.getvalue(), drawn.width, drawn.height)


def _drawn_anew(image: Image.Image) -> Image.Image:
    """Upright, at most 1,800 pixels wide or high, on white where it was transparent."""
    image.draft("RGB", (_WIDEST, _WIDEST))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_WIDEST, _WIDEST))
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
    for part in map(_names_in, _parts_of_pdf(content)):
        if any(mark in part for mark in _IN_PDF_REFUSED):
            raise Refused(_("Ce PDF contient des programmes, d’autres fichiers ou un mot de passe : envoyez-le sans."))
    return content


def _names_in(part: bytes) -> bytes:
    """As a reader understands them: /J#61vaScript is /JavaScript."""
    return _NAME_CODE.sub(lambda code: bytes([int(code[1], 16)]), part)


def _parts_of_pdf(content: bytes) -> Iterator[bytes]:
    """The file as it stands, then what its compressed parts hold: objects hide there too. Raises Refused.

    All that inflates is read, whatever the file says of it; what is told to hold objects and does not, is refused.
    """
    yield content
    left = _MOST_UNZIPPED
    for found in _PDF_STREAM.finditer(content):
        told = _names_in(content[max(content.rfind(b"obj", 0, found.start()), found.start() - 2000, 0) : found.start()])
        holds_objects = b"/ObjStm" in told and b"/Filter" in told
        try:
            opened = zlib.decompressobj().decompress(memoryview(content)[found.end() :], left)
        except zlib.error as error:
            if holds_objects:
                raise Refused(_("Ce PDF n’est pas lisible : enregistrez-le de nouveau, puis renvoyez-le.")) from error
            continue
        left -= len(opened)
        if left <= 0:
            raise Refused(_("Ce document est trop gros une fois ouvert."))
        yield opened


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
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
            if {"mimetype", "content.xml"} <= names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").strip()
                if declared == CONTENT_TYPES["odt"].encode():
                    return "odt"
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
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
            yield archive.read(entry)


def _tells_program(part: bytes) -> bool:
    """Whatever its encoding; a letter written by its number has no honest use there."""
    bare = part.replace(b"\0", b"").lower()
    return b"&#" in bare or any(mark in bare for mark in _IN_OFFICE_REFUSED)


def _check_size(size: int) -> None:
    if size <= 0:
        raise Refused(_("Ce fichier est vide."))
    if size > LARGEST:
        raise Refused(_("Ce fichier dépasse 10 Mo."))


def write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by the server alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    draft.write_bytes(content)
    draft.chmod(0o600)
    draft.replace(path)


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
