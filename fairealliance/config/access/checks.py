"""A route that has no row, or a row that has no route, stops the build."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from fairealliance.config.access.routes import Route, routes
from fairealliance.config.access.rows import TABLE
from fairealliance.config.access.table import Table

_OURS = "fairealliance.config.access.middleware.AccessMiddleware"
_FORMS = "django.middleware.csrf.CsrfViewMiddleware"


def check_table(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """For `manage.py check`: what `faults` finds, and whether the table is asked at all."""
    messages: list[CheckMessage] = [
        Error(fault, hint="docs/permissions.md tells how to write a row.", id="access.E001")
        for fault in faults(TABLE, routes())
    ]
    order = settings.MIDDLEWARE
    if _OURS not in order or order.index(_OURS) > order.index(_FORMS):
        messages.append(Error(f"{_OURS} must stand in MIDDLEWARE before {_FORMS}.", id="access.E002"))
    return messages


def faults(table: Table, known: Iterable[Route]) -> list[str]:
    """What keeps the table from telling the whole product and nothing else."""
    known = list(known)
    names = {route.name for route in known}
    missing = [f"{route.name} ({route.path}) has no row" for route in unclassified(table, known)]
    idle = [
        f"{told} has a row and no route"
        for row in table.rows
        for told in row.names
        if not any(name.startswith(told[:-1]) if told.endswith("*") else name == told for name in names)
    ]
    return [*missing, *idle, *table.faults()]


def unclassified(table: Table, known: Iterable[Route]) -> list[Route]:
    return [route for route in known if table.row(route.name) is None]
