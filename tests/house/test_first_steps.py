"""The first command a newcomer copies does what it says, wherever the product was started."""

import subprocess

import pytest

from fairealliance.config import prepare

pytestmark = pytest.mark.django_db
_DATABASE = "postgres://fa:tres-secret@127.0.0.1:5432/fa"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in prepare._NEEDED:
        monkeypatch.delenv(name, raising=False)


def told() -> list[str]:
    lines: list[str] = []
    prepare._tell_first_steps(lines.append)
    return lines


def set_by(command: str, **given: str) -> subprocess.CompletedProcess[str]:
    """The variables that a shell gives to what `command` starts."""
    shown = command.replace(".venv/bin/fairealliance editor add VOTRE@COURRIEL", "env")
    assert shown != command
    return subprocess.run(["/bin/sh", "-c", shown], env=given, capture_output=True, text=True)


def test_nothing_more_is_told_than_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told()[-1] == "  .venv/bin/fairealliance editor add VOTRE@COURRIEL"


def test_the_command_works_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    here = {
        "PORT": "8514",
        "FAIREALLIANCE_HOME": "/srv/faire alliance",
        "PUBLIC_ADDRESS": "https://faire.example",
        "DATABASE_URL": "postgres://fa@127.0.0.1:5432/fa?sslmode=disable&x='",
    }
    for name, value in here.items():
        monkeypatch.setenv(name, value)
    found = set_by(told()[-1]).stdout
    assert all(f"{name}={value}\n" in found for name, value in here.items())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", _DATABASE),
        ("DATABASE_URL", "postgres://127.0.0.1/fa?user=fa&password=tres-secret"),
        ("DJANGO_SECRET_KEY", "tres-secret"),
        ("JOURNAL_KEY", "tres-secret"),
    ],
)
def test_a_secret_is_named_and_never_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    lines = told()
    assert "tres-secret" not in "".join(lines)
    assert name in lines[-2]
    assert f"{name}={value}\n" in set_by(lines[-1], **{name: value}).stdout
    without = set_by(lines[-1])
    assert without.returncode, "without it, the command would write into another base, or sign with another key"
    assert name in without.stderr
