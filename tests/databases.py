"""The tables of the tests: the migrations make them once, the next run copies them (SQLite; seventy seconds won).

What is kept lies in pytest's cache folder, under a digest of all that has a say in it.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection

_ROOT = Path(__file__).parent.parent
_DECIDE = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/enums.py",
    "journal/*.py",
    "roadmap/immutable.py",
    "config/settings*.py",
)


def keep_tables(cache: pytest.Cache) -> None:
    """From now on the test database is made by a copy, when there is one."""
    place, made = cache.mkdir("tables") / f"{_digest()}.sqlite3", connection.creation.create_test_db

    def create_test_db(*args: Any, **options: Any) -> Any:
        with patch("django.core.management.call_command", _standing_in(place)):
            return made(*args, **options)

    connection.creation.create_test_db = create_test_db


def _digest() -> str:
    digest = hashlib.sha256((_ROOT / "requirements" / "dev.txt").read_bytes() + sqlite3.sqlite_version.encode())
    for pattern in _DECIDE:
        for path in sorted((_ROOT / "fairealliance").glob(pattern)):
            digest.update(str(path.relative_to(_ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def _standing_in(place: Path) -> Callable[..., None]:
    def command(name: str, *args: Any, **options: Any) -> None:
        if name != "migrate":
            call_command(name, *args, **options)
        elif place.exists():
            with closing(sqlite3.connect(place)) as source:
                source.backup(_here())
        else:
            call_command(name, *args, **options)
            _keep(place)

    return command


def _here() -> sqlite3.Connection:
    connection.ensure_connection()
    return connection.connection


def _keep(place: Path) -> None:
    """Renamed into place once whole: another process may look for it meanwhile."""
    for older in place.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    part = place.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(part)) as target:
        _here().backup(target)
    part.rename(place)
