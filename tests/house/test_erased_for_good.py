"""SQLite's own files: what was erased is in none of them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from fairealliance.config import background
from tests.factories import UserFactory

only_sqlite = pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite's files")


@only_sqlite
def test_pages_that_nothing_uses_any_more_are_blank(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as held:
        held.execute("PRAGMA secure_delete=OFF")
        held.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
        assert held.execute("PRAGMA secure_delete").fetchone() == (1,)


@only_sqlite
@pytest.mark.usefixtures("shared_database")
def test_the_log_of_what_was_written_forgets(tmp_path: Path) -> None:
    person = UserFactory(email="zarquon@exemple.fr")
    person.delete()
    assert b"zarquon@exemple.fr" in _kept(tmp_path)
    background.empty_log()
    assert b"zarquon@exemple.fr" not in _kept(tmp_path)


def _kept(folder: Path) -> bytes:
    connection.ensure_connection()
    return b"".join(path.read_bytes() for path in sorted(folder.glob("shared.sqlite3*")))
