"""What every test shares."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings

from fairealliance.accounts.models import User
from fairealliance.config.settings import TEMPLATE_OPTIONS
from fairealliance.journal import guards
from fairealliance.roadmap import immutable
from fairealliance.territories.editions import forget_undated
from tests import databases
from tests.factories import UserFactory

# No test fails because the machine was busy.
hypothesis_settings.register_profile("ours", deadline=None)
hypothesis_settings.load_profile("ours")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """pytest-django's own place for this: just before the tables are made."""
    if connection.vendor == "sqlite":
        databases.keep_tables(request.config.cache)


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    """Tests that commit end by emptying every table, which triggers of the journal and of the roadmap refuse."""
    with pytest.MonkeyPatch.context() as patch:
        flush = type(connection.ops).execute_sql_flush

        def lifted(self: object, sql_list: list[str]) -> None:
            with guards.lifted(), immutable.lifted():
                flush(self, sql_list)

        patch.setattr(type(connection.ops), "execute_sql_flush", lifted)
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real open data. Without it tests are skipped; under CI, or when it was named, they fail."""
    folder = settings.FAIREALLIANCE_CORPUS
    if not (folder / "SOURCES.md").exists():
        message = f"no corpus at {folder} (set FAIREALLIANCE_CORPUS)"
        if os.environ.get("CI") or os.environ.get("FAIREALLIANCE_CORPUS"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path: Path) -> None:
    """Each test has its own state folder: nothing of one leaks into another."""
    settings.FAIREALLIANCE_HOME = tmp_path
    settings.SEARCH_INDEX = tmp_path / "index"
    # Territories made by factories have no Edition: what was built from another test's would still hold.
    forget_undated()


@pytest.fixture
def editor(db: None) -> User:
    """A member of the secretariat."""
    return UserFactory(email="secretariat@example.org", name="Camille Éditrice", is_secretariat=True)


@pytest.fixture
def desk(settings, client: Client, editor: User) -> Client:
    """The secretariat signed in at /gestion/. Wagtail's own templates name variables nobody gives: allowed here."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {**TEMPLATE_OPTIONS}}]
    client.force_login(editor)
    return client


@pytest.fixture
def shared_database(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    """Threads need one database for all; SQLite's in memory is its maker's alone."""
    if connection.vendor != "sqlite":
        yield
        return
    held = dict(connection.settings_dict)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    path = tmp_path / "shared.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{path}'")
    # A new file, as `make run` leaves it to the many: several that turn it to WAL at once are refused without waiting.
    with closing(sqlite3.connect(path)) as alone:
        alone.execute("PRAGMA journal_mode=WAL")
    memory, connection.connection = connection.connection, None
    connection.settings_dict["NAME"] = str(path)
    yield
    connection.close()
    connection.settings_dict.update(held)
    connection.connection = memory
