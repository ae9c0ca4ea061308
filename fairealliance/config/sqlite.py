"""Which SQLite Django talks to, and whether its write-ahead log can be trusted with several writers.

SQLite 3.7.0 to 3.51.2 may lose pages of a database in WAL mode when one connection writes at the very moment another
copies the log back (https://sqlite.org/wal.html#walresetbug). Python brings whatever SQLite the system has, and most
systems have one of those: docs/adr/0035.
"""

import sys
from importlib import import_module

Version = tuple[int, int, int]
# Mended in these and in what follows of the same line; then in all.
_MENDED: tuple[Version, ...] = ((3, 44, 6), (3, 50, 7))
_MENDED_FOR_GOOD: Version = (3, 51, 3)


def bring_own() -> None:
    """From now on `sqlite3` is the one that comes with us, where it does. Before Django loads its database backend."""
    try:
        own = import_module("pysqlite3")
    except ModuleNotFoundError:  # no ready-made package for this machine: `journal_mode` makes up for it
        return
    sys.modules["sqlite3"] = own
    sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")


def version() -> Version:
    """Of the SQLite that Django talks to."""
    return import_module("sqlite3").sqlite_version_info


def keeps_its_log_whole(found: Version) -> bool:
    """Whether that version of SQLite may be written by several connections in WAL mode."""
    return found >= _MENDED_FOR_GOOD or any(found[:2] == first[:2] and found >= first for first in _MENDED)


def journal_mode(found: Version) -> str:
    """WAL, in which whoever reads never waits, where it is safe; else DELETE, in which whoever writes waits for who
    reads.
    """
    return "WAL" if keeps_its_log_whole(found) else "DELETE"
