"""`fairealliance worker`: the one process that writes the search index, runs queued tasks and periodic work."""

import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.config.background import Background
from fairealliance.search import follow
from fairealliance.search.store import LockBusy


class Command(BaseCommand):
    """Started and stopped by `serve`; ends by itself if its parent is gone."""

    help = "Tient l’index de recherche à jour et fait le travail de fond (un seul par dossier d’état)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: stop.set())
        threading.Thread(target=_stop_when_orphaned, args=(stop,), daemon=True).start()
        background = Background(stop)
        background.start()
        try:
            follow.run_forever(stop)
        except LockBusy as error:
            raise CommandError(str(error)) from error
        finally:
            background.end()


def _stop_when_orphaned(stop: threading.Event) -> None:
    """A server that was killed cannot say goodbye: its worker notices that its parent changed."""
    parent = os.getppid()
    while not stop.wait(1):
        if os.getppid() != parent:
            stop.set()
