"""One of several processes that write a SQLite file, or copy its log back, as fast as they can: house/test_sqlite.

Copied back by SQLite itself, as the bare jobs do, 3.40.1 damages the file within seconds: the control, made by hand.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from fairealliance.config.sqlite import log


def opened(path: Path, options: str) -> sqlite3.Connection:
    """The product's own connection, but that it waits for no disk: what happens in months happens within seconds."""
    base = sqlite3.connect(path, timeout=20, isolation_level=None)
    base.executescript(options)
    base.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=20")
    return base


def write(base: sqlite3.Connection, path: Path, draw: random.Random) -> None:
    base.execute("BEGIN IMMEDIATE")
    for _row in range(draw.choice((1, 2, 30))):
        base.execute("INSERT INTO said (at, words) VALUES (?, ?)", (draw.random(), "x" * draw.choice((50, 900))))
    base.execute("DELETE FROM said WHERE id IN (SELECT id FROM said ORDER BY at LIMIT 1)")
    base.execute("COMMIT")


def write_and_copy(base: sqlite3.Connection, path: Path, draw: random.Random) -> None:
    write(base, path, draw)
    log.copy_back(path)


def copy(base: sqlite3.Connection, path: Path, draw: random.Random) -> None:
    log.copy_back(path)


def bare_write(base: sqlite3.Connection, path: Path, draw: random.Random) -> None:
    base.execute("PRAGMA wal_autocheckpoint=1")
    write(base, path, draw)


def bare_copy(base: sqlite3.Connection, path: Path, draw: random.Random) -> None:
    base.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


_JOBS: dict[str, Callable[[sqlite3.Connection, Path, random.Random], None]] = {
    "write": write_and_copy,
    "copy": copy,
    "bare-write": bare_write,
    "bare-copy": bare_copy,
}


def main() -> None:
    job, path, options, seconds = sys.argv[1:]
    draw, end = random.Random(), time.monotonic() + float(seconds)
    with closing(opened(Path(path), options)) as base:
        while time.monotonic() < end:
            _JOBS[job](base, Path(path), draw)


if __name__ == "__main__":
    main()
