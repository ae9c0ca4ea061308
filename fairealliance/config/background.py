"""What the worker does beside the search index: queued tasks and periodic work, in threads of its own.

One worker per state folder: `tasks.lock` says so, and lets a worker that starts know that the tasks its
predecessor left running are no longer. A task is claimed by one UPDATE under a lock, so each runs on one node.
On SQLite a claim takes the write lock: the queue is looked at without it, and claimed only when not empty.
"""

import fcntl
import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from fairealliance.config import periodic
from fairealliance.config.sqlite import log

logger = logging.getLogger(__name__)
_PAUSE, _PERIODIC_PAUSE, _PAUSE_AFTER_ERROR = 0.5, 5.0, 5.0
_MOST_TRIES = 3
_DONE_KEPT, _FAILED_KEPT = timedelta(hours=6), timedelta(days=14)
_TIME_TO_END = 8.0
Step = Callable[[], object]


class Background:
    """Started and stopped along with the follower of the outbox."""

    def __init__(self, stop: threading.Event, node: str | None = None) -> None:
        self.stop = stop
        self.node = node or node_name()
        self._workers: list[Worker] = []
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin once no other worker of this state folder is at it."""
        self._threads = [threading.Thread(target=self._begin, daemon=True, name="background")]
        self._threads[0].start()

    def end(self) -> None:
        """Let what is running come to its end, for a while: what is cut short begins again at the next start."""
        self.stop.set()
        for worker in self._workers:
            worker.running = False
        for thread in list(self._threads):
            thread.join(timeout=_TIME_TO_END)

    def _begin(self) -> None:
        with _alone(self.stop) as alone:
            if not alone:
                return
            self._repeat(lambda: give_back(self.node), once=True)
            loops = [
                threading.Thread(target=self._repeat, args=(self._queue(name),), daemon=True, name=f"queue-{name}")
                for name in sorted(settings.TASKS[DEFAULT_TASK_BACKEND_ALIAS]["QUEUES"])
            ]
            pause = _PERIODIC_PAUSE
            loops.append(
                threading.Thread(target=self._repeat, args=(periodic.run_due,), kwargs={"pause": pause}, daemon=True)
            )
            for loop in loops:
                loop.start()
            for loop in loops:
                loop.join()

    def _queue(self, name: str) -> Step:
        """Takes up all that waits in the queue `name`."""
        worker = Worker(
            queue_names=[name],
            interval=_PAUSE,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{self.node}-{name}"[:64],
            excluded_queue_names=[],
        )
        self._workers.append(worker)

        def step() -> None:
            if DBTaskResult.objects.ready().filter(queue_name=name).exists():
                worker.run()

        return step

    def _repeat(self, step: Step, *, pause: float = _PAUSE, once: bool = False) -> None:
        """`step` again and again (or until it succeeds), whatever the database does meanwhile."""
        while not self.stop.is_set():
            wait = pause
            try:
                close_old_connections()
                step()
                if once:
                    break
            except DatabaseError as error:
                logger.warning("Background work waits, the database does not answer: %s", " ".join(str(error).split()))
                connection.close()
                wait = _PAUSE_AFTER_ERROR
            except Exception:  # one bad task must not stop all those behind it
                logger.exception("Background work stumbled")
                wait = _PAUSE_AFTER_ERROR
            self.stop.wait(wait)
        connection.close()


def give_back(node: str) -> int:
    """Tasks that `node` was running when it was stopped wait again; those that never end are given up."""
    with transaction.atomic():
        left = [
            task
            for task in DBTaskResult.objects.running().select_for_update()
            if task.worker_ids and str(task.worker_ids[-1]).startswith(f"{node}-")
        ]
        for task in left:
            if len(task.worker_ids) >= _MOST_TRIES:
                task.set_failed(RuntimeError("interrupted too many times"))
            else:
                DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.READY)
    return len(left)


def forget_tasks() -> int:
    """A task holds what its mail said, links included: done, it goes within hours; failed, it is kept a while."""
    now = timezone.now()
    done, _by_model = DBTaskResult.objects.successful().filter(finished_at__lt=now - _DONE_KEPT).delete()
    failed, _by_model = DBTaskResult.objects.failed().filter(finished_at__lt=now - _FAILED_KEPT).delete()
    return done + failed


def empty_log() -> None:
    """SQLite's log of what was written keeps words that were erased until others are written over them."""
    if connection.vendor == "sqlite":
        log.empty(Path(connection.settings_dict["NAME"]), seconds=connection.settings_dict["OPTIONS"]["timeout"])


def node_name() -> str:
    """A name for this state folder, made once: it tells a node's tasks from another's."""
    path = Path(settings.FAIREALLIANCE_HOME) / "node"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text() or "node"
    with os.fdopen(descriptor, "w") as file:
        name = secrets.token_hex(8)
        file.write(name)
    return name


@contextmanager
def _alone(stop: threading.Event) -> Iterator[bool]:
    """Holds `tasks.lock`, waiting for it; gives False when told to stop before it was had."""
    with (Path(settings.FAIREALLIANCE_HOME) / "tasks.lock").open("a") as file:
        while not stop.is_set():
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                stop.wait(_PERIODIC_PAUSE)
            else:
                yield True
                return
        yield False
