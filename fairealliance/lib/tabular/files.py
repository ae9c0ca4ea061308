"""A file on disk, or the one data file of a ZIP: opened as often as needed, never held in memory."""

import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fairealliance.lib.tabular.errors import Unreadable

CHUNK = 1 << 20
# What reading a damaged ZIP may raise, by its compression.
DAMAGED = (zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, NotImplementedError)
# Real tables shrink 5 to 30 times. A bomb shrinks a thousand times.
_BOMB_RATIO = 200
_BOMB_SIZE = 64 << 20
_WORKBOOK_MEMBER = 512 << 20  # openpyxl holds the shared strings in memory
_FOREIGN = {
    b"%PDF": "un PDF",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"GIF8": "une image",
    b"\x1f\x8b": "une archive GZIP : décompressez-la d’abord",
    b"7z\xbc\xaf": "une archive 7z : décompressez-la d’abord",
    b"Rar!": "une archive RAR : décompressez-la d’abord",
    b"\xd0\xcf\x11\xe0": "un ancien classeur (XLS) : enregistrez-le en XLSX ou en CSV",
    b"SQLite format 3": "une base de données",
    b"\x7fELF": "un programme",
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """`member` is the file's name inside a ZIP, "" when the file is not in one."""

    path: Path
    member: str = ""
    is_workbook: bool = False

    @classmethod
    def at(cls, path: Path) -> "DataFile":
        """Raises Unreadable when there is nothing there to read."""
        try:
            if path.is_dir():
                raise Unreadable(f"« {path.name} » est un dossier : donnez le fichier lui-même.")
            if path.exists() and not path.is_file():  # a pipe or a device: it cannot be read twice, and may never end
                raise Unreadable(f"« {path.name} » n’est pas un fichier ordinaire.")
            with path.open("rb") as stream:
                start = stream.read(16)
        except FileNotFoundError as error:
            raise Unreadable(f"Le fichier « {path} » n’existe pas.") from error
        except OSError as error:
            raise Unreadable(f"Le fichier « {path.name} » ne peut pas être ouvert ({error.strerror}).") from error
        if not start:
            raise Unreadable(f"Le fichier « {path.name} » est vide.")
        for magic, nature in _FOREIGN.items():
            if start.startswith(magic):
                raise Unreadable(f"« {path.name} » est {nature}.")
        return _inside_archive(path) if start.startswith(b"PK") else cls(path)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes of the data. A damaged ZIP raises Unreadable wherever it is found out."""
        try:
            if self.member:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as stream:
                    yield stream
            else:
                with self.path.open("rb") as plain:
                    yield plain
        except DAMAGED as error:
            raise Unreadable(f"L’archive « {self.path.name} » est abîmée ou coupée.") from error

    def digest(self) -> str:
        """SHA-256 of the file as it lies on disk."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def _inside_archive(path: Path) -> DataFile:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir() and not _is_debris(info.filename)]
    except zipfile.BadZipFile as error:
        raise Unreadable(f"L’archive « {path.name} » est abîmée ou coupée.") from error
    for info in members:
        _refuse_bomb(path, info)
    if any(info.filename == "[Content_Types].xml" for info in members):
        if any(info.file_size > _WORKBOOK_MEMBER for info in members):
            raise Unreadable(f"Le classeur « {path.name} » est trop grand : enregistrez-le en CSV.")
        return DataFile(path, is_workbook=True)
    if len(members) != 1:
        raise Unreadable(f"L’archive « {path.name} » contient {len(members)} fichiers : il en faut un seul.")
    if members[0].flag_bits & 1:
        raise Unreadable(f"L’archive « {path.name} » est protégée par un mot de passe.")
    if members[0].filename.lower().endswith((".zip", ".gz", ".7z", ".rar")):
        raise Unreadable(f"L’archive « {path.name} » contient une autre archive : décompressez-la d’abord.")
    return DataFile(path, member=members[0].filename)


def _is_debris(name: str) -> bool:
    """What macOS and Windows leave in archives."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")


def _refuse_bomb(path: Path, info: zipfile.ZipInfo) -> None:
    # zipfile never yields more than the declared size, so the declaration is enough to judge by.
    if info.file_size > _BOMB_SIZE and info.file_size > _BOMB_RATIO * max(info.compress_size, 1):
        raise Unreadable(
            f"L’archive « {path.name} » gonfle {info.file_size // max(info.compress_size, 1)} fois une fois ouverte :"
            " par prudence, elle n’est pas lue."
        )
