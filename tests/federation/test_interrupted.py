"""Killed half-way and run again, an import ends the same. On SQLite, in processes of their own."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.federation.conftest import fonds_vert

ROWS = 24_000
COUNT = "SELECT COUNT(*) FROM practices_practice"
# What two runs may write in another order or at another time is left out; links are followed to what they link.
CONTENT = {
    "practices": "SELECT source_key, title, slug, summary, funding, goals, themes, fingerprint FROM practices_practice",
    "organisations": "SELECT source_key, siren, name, sphere, slug FROM organisations_organisation",
    "partners": """SELECT p.source_key, l.name, l.role, l.amount, o.siren FROM practices_practicepartner l
        JOIN practices_practice p ON p.id = l.practice_id
        LEFT JOIN organisations_organisation o ON o.id = l.organisation_id""",
    "places": """SELECT p.source_key, t.code FROM practices_practiceterritory l
        JOIN practices_practice p ON p.id = l.practice_id JOIN territories_territory t ON t.id = l.territory_id""",
}
PREPARE = """
import django; django.setup()
from django.core.management import call_command
from tests.factories import TerritoryFactory
call_command("migrate", verbosity=0)
for number in range(20):
    TerritoryFactory(code=f"42{number:03d}", name=f"Commune {number}", slug=f"commune-{number}")
"""


def command(home: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "fairealliance", *map(str, arguments)]


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TEST_DATABASE_URL")}
    return kept | {
        "FAIREALLIANCE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "fairealliance.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


def prepared(home: Path) -> Path:
    home.mkdir()
    subprocess.run([sys.executable, "-c", PREPARE], env=environment(home), check=True, cwd=Path(__file__).parents[2])
    return home


def content(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(home / "fairealliance.sqlite3") as database:
        return {name: sorted(database.execute(query).fetchall(), key=repr) for name, query in CONTENT.items()}


def count(home: Path) -> int:
    with sqlite3.connect(home / "fairealliance.sqlite3", timeout=20) as database:
        return int(database.execute(COUNT).fetchone()[0])


def killed_midway(home: Path, path: Path) -> int:
    """Starts an import and kills it as soon as something is written. Returns how much was."""
    process = subprocess.Popen(command(home, "import", "fonds-vert", path), env=environment(home))
    try:
        deadline = time.monotonic() + 60
        while count(home) == 0 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    return count(home)


@pytest.fixture
def big_file(tmp_path: Path) -> Path:
    rows = (
        {
            "numero_dossier_ds": str(number % (ROWS - 50)),
            "nom_du_projet": f"Projet {number}",
            "code_commune": f"42{number % 20:03d}",
            "nom_beneficiaire_principal": f"BENEFICIAIRE {number % 5000}",
            "siren": f"{200_000_000 + number % 5000}",
        }
        for number in range(ROWS)
    )
    path = tmp_path / "big.csv"
    path.write_text(fonds_vert(*rows), "utf-8")
    return path


def test_killed_anywhere_and_run_again_it_ends_as_one_clean_run(tmp_path, big_file):
    clean, cut = prepared(tmp_path / "clean"), prepared(tmp_path / "cut")
    subprocess.run(command(clean, "import", "fonds-vert", big_file), env=environment(clean), check=True, timeout=120)
    written = killed_midway(cut, big_file)
    # The control: it was indeed cut, between nothing and everything, and on a whole batch.
    assert 0 < written < ROWS - 50
    assert written % 2000 == 0
    assert content(cut) != content(clean)
    subprocess.run(command(cut, "import", "fonds-vert", big_file), env=environment(cut), check=True, timeout=120)
    assert content(cut) == content(clean)


def test_a_large_file_does_not_take_more_memory_than_a_small_one(tmp_path, big_file):
    """Peak memory of the import itself, beyond that of a file of one batch."""
    home = prepared(tmp_path / "home")
    small = tmp_path / "small.csv"
    with big_file.open("rb") as source:
        small.write_bytes(b"".join(next(source) for _line in range(4_001)))
    peaks = [_peak_megabytes(home, path) for path in (small, big_file)]
    assert peaks[1] - peaks[0] < 40


def _peak_megabytes(home: Path, path: Path) -> float:
    script = (
        "import resource, sys; from fairealliance.config.cli import main; sys.argv[1:] = ['import', 'fonds-vert',"
        f" {str(path)!r}]; main(); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(home), check=True, capture_output=True, text=True, timeout=120
    )
    return float(done.stdout.strip().splitlines()[-1])
