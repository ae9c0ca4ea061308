"""Triggers that refuse to rewrite the journal: the database's own, whoever asks.

Allowed is one thing: blanking what names a person (an author's label, an entry's detail, with the salt that could
find it again). They guard against mistakes and careless hands; who owns the database can drop them, and `verify` tells
what was done then. Put in place after every migration: SQLite makes a table anew to alter it, and forgets them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_REFUSAL = "the journal is append-only"
_BLANKED = {
    "journal_author": {"label": "''", "salt": "''", "user_id": "NULL"},
    "journal_entry": {"detail_text": "''", "salt": "''"},
}
_KEPT = {
    "journal_author": ("id", "ref"),
    "journal_entry": (
        *("sequence", "at", "author_id", "verb", "subject", "before", "after"),
        *("detail_digest", "previous", "hash"),
    ),
}


def install() -> None:
    """Puts the triggers in place; again, nothing more."""
    remove()
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def remove() -> None:
    with connection.cursor() as cursor:
        for name, table in _names():
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


@contextmanager
def lifted() -> Iterator[None]:
    """Without them: for the tests, which empty the tables."""
    remove()
    try:
        yield
    finally:
        install()


def missing() -> list[str]:
    """Names of those that are not in place."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name, _table in _names() if name not in present]


def _names() -> list[tuple[str, str]]:
    found = [(f"{table}_no_{act}", table) for table in _KEPT for act in ("update", "delete")]
    found.append(("journal_head_no_delete", "journal_head"))
    found.append(("journal_head_no_update", "journal_head"))
    if connection.vendor == "postgresql":
        found += [(f"{table}_no_truncate", table) for table in (*_KEPT, "journal_head")]
    return found


def _is_blanking(table: str) -> str:
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    kept = [f'NEW."{column}" {same} OLD."{column}"' for column in _KEPT[table]]
    return " AND ".join([*kept, *(f'NEW."{column}" {same} {value}' for column, value in _BLANKED[table].items())])


def _conditions() -> Iterator[tuple[str, str, str]]:
    """Table, act, and when it is refused."""
    for table in _KEPT:
        yield table, "update", f"NOT ({_is_blanking(table)})"
        yield table, "delete", ""
    yield "journal_head", "update", "NEW.count < OLD.count"
    yield "journal_head", "delete", ""


def _sqlite() -> Iterator[str]:
    for table, act, condition in _conditions():
        when = f"WHEN {condition}" if condition else ""
        yield (
            f'CREATE TRIGGER "{table}_no_{act}" BEFORE {act.upper()} ON "{table}" {when} '
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, act, condition in _conditions():
        when = f"WHEN ({condition})" if condition else ""
        yield (
            f'CREATE TRIGGER "{table}_no_{act}" BEFORE {act.upper()} ON "{table}" '
            f"FOR EACH ROW {when} EXECUTE FUNCTION journal_refuse()"
        )
    for table in (*_KEPT, "journal_head"):
        yield (
            f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        )


def install_after_migration(**_kwargs: Any) -> None:
    """Receiver of `post_migrate`; a database that is not migrated so far has no journal to guard."""
    if {"journal_author", "journal_entry", "journal_head"} <= set(connection.introspection.table_names()):
        install()
