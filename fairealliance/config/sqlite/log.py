"""The write-ahead log of a SQLite file goes back into it while nobody can write.

SQLite 3.7.0 to 3.51.2 may lose pages when one connection begins to copy the log back at the very moment another, which
writes, begins the log anew (https://sqlite.org/wal.html#walresetbug). Python brings whatever SQLite the system has, and
most systems have one. Whoever holds the right to write keeps all others from writing: while it is held, the log
cannot be begun anew, and is copied back. docs/adr/0035.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# Four times SQLite's own pace: pages written again and again, as an import does, are copied once.
LONG = 4_000 * 4_096
_logger = logging.getLogger(__name__)


def is_long(file: Path) -> bool:
    """Whether the log of `file` is worth copying back, in bytes; never for a database in memory, which has none.

    `journal_size_limit=0` cuts the log as it is begun anew: its size tells what it holds.
    """
    try:
        return _of(file).stat().st_size > LONG
    except FileNotFoundError:
        return False


def copy_back(file: Path, seconds: float = 0) -> bool:
    """Puts what the log holds into `file`; whether that was done.

    Whoever writes at this moment is waited for during `seconds`, then left to do it: each commit asks. What goes wrong
    is told in the server's log alone, as the caller's own writing is done; the next commit tries again.
    """
    with (
        _failing_quietly(file),
        closing(_beside(file, seconds)) as holder,
        closing(_beside(file, seconds)) as copier,
    ):
        holder.execute("BEGIN IMMEDIATE")
        is_refused, held, copied = copier.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return not is_refused and held == copied
    return False


def empty(file: Path, seconds: float) -> None:
    """Copies the log back and begins it anew: no word of what it held is left in it, unless someone still reads it."""
    if copy_back(file, seconds):
        with _failing_quietly(file), closing(_beside(file, seconds)) as writer:
            writer.executescript("PRAGMA journal_size_limit=0; PRAGMA user_version=0")  # writes a page, whatever it was


def _beside(file: Path, seconds: float) -> sqlite3.Connection:
    """A connection of its own, which copies nothing back by itself."""
    beside = sqlite3.connect(file, timeout=seconds, isolation_level=None)
    beside.executescript("PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL")
    return beside


@contextmanager
def _failing_quietly(file: Path) -> Iterator[None]:
    """What is only to be done later is no one's error; what else goes wrong, the server's log tells."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            _logger.warning("%s could not be copied back: %s", _of(file), error)


def _of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")
