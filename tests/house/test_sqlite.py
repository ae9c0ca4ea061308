"""SQLite loses nothing that several write at once."""

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from fairealliance.config.sqlite import log
from fairealliance.config.sqlite.base import DatabaseWrapper
from fairealliance.journal.models import Change
from tests.several_writers import opened

pytestmark = pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite's files")
_ROOT = Path(__file__).parents[2]
_MEMORY = Path("/dev/shm")
_WRITERS, _SECONDS = 4, 6.0
_WRITE = "INSERT INTO said (at, words) VALUES (1, ?)"


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder without a disk, where there is one: what happens rarely happens soonest there."""
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


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The product's own connection to x.sqlite3."""
    with closing(opened(_made(tmp_path / "x.sqlite3"), _options())) as held:
        yield held


@pytest.fixture
def other(base: sqlite3.Connection, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another one, which does not wait."""
    with closing(opened(tmp_path / "x.sqlite3", _options())) as held:
        held.execute("PRAGMA busy_timeout=0")
        yield held


def test_what_several_write_at_once_is_whole(in_memory: Path) -> None:
    """The control was made by hand (docs/adr/0035): what is rare cannot be asked of each run, the next tests can."""
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


def test_nobody_can_write_while_the_log_goes_back(
    base: sqlite3.Connection, other: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            if "wal_checkpoint" in sql:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute(_WRITE, ["meanwhile"])
                said.append(sql)
            return super().execute(sql, *args)

    def watched(file: Path, seconds: float) -> sqlite3.Connection:
        return sqlite3.connect(file, isolation_level=None, factory=Watched)

    monkeypatch.setattr(log, "_beside", watched)
    base.execute(_WRITE, ["before"])
    assert log.copy_back(tmp_path / "x.sqlite3")
    assert len(said) == 1
    other.execute(_WRITE, ["after"])


def test_the_log_does_not_go_back_while_somebody_writes(
    base: sqlite3.Connection, other: sqlite3.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "x.sqlite3"
    base.execute(_WRITE, ["held"])
    other.execute("BEGIN IMMEDIATE")
    assert not log.copy_back(path)
    assert b"held" not in path.read_bytes()
    other.execute("COMMIT")
    assert log.copy_back(path)
    assert b"held" in path.read_bytes()


def test_sqlite_copies_nothing_back_by_itself(base: sqlite3.Connection, tmp_path: Path) -> None:
    base.execute("BEGIN IMMEDIATE")
    base.executemany(_WRITE, [["x" * 4_000]] * 3_000)  # three times what it waits for
    base.execute("COMMIT")
    base.execute(_WRITE, ["and once more"])
    assert (tmp_path / "x.sqlite3").stat().st_size < 100_000
    assert log.size(tmp_path / "x.sqlite3") > 12_000_000


def test_what_someone_still_reads_stays_in_the_log(
    base: sqlite3.Connection, other: sqlite3.Connection, tmp_path: Path
) -> None:
    path = tmp_path / "x.sqlite3"
    base.execute(_WRITE, ["before"])
    other.execute("BEGIN")
    assert other.execute("SELECT count(*) FROM said").fetchone() == (1,)
    base.execute(_WRITE, ["after"])
    assert not log.copy_back(path)
    with pytest.raises(TimeoutError):
        log.empty(path, 0.2)
    assert other.execute("SELECT count(*) FROM said").fetchone() == (1,)
    other.execute("COMMIT")
    assert log.copy_back(path)
    assert base.execute("SELECT count(*) FROM said").fetchone() == (2,)


def test_emptying_waits_for_who_reads(base: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as reader:
        base.execute(_WRITE, ["zarquon"])
        base.execute("DELETE FROM said")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM said").fetchone()
        base.execute(_WRITE, ["something else"])
        leaving = threading.Timer(0.3, lambda: reader.execute("COMMIT"))
        leaving.start()
        log.empty(path, 20)
        leaving.join()
    assert b"zarquon" not in path.read_bytes() + (tmp_path / "x.sqlite3-wal").read_bytes()


@pytest.mark.usefixtures("shared_database")
def test_a_commit_copies_back_a_long_log_and_the_next_one_begins_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LONG", 40_000)
    file = tmp_path / "shared.sqlite3"

    def committed(key: str) -> int:
        with transaction.atomic():
            Change.objects.bulk_create(Change(kind="nothing", key=f"{key}-{number}") for number in range(100))
        return log.size(file)

    sizes = [committed(f"round-{number}") for number in range(20)]
    assert max(sizes) < 400_000  # begun anew again and again: without it, it only grows
    assert any(after < before for before, after in pairwise(sizes))  # and is cut, or it looks long
    assert b"round-0-99" in file.read_bytes()


@pytest.mark.django_db
def test_a_log_is_found_beside_the_file_that_a_link_leads_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LONG", 40_000)
    (tmp_path / "disk").mkdir()
    (tmp_path / "x.sqlite3").symlink_to(tmp_path / "disk" / "x.sqlite3")
    wrapper = DatabaseWrapper({**connection.settings_dict, "NAME": str(tmp_path / "x.sqlite3")})
    with closing(wrapper):
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE said (words TEXT)")
            wrapper.set_autocommit(False)
            cursor.executemany("INSERT INTO said VALUES (%s)", [["x" * 4_000]] * 50)
        wrapper.commit()
        assert (tmp_path / "disk" / "x.sqlite3").stat().st_size > 200_000
        assert log.size(tmp_path / "disk" / "x.sqlite3") > 200_000
        log.empty(tmp_path / "x.sqlite3", 5)
        assert log.size(tmp_path / "disk" / "x.sqlite3") < 40_000


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_in_memory_alone_has_no_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def never(file: Path) -> bool:
        raise AssertionError(file)

    monkeypatch.setattr(log, "LONG", 0)
    monkeypatch.setattr(log, "copy_back", never)
    monkeypatch.chdir(tmp_path)
    with transaction.atomic():
        Change.objects.create(kind="nothing", key="1")
    log.empty(Path(connection.settings_dict["NAME"]), 0)
    assert list(tmp_path.iterdir()) == []


def test_what_goes_wrong_is_told_to_who_runs_the_server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"no database at all" * 1_000)
    with caplog.at_level(logging.WARNING):
        assert not log.copy_back(path)
    assert "could not be copied back" in caplog.text
    path.with_name("x.sqlite3-wal").write_bytes(b"x")
    with pytest.raises(sqlite3.DatabaseError):
        log.empty(path, 0)
