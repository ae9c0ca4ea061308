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
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from fairealliance.accounts.mail import kept_in
from fairealliance.config import answers, environment
from fairealliance.goals import challenge
from fairealliance.reports import spread
from fairealliance.search import engine
from fairealliance.search.query import Query
from fairealliance.territories import warming

logger = logging.getLogger(__name__)
_BEFORE_WARMING = 0.5
"""Seconds left to the very first page, which needs none of it."""


class Server(BaseApplication):
    """Serves the application on HOST:PORT until told to stop."""

    def __init__(self) -> None:
        self.worker: subprocess.Popen[bytes] | None = None
        self.stopping = False
        super().__init__()

    def load_config(self) -> None:
        answers.longer_addresses()
        options: dict[str, Any] = {
            "bind": f"{environment.host()}:{environment.port()}",
            "workers": int(os.environ.get("WEB_WORKERS") or 2),
            "threads": 4,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "worker_class": answers.Worker,
            "logger_class": answers.Log,
            "limit_request_line": answers.LONGEST_ADDRESS,
            # What a header says of the scheme or of the path is for Django's settings to trust, or not.
            "forwarded_allow_ips": "",
            "post_worker_init": _warm,
            "when_ready": self._ready,
            "on_exit": self._exit,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        # Made here, after `prepare`: the static files are listed once, when the application is made.
        served = get_wsgi_application()
        get_resolver().url_patterns  # noqa: B018 -- imports every page now, once, rather than in each process
        return served

    def _ready(self, arbiter: object) -> None:
        """The socket listens: start the worker and tell the address once a page is answered."""
        # Started before gunicorn forks: a fork amid this start would hold its pipe open, and the start never end.
        self._start_worker()
        threading.Thread(target=self._keep_worker, daemon=True).start()
        threading.Thread(target=_announce, daemon=True).start()

    def _start_worker(self) -> subprocess.Popen[bytes]:
        self.worker = subprocess.Popen([sys.executable, "-m", "fairealliance", "worker"])
        return self.worker

    def _keep_worker(self) -> None:
        """Start the worker again if it ends by itself; a short wait keeps a broken one from spinning."""
        pause, worker = threading.Event(), self.worker
        while worker is not None and not self.stopping:
            worker.wait()
            if not self.stopping:
                logger.warning("The worker ended (%s): starting it again", worker.returncode)
                pause.wait(2)
            if not self.stopping:
                worker = self._start_worker()

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
        threading.Event().wait(_BEFORE_WARMING)
        try:
            warming.warm()
            challenge.read("")
            engine.find(Query(text="alliance", size=1))
            spread.warm()
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
    if folder := kept_in():
        print(f"Les courriels ne partent pas (EMAIL_HOST n’est pas réglé) : ils sont gardés dans {folder}", flush=True)  # noqa: T201
