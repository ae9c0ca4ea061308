"""One of several processes that write a SQLite file, or copy its log back, as fast as they can: house/test_sqlite."""

import random
import sys
import time
from contextlib import closing
from importlib import import_module
from typing import Any

from fairealliance.config import sqlite


def opened(path: str, options: str) -> Any:
    """The product's own connection, which copies its log back at each commit and waits for no disk: what happens once
    in months happens within seconds.
    """
    sqlite.bring_own()
    base = import_module("sqlite3").connect(path, timeout=20, isolation_level=None)
    base.executescript(options)
    base.executescript("PRAGMA wal_autocheckpoint=1; PRAGMA synchronous=OFF; PRAGMA cache_size=20")
    return base


def write(base: Any, draw: random.Random) -> None:
    base.execute("BEGIN IMMEDIATE")
    for _row in range(draw.choice((1, 2, 30))):
        base.execute("INSERT INTO said (at, words) VALUES (?, ?)", (draw.random(), "x" * draw.choice((50, 900))))
    base.execute("DELETE FROM said WHERE id IN (SELECT id FROM said ORDER BY at LIMIT 1)")
    base.execute("COMMIT")


def copy_back(base: Any, draw: random.Random) -> None:
    base.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def main() -> None:
    job, path, options, seconds = sys.argv[1:]
    draw, end = random.Random(), time.monotonic() + float(seconds)
    with closing(opened(path, options)) as base:
        while time.monotonic() < end:
            (write if job == "write" else copy_back)(base, draw)


if __name__ == "__main__":
    main()
