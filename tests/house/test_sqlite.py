"""SQLite loses nothing that several write at once."""

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.db import connection, transaction

from fairealliance.config.sqlite import log
from fairealliance.journal.models import Change
from tests.several_writers import opened

pytestmark = pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite's files")
_ROOT = Path(__file__).parents[2]
_MEMORY = Path("/dev/shm")
_WRITERS, _SECONDS = 4, 6.0


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder without a disk, where there is one: three times in three a file is damaged there, done the usual way."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=_MEMORY) as folder:
        yield Path(folder)


def _options() -> str:
    return settings.DATABASES["default"]["OPTIONS"]["init_command"]


def _made(path: Path) -> Path:
    with closing(opened(path, _options())) as base:
        base.executescript(
            "CREATE TABLE said (id INTEGER PRIMARY KEY, at REAL, words TEXT); CREATE INDEX i ON said (at)"
        )
    return path


def test_what_several_write_at_once_is_whole(in_memory: Path) -> None:
    """The control was made by hand, with SQLite 3.40.1 and the bare jobs: docs/adr/0035."""
    path = _made(in_memory / "x.sqlite3")
    people = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.several_writers", job, str(path), _options(), str(_SECONDS)], cwd=_ROOT
        )
        for job in ["write"] * _WRITERS + ["copy"]
    ]
    assert [each.wait(60) for each in people] == [0] * len(people)
    with closing(opened(path, _options())) as base:
        assert base.execute("SELECT count(*) FROM said").fetchone() > (1_000,)
        assert base.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]


def test_the_log_goes_back_while_nobody_can_write(tmp_path: Path) -> None:
    path = _made(tmp_path / "x.sqlite3")
    with closing(opened(path, _options())) as one, closing(opened(path, _options())) as other:
        one.execute("INSERT INTO said (at, words) VALUES (1, 'held')")
        other.execute("BEGIN IMMEDIATE")
        assert not log.copy_back(path)
        assert b"held" not in path.read_bytes()
        other.execute("COMMIT")
        assert log.copy_back(path)
        assert b"held" in path.read_bytes()


def test_what_someone_still_reads_stays_in_the_log(tmp_path: Path) -> None:
    path = _made(tmp_path / "x.sqlite3")
    with closing(opened(path, _options())) as reader, closing(opened(path, _options())) as writer:
        writer.execute("INSERT INTO said (at, words) VALUES (1, 'before')")
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM said").fetchone() == (1,)
        writer.execute("INSERT INTO said (at, words) VALUES (2, 'after')")
        assert not log.copy_back(path)
        log.empty(path, 0)
        assert reader.execute("SELECT count(*) FROM said").fetchone() == (1,)
        reader.execute("COMMIT")
        assert log.copy_back(path)
        assert writer.execute("SELECT count(*) FROM said").fetchone() == (2,)


@pytest.mark.usefixtures("shared_database")
def test_a_commit_copies_back_a_long_log_and_the_next_one_begins_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LONG", 40_000)
    file = tmp_path / "shared.sqlite3"

    def committed(key: str) -> int:
        with transaction.atomic():
            Change.objects.bulk_create(Change(kind="nothing", key=f"{key}-{number}") for number in range(100))
        return file.with_name("shared.sqlite3-wal").stat().st_size

    sizes = [committed(f"round-{number}") for number in range(20)]
    assert max(sizes) < 400_000  # begun anew again and again: without it, it only grows
    assert b"round-0-99" in file.read_bytes()


@pytest.mark.django_db
def test_what_is_kept_in_memory_alone_has_no_log() -> None:
    assert connection.settings_dict["ENGINE"] == "fairealliance.config.sqlite"
    assert not log.is_long(Path(connection.settings_dict["NAME"]))


def test_what_goes_wrong_is_told_to_who_runs_the_server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(path)) as base:
        base.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (x)")
    path.write_bytes(b"no database at all" * 1_000)
    with caplog.at_level(logging.WARNING):
        assert not log.copy_back(path)
    assert "could not be copied back" in caplog.text
