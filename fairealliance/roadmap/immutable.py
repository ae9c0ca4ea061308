"""What was published cannot be altered, whoever asks: the database itself refuses, on SQLite and on PostgreSQL.

Put in place after each migration (and so in every test database): SQLite loses the triggers of a table it rebuilds.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

TABLES = (
    "roadmap_measureedition",
    "roadmap_partedition",
    "roadmap_measurereport",
    "roadmap_reading",
    "roadmap_workstreamreport",
    "roadmap_progressreport",
)
REFUSAL = "a published report is never altered: publish a new version"

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
# `INSERT OR REPLACE` deletes the row it meets without a word to the triggers of deletion.
_REPLACING = """CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
_FUNCTION = f"""CREATE OR REPLACE FUNCTION roadmap_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_POSTGRESQL = """CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION roadmap_refuse()"""
# SQLite has no such act, and a row trigger does not see it.
_TRUNCATING = """CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION roadmap_refuse()"""


def install(using: str = "default", **_signal: Any) -> None:
    """Puts the triggers on the tables that are there. Receives `post_migrate`."""
    connection = connections[using]
    present = [table for table in TABLES if table in connection.introspection.table_names()]
    statement = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        if present and connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in present:
            for act in ("UPDATE", "DELETE"):
                cursor.execute(statement.format(table=table, act=act, refusal=REFUSAL))
            if connection.vendor == "sqlite":
                same = _same_row(connection.introspection.get_constraints(cursor, table).values())
                cursor.execute(_REPLACING.format(table=table, same=same, refusal=REFUSAL))
            else:
                cursor.execute(_TRUNCATING.format(table=table))


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """TRUNCATE allowed for a while: for the tests, which empty the tables."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
    try:
        yield
    finally:
        install(using)


def _same_row(constraints: Iterable[Any]) -> str:
    """By its number, or by what is there once."""
    keys = [each["columns"] for each in constraints if each["unique"] or each["primary_key"]]
    return " OR ".join(" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys)
