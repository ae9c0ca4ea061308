"""One of several processes that write a SQLite file, or copy its log back, as fast as they can: house/test_sqlite."""

import random
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from fairealliance.config.sqlite import log


def opened(path: Path, options: str) -> sqlite3.Connection:
    """The product's own connection, but that it waits for no disk: what happens in months happens within seconds."""
    base = sqlite3.connect(path, timeout=20, isolation_level=None)
    base.executescript(options)
    base.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=20")
    return base


def write(base: sqlite3.Connection, draw: random.Random) -> None:
    base.execute("BEGIN IMMEDIATE")
    for _row in range(draw.choice((1, 2, 30))):
        base.execute("INSERT INTO said (at, words) VALUES (?, ?)", (draw.random(), "x" * draw.choice((50, 900))))
    base.execute("DELETE FROM said WHERE id IN (SELECT id FROM said ORDER BY at LIMIT 1)")
    base.execute("COMMIT")


def main() -> None:
    job, path, options, seconds = sys.argv[1:]
    draw, end = random.Random(), time.monotonic() + float(seconds)
    with closing(opened(Path(path), options)) as base:
        while time.monotonic() < end:
            if job == "write":
                write(base, draw)
            log.copy_back(Path(path))


if __name__ == "__main__":
    main()
