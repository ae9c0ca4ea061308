"""Many acting at once: each in a thread, with a connection of its own. Needs the fixture `shared_database`."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Semaphore

from django.db import connection

CROWD = 200
SERVED = 32
"""Connections at one time: two processes of tests share the hundred that PostgreSQL gives."""


def at_once(acts: Sequence[Callable[[], object]], *refusals: type[Exception], served: int = SERVED) -> list[str]:
    """Has all of them start together; « done », or the name of the refusal that each met. Anything else is raised."""
    start, path, room = Barrier(len(acts)), connection.settings_dict["NAME"], Semaphore(served)

    def one(act: Callable[[], object]) -> str:
        connection.settings_dict["NAME"] = path
        start.wait()
        with room:
            try:
                act()
            except refusals as error:
                return type(error).__name__
            finally:
                connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
