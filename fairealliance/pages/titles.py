"""Titles of the pages that visitors open, for the room that counts them by their address."""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import Resolver404, resolve
from wagtail.models import Page

from fairealliance.organisations.models import Organisation
from fairealliance.pages.models import HomePage
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource

_RECORDS = {"practices:detail": Practice, "organisations:detail": Organisation, "resources:detail": Resource}


def titles(paths: Iterable[str]) -> dict[str, str]:
    """Address → title of what editors published and of records; others are left out. Five queries at most."""
    wanted = list(paths)
    return {**_written(wanted), **_recorded(wanted)}


def _written(paths: list[str]) -> dict[str, str]:
    home = HomePage.objects.values_list("url_path", flat=True).first()
    if home is None:
        return {}
    top = home.rstrip("/")
    rows = Page.objects.live().public().filter(url_path__in=[f"{top}{path}" for path in paths])
    return {url_path.removeprefix(top): title for url_path, title in rows.values_list("url_path", "title")}


def _recorded(paths: list[str]) -> dict[str, str]:
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for path in paths:
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if match.view_name in _RECORDS:
            found[match.view_name][match.kwargs["pk"]] = path
    told = {}
    for name, held in found.items():
        for thing in _RECORDS[name]._default_manager.filter(pk__in=held):
            told[held[thing.pk]] = str(thing)
    return told
