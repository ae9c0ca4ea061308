"""A variable that means nothing is told in one French line; a program that is refused is told in JSON."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairealliance.config import environment


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "n'importe quoi"),
        ("DATABASE_URL", "postgres://u:motdepasse@machine:port/base"),
        ("DATABASE_URL", "mysql://u:motdepasse@machine/base"),
        ("DATABASE_URL", "postgres://u:motdepasse@machine"),
        ("PORT", "huit mille"),
        ("PORT", "99999"),
        ("PORT", "-1"),
        ("PORT", "٨٠٠٠"),
    ],
)
def test_a_wrong_setting_is_one_line(tmp_path: Path, name: str, value: str) -> None:
    given = {**os.environ, "FAIREALLIANCE_HOME": str(tmp_path), name: value}
    done = subprocess.run(
        [sys.executable, "-m", "fairealliance", "prepare"], env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr
    assert "motdepasse" not in done.stderr


@pytest.mark.parametrize(
    "value", ["postgres://u:p@h:5432/base", "postgresql://u@h/base", "postgres:///base", "sqlite:////tmp/une.sqlite3"]
)
def test_a_right_address_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    assert environment.database_url(tmp_path) == value


def test_a_wrong_method_is_refused_in_json(client, db) -> None:
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert "GET" in answer.json()["detail"]
    assert answer["Allow"] == "GET, HEAD"
    assert client.post("/robots.txt")["Content-Type"].startswith("text/html"), "pages answer as before"


def test_a_wrong_host_is_refused_in_json(client, db) -> None:
    answer = client.get("/api/v1/search", headers={"host": "ailleurs.example"})
    assert answer.status_code == 400
    assert "machine" in answer.json()["detail"]
    page = client.get("/", headers={"host": "ailleurs.example"})
    assert page.status_code == 400
    assert "html" in page["Content-Type"]
