"""The write-ahead log of a SQLite file goes back into it while nobody can write.

SQLite 3.7.0 to 3.51.2 may lose pages when one connection begins to copy the log back at the very moment another, which
writes, begins the log anew (https://sqlite.org/wal.html#walresetbug). Python brings whatever SQLite the system has, and
most systems have one. Whoever holds the right to write keeps all others from writing: while it is held, the log
cannot be begun anew, and is copied back. docs/adr/0035.
"""

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path

# Four times SQLite's own pace: pages written again and again, as an import does, are copied once.
LONG = 4_000 * 4_096
_KIND = 0xFF  # what follows in an error's code tells more of it
_HEAD = 32  # bytes, others each time the log is begun anew
_PAUSE = 0.05
_logger = logging.getLogger(__name__)


def size(file: Path) -> int:
    """Of the log of `file`, in bytes; 0 when there is none, as for a database in memory.

    `journal_size_limit=0` cuts the log as it is begun anew: its size tells what it holds.
    """
    try:
        return _of(file).stat().st_size
    except OSError:
        return 0


def copy_back(file: Path) -> bool:
    """Puts what the log holds into `file`; whether that was done.

    Where somebody writes at this moment it is left to them: each commit asks. What goes wrong is told in the server's
    log alone, as the caller's own writing is done; a later commit tries again.
    """
    try:
        return _copied(file, 0)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & _KIND != sqlite3.SQLITE_BUSY:
            _logger.warning("%s could not be copied back: %s", _of(file), error)
        return False


def empty(file: Path, seconds: float) -> None:
    """Copies the log back and begins it anew: no word of what it held is left in it.

    Raises TimeoutError when somebody reads what is older for `seconds` on end, sqlite3.Error when it cannot be done.
    """
    file = file.resolve()  # SQLite keeps the log beside the file itself, wherever a link to it stands
    if not size(file):
        return
    head, end = _head(file), time.monotonic() + seconds
    while True:
        if _copied(file, seconds):
            with closing(_beside(file, seconds)) as writer:
                # Any page written begins a log anew that was copied back whole: this writes one, whatever it was.
                writer.executescript(
                    "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=0; "
                    "PRAGMA user_version=0"
                )
        if _head(file) != head:
            return
        if time.monotonic() > end:
            raise TimeoutError(f"{_of(file)} is still read")
        time.sleep(_PAUSE)


def _copied(file: Path, seconds: float) -> bool:
    """Whether all of it was: not while somebody reads what is older."""
    with closing(_beside(file, seconds)) as holder, closing(_beside(file, seconds)) as copier:
        holder.execute("BEGIN IMMEDIATE")
        is_refused, held, copied = copier.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return not is_refused and held == copied


def _beside(file: Path, seconds: float) -> sqlite3.Connection:
    """A connection of its own. What is not to be copied back at a commit must say so on it."""
    return sqlite3.connect(file, timeout=seconds, isolation_level=None)


def _head(file: Path) -> bytes:
    try:
        with _of(file).open("rb") as held:
            return held.read(_HEAD)
    except FileNotFoundError:  # the last one to leave took it away
        return b""


def _of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")
