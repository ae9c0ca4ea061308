"""Import of a large file, beside a bare `executemany` of the very same rows into the very same tables.

Goal: at least 0.4 × the rows a second of the bare insert, in constant memory. Ours reads the file, recognises its
encoding, repairs, validates, finds territories and organisations, writes in batches that can be interrupted, and tells
the index. The bare insert has the finished rows in memory, those of the outbox too.

Validated and indexed: from the first row read until the worker, a process of its own beside the import as in life, has
made the last of them findable.
"""

import contextlib
import csv
import io
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

GOAL = 0.4
ROUNDS = 3
ROWS = int(os.environ.get("BENCH_IMPORT_ROWS", "100000"))
# In this order, so that foreign keys hold.
TABLES = (
    "provenance_source",
    "organisations_organisation",
    "organisations_organisationterritory",
    "practices_practice",
    "practices_practicepartner",
    "practices_practiceterritory",
    "journal_change",
)
# The log is copied back as seldom as ours is.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=4000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-65536"
)
BATCH = 2_000

_HEADER = (
    "nom_region", "code_departement", "nom_departement", "code_commune", "nom_commune", "axe", "numero_demarche_ds",
    "nom_demarche_ds", "numero_dossier_ds", "nom_du_projet", "nom_beneficiaire_principal", "siren", "montant_engage",
)  # fmt: skip
_WORKS = (
    "Rénovation énergétique",
    "Éclairage public",
    "Renaturation de la cour",
    "Végétalisation",
    "Aire de covoiturage",
)
_PLACES = (
    "de l’école primaire",
    "de la mairie",
    "du gymnase",
    "de la salle des fêtes",
    "du centre-bourg",
    "de la médiathèque",
)
_SCHEMES = (
    ("1", "69071", "Rénovation énergétique des bâtiments publics locaux"),
    ("1", "69022", "Rénovation des parcs de luminaires d’éclairage public"),
    ("2", "67821", "Renaturation des villes et des villages"),
    ("3", "69278", "Développement du covoiturage"),
)


def main() -> int:
    home = Path(tempfile.mkdtemp(prefix="fairealliance-bench-"))
    try:
        return _run(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(home: Path) -> int:
    os.environ.update(FAIREALLIANCE_HOME=str(home), DJANGO_SETTINGS_MODULE="fairealliance.config.settings")
    os.environ.pop("DATABASE_URL", None)
    import django  # noqa: PLC0415 -- settings read the environment set just above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_territories", stdout=io.StringIO())
    call_command("reindex", stdout=io.StringIO())
    connections.close_all()
    empty, index = home / "empty.sqlite3", home / "index"
    full = home / "fairealliance.sqlite3"
    shutil.copy(full, empty)
    shutil.copytree(index, home / "empty_index")
    path = home / "fonds_vert.csv"
    _write_file(path, ROWS)
    # Turn about, best of each: whatever else the machine does falls on all.
    firsts, followed, bares, memory = [], [], [], []
    for _round in range(ROUNDS):
        connections.close_all()
        _copy(empty, full)
        shutil.rmtree(index)
        shutil.copytree(home / "empty_index", index)
        with _worker():
            started = time.perf_counter()
            _elapsed, *peaks = _timed_import(path)
            _wait_for_index()
            followed.append(time.perf_counter() - started)
        memory = memory or peaks  # once the bare insert has had the rows in memory, they are in the peak
        connections.close_all()
        bares.append(_timed_bare(full, _fresh(empty)))
        _copy(empty, full)
        firsts.append(_timed_import(path)[0])
    again, *_memory = _timed_import(path)
    connections.close_all()
    before, after = memory
    first, indexed_in, bare = min(firsts), min(followed), min(bares)
    ratio, indexed = bare / first, bare / indexed_in
    size = path.stat().st_size / 1e6
    print(f"file of {ROWS:,} rows, {size:.0f} MB; each row: a practice, two partners, a place, often an organisation")
    print(f"{'ours, first time':34}{ROWS / first:>12,.0f} rows/s")
    print(f"{'ours, again (all unchanged)':34}{ROWS / again:>12,.0f} rows/s")
    print(f"{'bare executemany, same tables':34}{ROWS / bare:>12,.0f} rows/s")
    print(f"{'ratio, validated and in the outbox':34}{ratio:>12.2f}")
    print(f"{'ours, indexed by the worker beside':34}{ROWS / indexed_in:>12,.0f} rows/s")
    print(
        f"{'ratio, validated and indexed':34}{indexed:>12.2f}   goal ≥ {GOAL}  {'ok' if indexed >= GOAL else 'MISSED'}"
    )
    print(f"{'memory: before, after (peak)':34}{before:>8.0f} MB {after:>6.0f} MB")
    return 0


def _copy(source: Path, target: Path) -> None:
    """A database without the journal of the one that was there."""
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.copy(source, target)


def _fresh(empty: Path) -> Path:
    target = empty.with_name("bare.sqlite3")
    _copy(empty, target)
    return target


def _timed_import(path: Path) -> tuple[float, float, float]:
    from fairealliance.accounts.actors import SYSTEM  # noqa: PLC0415 -- after django.setup()
    from fairealliance.federation.actions import import_file  # noqa: PLC0415

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    done = import_file(by=SYSTEM, kind="fonds-vert", path=path)
    elapsed = time.perf_counter() - started
    assert (done.tally.read, done.tally.rejected) == (ROWS, 0), done.tally
    return elapsed, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    """The process that indexes, ready, for the time of the block."""
    from fairealliance.journal.models import Change  # noqa: PLC0415 -- after django.setup()

    worker = subprocess.Popen([sys.executable, "-m", "fairealliance", "worker"])
    try:
        # Ready as in life, where it has been up for days: after its first step it reads the language (`_be_ready`).
        for _step in range(2):
            Change.objects.create(kind="nothing", key="0")
            _wait_for_index()
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def _wait_for_index() -> None:
    from fairealliance.search.store import default_store, read_cursor  # noqa: PLC0415 -- after django.setup()
    from fairealliance.search.writer import last_change  # noqa: PLC0415

    wanted = last_change()
    for _try in range(6_000):
        serving = default_store().current()
        if serving is not None and read_cursor(serving) >= wanted:
            return
        time.sleep(0.05)
    raise RuntimeError("the worker did not index in five minutes")


def _timed_bare(full: Path, target_path: Path) -> float:
    source = sqlite3.connect(full)
    tables = {}
    for name in TABLES:
        cursor = source.execute(f"SELECT * FROM {name} ORDER BY id")
        tables[name] = (len(cursor.description), cursor.fetchall())
    source.close()
    target = sqlite3.connect(target_path, isolation_level=None)
    for pragma in PRAGMAS.split(";"):
        target.execute(pragma)
    # Loading the territories left a source and some changes behind.
    for name in ("provenance_source", "journal_change"):
        held = {row[0] for row in target.execute(f"SELECT id FROM {name}")}
        tables[name] = (tables[name][0], [row for row in tables[name][1] if row[0] not in held])
    started = time.perf_counter()
    for name, (width, rows) in tables.items():
        statement = f"INSERT INTO {name} VALUES ({', '.join('?' * width)})"
        for start in range(0, len(rows), BATCH):
            target.execute("BEGIN IMMEDIATE")
            target.executemany(statement, rows[start : start + BATCH])
            target.execute("COMMIT")
    elapsed = time.perf_counter() - started
    target.close()
    return elapsed


def _write_file(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADER)
        writer.writerows(_rows(count))


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    from fairealliance.territories.models import Territory  # noqa: PLC0415 -- after django.setup()

    draw = random.Random(17)
    communes = list(Territory.objects.filter(level="commune").order_by("code").values_list("code", "name"))
    sirens = [_siren(draw) for _ in range(count * 2 // 3)]
    for number in range(count):
        code, name = draw.choice(communes)
        departement = code[:3] if code.startswith("97") else code[:2]
        axis, scheme, label = draw.choice(_SCHEMES)
        title = f"{draw.choice(_WORKS)} {draw.choice(_PLACES)} de {name}, tranche {number % 7}"
        euros, siren = draw.randrange(2_000, 900_000), draw.choice(sirens)
        money = f"{euros // 1000}\u00a0{euros % 1000:03d},{draw.randrange(100):02d} €"
        # As found in the real file: one code in ten lost its zero when it could.
        shown = code[1:] if code.startswith("0") and draw.random() < 0.5 else code
        yield (
            "Région", departement, "Département", shown, name.upper(), axis, scheme, label,
            str(10_000_000 + number), title, name.upper(), siren, money,
        )  # fmt: skip


def _siren(draw: random.Random) -> str:
    body = f"2{draw.randrange(10**7):07d}"
    digits = [int(sign) for sign in body]
    total = sum(sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(digits))
    return f"{body}{-total % 10}"


if __name__ == "__main__":
    sys.exit(main())
