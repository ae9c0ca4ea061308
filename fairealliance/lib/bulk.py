"""Thousands of rows in and out of the database at once, in SQL that SQLite and PostgreSQL both speak.

Table and column names are always those of our own models, never input. Values go through parameters. Dates and
decimals are given as ISO text, which both databases take; instants through `now`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.db import connection, models
from django.utils import timezone

# SQLite takes 32,766 parameters in a statement since 3.32.
_CHUNK = 2_000
_ROWS = 25  # inserted by one statement; more would only make longer what a failed one undoes


def now() -> Any:
    """The present instant, in the form the database's driver takes."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


def select_in(
    model: type[models.Model],
    columns: Sequence[str],
    column: str,
    values: Iterable[Any],
    where: str = "",
    params: Sequence[Any] = (),
) -> list[tuple[Any, ...]]:
    """`columns` of the rows whose `column` is one of `values` (and `where`, SQL of ours, holds)."""
    wanted = list(values)
    found: list[tuple[Any, ...]] = []
    condition = f" AND {where}" if where else ""
    with connection.cursor() as cursor:
        for among, some in _asked(wanted):
            cursor.execute(
                f"SELECT {', '.join(columns)} FROM {model._meta.db_table}"  # noqa: S608 -- names of our own models
                f" WHERE {column} {among}{condition}",
                [*some, *params],
            )
            found += cursor.fetchall()
    return found


def select_all(model: type[models.Model], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """`columns` of every row, in order of id."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table} ORDER BY id")  # noqa: S608 -- likewise
        return cursor.fetchall()


def _asked(wanted: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Conditions that together are "one of these" for a column, with their parameters. Integers that follow each other,
    as the ids of an import do, are asked as a range: a fifth less time (ADR 0028).
    """
    if _follow_each_other(wanted):
        yield "BETWEEN %s AND %s", [wanted[0], wanted[-1]]
        return
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        yield f"IN ({', '.join(['%s'] * len(some))})", some


def _follow_each_other(wanted: list[Any]) -> bool:
    return bool(wanted) and type(wanted[0]) is int and wanted == list(range(wanted[0], wanted[0] + len(wanted)))


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    constants: dict[str, Any] | None = None,
    on_conflict: str = "",
) -> None:
    """Inserts `rows`. `constants` are the same for all of them; columns not named get the model's own default."""
    if not rows:
        return
    fixed = {**_defaults(model, tuple(columns)), **(constants or {})}
    names = [*columns, *fixed]
    # What is the same for every row is written once in the statement instead of passed with each.
    marks = ", ".join([*["%s"] * len(columns), *map(_literal, fixed.values())])
    head = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES "  # noqa: S608 -- names of our own models
    # Many rows a statement: SQLite does as much for each statement (the next id, a savepoint) as for a row.
    whole = len(rows) - len(rows) % _ROWS
    with connection.cursor() as cursor:
        if whole:
            together = [list(chain.from_iterable(rows[at : at + _ROWS])) for at in range(0, whole, _ROWS)]
            cursor.executemany(f"{head}{', '.join([f'({marks})'] * _ROWS)} {on_conflict}", together)
        if whole < len(rows):
            cursor.executemany(f"{head}({marks}) {on_conflict}", rows[whole:])


def _literal(value: Any) -> str:
    """SQL for a value of ours: a default of a model, the present instant, the id of a source. Never input."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def update(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    constants: dict[str, Any] | None = None,
) -> None:
    """Each row is the new values of `columns`, then the id."""
    if not rows:
        return
    fixed = constants or {}
    head = tuple(fixed.values())
    sets = ", ".join(f"{name} = %s" for name in (*fixed, *columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s",  # noqa: S608 -- names of our own models
            [(*head, *row) for row in rows] if head else rows,
        )


def delete_in(model: type[models.Model], column: str, values: Iterable[Any]) -> None:
    """Deletes the rows whose `column` is one of `values`."""
    with connection.cursor() as cursor:
        for among, some in _asked(list(values)):
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {column} {among}", some)  # noqa: S608 -- likewise


@cache
def _defaults(model: type[models.Model], given: tuple[str, ...]) -> dict[str, Any]:
    """Django keeps defaults to itself: the database has none, so every column must be given.

    Primary keys are left to the database; instants set by Django itself must be among the constants.
    """
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        dated = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        if field.primary_key or dated or field.column in given:
            continue
        value = field.get_default()
        is_json = isinstance(field, models.JSONField)
        found[str(field.column)] = json.dumps(value) if is_json else field.get_db_prep_save(value, connection)
    return found
