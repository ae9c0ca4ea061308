"""SQLite loses nothing that several write at once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import Database

from fairealliance.config import prepare, sqlite
from tests.several_writers import opened

only_sqlite = pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite's files")
_ROOT = Path(__file__).parents[2]
_MEMORY = Path("/dev/shm")
_WRITERS, _SECONDS = 4, 6.0


@pytest.mark.parametrize(
    ("version", "is_whole"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 50, 4), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_a_version_that_may_lose_pages_of_its_log_is_not_given_one(version: sqlite.Version, is_whole: bool) -> None:
    assert sqlite.keeps_its_log_whole(version) is is_whole
    assert sqlite.journal_mode(version) == ("WAL" if is_whole else "DELETE")


@only_sqlite
def test_whoever_starts_the_product_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(sqlite, "version", lambda: (3, 51, 3))
    prepare._tell_of_sqlite(lines.append)
    assert lines == []
    monkeypatch.setattr(sqlite, "version", lambda: (3, 40, 1))
    prepare._tell_of_sqlite(lines.append)
    assert "3.40.1" in lines[0]


def test_another_database_has_nothing_to_tell_of_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(sqlite, "version", lambda: (3, 40, 1))
    monkeypatch.setattr(connection, "vendor", "postgresql")
    prepare._tell_of_sqlite(lines.append)
    assert lines == []


def test_a_machine_without_the_package_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ModuleNotFoundError(name)

    held = sys.modules["sqlite3"]
    monkeypatch.setattr(sqlite, "import_module", absent)
    sqlite.bring_own()
    assert sys.modules["sqlite3"] is held


@only_sqlite
@pytest.mark.django_db
def test_django_talks_to_the_sqlite_that_was_asked_about() -> None:
    assert Database.sqlite_version_info == sqlite.version()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        assert cursor.fetchone() == (Database.sqlite_version,)


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder without a disk, where there is one: three times in three a SQLite of the wrong kind fails there."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=_MEMORY) as folder:
        yield Path(folder)


@only_sqlite
def test_what_several_write_at_once_is_whole(in_memory: Path) -> None:
    """The control was made by hand, with SQLite 3.40.1 in WAL mode: three damaged files out of three (ADR 0035)."""
    path, options = str(in_memory / "x.sqlite3"), settings.DATABASES["default"]["OPTIONS"]["init_command"]
    with closing(opened(path, options)) as base:
        base.executescript(
            "CREATE TABLE said (id INTEGER PRIMARY KEY, at REAL, words TEXT); CREATE INDEX i ON said (at)"
        )
    people = [
        subprocess.Popen([sys.executable, "-m", "tests.several_writers", job, path, options, str(_SECONDS)], cwd=_ROOT)
        for job in ["write"] * _WRITERS + ["copy-back"]
    ]
    assert [each.wait(60) for each in people] == [0] * len(people)
    with closing(opened(path, options)) as base:
        assert base.execute("SELECT count(*) FROM said").fetchone() > (1_000,)
        assert base.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
