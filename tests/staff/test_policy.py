"""The desk's policy: scripts written in a page run on Wagtail's screens only (docs/adr/0022-scripts-of-the-desk.md)."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

pytestmark = pytest.mark.django_db

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<[^>]+\son[a-z]+=", re.IGNORECASE)


def _screens() -> list[str]:
    """Addresses of the screens of rooms that need nothing named."""
    found = []
    desk = next(each for each in get_resolver().url_patterns if str(each.pattern) == "gestion/")
    for room in desk.url_patterns:
        name = getattr(room, "app_name", None) or ""
        for screen in room.url_patterns if name.startswith("staff_") else ():
            try:
                found.append(reverse(f"{name}:{screen.name}"))
            except NoReverseMatch:
                continue
    return found


def test_our_screens_run_no_script_written_in_the_page(desk: Client) -> None:
    screens = _screens()
    assert len(screens) >= 10
    read = 0
    for address in screens:
        answer = desk.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        read += 1
        policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
        assert "unsafe-inline" not in policy.get("script-src", policy["default-src"]), address
        assert not _INLINE.search(answer.content.decode()), address
    assert read >= 8


def test_what_the_desk_shows_is_nobody_else_s(desk: Client) -> None:
    for address in _screens():
        said = desk.get(address)["Cache-Control"]
        assert {"private", "no-cache"} <= set(said.split(", ")), address


def test_wagtail_s_own_screens_still_work(desk: Client) -> None:
    assert "script-src 'self' 'unsafe-inline'" in desk.get("/gestion/")["Content-Security-Policy"]


def test_mails_that_stay_are_said_at_the_desk(desk: Client, settings) -> None:  # type: ignore[no-untyped-def]
    assert "Aucun courriel ne part" not in desk.get("/gestion/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    page = desk.get("/gestion/").content.decode()
    assert "Aucun courriel ne part" in page
    assert str(settings.EMAIL_FILE_PATH) in page
