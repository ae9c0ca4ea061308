"""gunicorn, with the background worker started and stopped along with it."""

import logging
import os
import subprocess
import sys
import threading
import urllib.request
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections
from gunicorn.app.base import BaseApplication

from fairealliance.config import environment
from fairealliance.goals import challenge
from fairealliance.search import engine
from fairealliance.search.query import Query
from fairealliance.territories import warming

logger = logging.getLogger(__name__)


class Server(BaseApplication):
    """Serves the application on HOST:PORT until told to stop."""

    def __init__(self) -> None:
        self.worker: subprocess.Popen[bytes] | None = None
        self.stopping = False
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{environment.host()}:{environment.port()}",
            "workers": int(os.environ.get("WEB_WORKERS") or 2),
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": _warm,
            "when_ready": self._ready,
            "on_exit": self._exit,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        # Made here, after `prepare`: the static files are listed once, when the application is made.
        return get_wsgi_application()

    def _ready(self, arbiter: object) -> None:
        """The socket listens: start the worker and tell the address once a page is answered."""
        threading.Thread(target=self._keep_worker, daemon=True).start()
        threading.Thread(target=_announce, daemon=True).start()

    def _keep_worker(self) -> None:
        """Start the worker again if it ends by itself; a short wait keeps a broken one from spinning."""
        pause = threading.Event()
        while not self.stopping:
            self.worker = subprocess.Popen([sys.executable, "-m", "fairealliance", "worker"])
            self.worker.wait()
            if not self.stopping:
                logger.warning("The worker ended (%s): starting it again", self.worker.returncode)
                pause.wait(2)

    def _exit(self, arbiter: object) -> None:
        self.stopping = True
        if self.worker and self.worker.poll() is None:
            self.worker.terminate()
            try:
                self.worker.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.worker.kill()


def _warm(worker: object) -> None:
    """Fill what pages keep in memory before the first visitor asks, without making them wait for it."""

    def fill() -> None:
        try:
            warming.warm()
            challenge.read("")
            engine.find(Query(text="alliance", size=1))
        except DatabaseError:
            logger.warning("Could not warm up: the first pages will be slower", exc_info=True)
        finally:
            connections.close_all()

    threading.Thread(target=fill, daemon=True, name="warm-up").start()


def address() -> str:
    """Where a person on this machine opens the site."""
    host = environment.host()
    if host in {"0.0.0.0", "::"}:  # noqa: S104 -- compared, not bound
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{environment.port()}/"


def _announce() -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    pause = threading.Event()
    for _ in range(300):
        try:
            with opener.open(f"{address()}healthz", timeout=5):
                break
        except OSError:
            pause.wait(0.1)
    print(f"Faire Alliance est prête : {address()}  (Ctrl-C pour arrêter)", flush=True)  # noqa: T201 -- its one message
