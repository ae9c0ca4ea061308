"""What was published cannot be altered, whoever asks: the database itself refuses, on SQLite and on PostgreSQL.

Put in place after each migration (and so in every test database): SQLite loses the triggers of a table it rebuilds.
"""

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
_FUNCTION = f"""CREATE OR REPLACE FUNCTION roadmap_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_POSTGRESQL = """CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION roadmap_refuse()"""


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
