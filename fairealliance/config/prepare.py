"""Everything a fresh or updated copy needs before it serves. Each step looks first and does nothing twice."""

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.roadmap import starter as roadmap_starter
from fairealliance.search.store import default_store

_PREPARE_LOCK = 7_205_418
Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Database, reference data, starter content, static files, search index: made or brought up to date."""
    with _alone():
        _step(say, "Base de données", _migrate)
        _step(say, "Territoires", lambda: call_command("load_territories", verbosity=0))
        _step(say, "Contenus de départ", lambda: call_command("starter", verbosity=0))
        _step(say, "Observatoire", lambda: call_command("observatory_starter", verbosity=0))
        _step(say, "Feuille de route", lambda: roadmap_starter.load(by=SYSTEM))
        _step(say, "Pages et bureau", lambda: call_command("desk", verbosity=0))
    _step(say, "Fichiers statiques", _collect_static)
    _step(say, "Index de recherche", _build_index)
    _tell_first_steps(say)
    connections.close_all()  # what follows forks, and a connection cannot be shared


def _tell_first_steps(say: Say) -> None:
    if User.objects.secretariat().exists():
        return
    say("Personne n’entre encore au bureau du secrétariat. Pour y faire entrer quelqu’un, dans un autre terminal :")
    if secrets := [name for name in _NEEDED if _is_secret(name)]:
        say(f"  (donnez-y d’abord la même valeur qu’ici à {', '.join(secrets)} : secret, donc pas montré)")
    say(f"  {''.join(_set_here())}.venv/bin/fairealliance editor add VOTRE@COURRIEL")


_SECRETS = ("DJANGO_SECRET_KEY", "JOURNAL_KEY")
_NEEDED = ("PORT", "FAIREALLIANCE_HOME", "PUBLIC_ADDRESS", "DATABASE_URL", *_SECRETS)


def _set_here() -> Iterator[str]:
    """What another terminal must be told too, or its link leads elsewhere and its person into another base.

    A secret is only named: the shell stops with its name where it is not set.
    """
    for name in _NEEDED:
        if told := os.environ.get(name):
            yield f'{name}="${{{name}:?}}" ' if _is_secret(name) else f"{name}={shlex.quote(told)} "


def _is_secret(name: str) -> bool:
    told = os.environ.get(name, "")
    if name in _SECRETS:
        return bool(told)
    parts = urlsplit(told)
    return parts.password is not None or "password" in parts.query.lower()


def _step(say: Say, label: str, act: Callable[[], object]) -> None:
    started = time.monotonic()
    act()
    elapsed = time.monotonic() - started
    if elapsed > 0.5:
        say(f"  {label} : prêt ({elapsed:.1f} s)")


@contextmanager
def _alone() -> Iterator[None]:
    """Two nodes starting on one PostgreSQL prepare it one after the other. SQLite has one node."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_PREPARE_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_PREPARE_LOCK])


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)  # looks first


def _collect_static() -> None:
    """Collect anew when any source file is another than last time."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda entry: entry[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest.hexdigest())


def _build_index() -> None:
    """The first index, in a process of its own: its threads would not survive the server's forks."""
    store = default_store()
    serving = store.current()
    if serving is None or not store.is_up_to_date(serving):
        subprocess.run([sys.executable, "-m", "fairealliance", "reindex"], check=True, stdout=subprocess.DEVNULL)
