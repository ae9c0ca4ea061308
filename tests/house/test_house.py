"""The house's own rules, held by tests so that a red run lands nothing."""

import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import allauth
import pytest
import wagtail
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def test_imports_go_down() -> None:
    """In a process of its own: the linter's command sets up logging anew, which silences everyone else's loggers."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


@pytest.mark.django_db
def test_models_have_their_migrations() -> None:
    out = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes" in out.getvalue()


def test_every_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text().split("dependencies = [", 1)[1].split("]\n", 1)[0].splitlines()
    silent = [line for line in lines if line.strip().startswith('"') and "#" not in line]
    assert silent == []


def test_each_room_is_in_the_architecture_and_in_the_linter() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text()
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = {path.parent.name for path in (ROOT / "fairealliance").glob("*/apps.py")} | {"lib"}
    assert rooms == {room.strip() for layer in layers for room in layer.split("|")}
    assert [room for room in rooms if not re.search(rf"^(\w+ \| )?{room} ", document, re.MULTILINE)] == []


def test_templates_hold_no_inline_script_or_style() -> None:
    """The Content-Security-Policy would silently drop them."""
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*ld\+json)|\son[a-z]+=")
    guilty = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "fairealliance").rglob("*.html")
        if path.name not in MAILS and (match := inline.search(path.read_text()))
    ]
    assert guilty == []


MAILS = {"mail.html", "mail_parts.html"}
"""No page: no policy reaches them, and programs of mail keep a style only where it stands."""


def test_no_page_is_made_of_what_mails_are_made_of() -> None:
    named = [
        str(path.relative_to(ROOT))
        for pattern in ("*.py", "*.html")
        for path in (ROOT / "fairealliance").rglob(pattern)
        if any(f"design/{name}" in path.read_text() for name in MAILS)
    ]
    assert sorted(named) == ["fairealliance/design/letters.py", "fairealliance/design/templates/design/mail.html"]


def test_every_template_is_used() -> None:
    """A template nobody names is dead."""
    source = "\n".join(
        path.read_text() for pattern in ("*.py", "*.html") for path in (ROOT / "fairealliance").rglob(pattern)
    )
    errors = {"400.html", "403.html", "404.html", "500.html"}
    theirs = [Path(allauth.__file__).parent / "templates", Path(wagtail.__file__).parent / "admin" / "templates"]
    unused = []
    for path in (ROOT / "fairealliance").rglob("templates/**/*.html"):
        name = str(path).split("/templates/", 1)[1]
        asked_elsewhere = name in errors or any((folder / name).exists() for folder in theirs)
        if not asked_elsewhere and f'"{name}"' not in source and f"'{name}'" not in source:
            unused.append(name)
    assert unused == []


@pytest.mark.django_db
def test_strict_policy_on_every_answer(client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert settings.DATABASES["default"]["ENGINE"].split(".")[-1] in {"sqlite", "postgresql"}


@pytest.mark.django_db
def test_health_is_json(client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert told["status"] == "ok"
    assert told["search"] == "unavailable", "no index was made: said, and no outage"
