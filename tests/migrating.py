"""A migration run over rows of before: the database goes back, rows are made, and it comes to today."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fairealliance.journal import guards


@contextmanager
def before(room: str, name: str) -> Iterator[Any]:
    """Within, `room` stands at its migration `name`, and the models given are those of then; after, all is of today.

    For tests of their own transactions. Rooms below stay as they are: their own models make what is pointed to.
    """
    with guards.lifted():
        MigrationExecutor(connection).migrate([(room, name)])
        loader = MigrationExecutor(connection).loader
        applied = [node for node in loader.applied_migrations if node in loader.graph.nodes]
        try:
            yield loader.project_state(applied).apps
        finally:
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
