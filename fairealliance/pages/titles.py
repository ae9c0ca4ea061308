"""Titles of the pages that visitors open, for the room that counts them by their address."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _
from wagtail.models import Page

from fairealliance.needs.models import Need
from fairealliance.network.models import Catalyst
from fairealliance.observatory.models import Series, Study
from fairealliance.organisations.models import Organisation
from fairealliance.pages.models import HomePage
from fairealliance.practices.models import Practice
from fairealliance.provenance import guides
from fairealliance.resources.models import Collection, Resource
from fairealliance.roadmap.models import Measure
from fairealliance.territories.models import Indicator
from fairealliance.territories.naming import named

_FILE = Path(__file__).parent / "data" / "titles.toml"
# Name of the address → what of it anybody may read, and what of the address finds its row.
_RECORDS: Mapping[str, tuple[Callable[[], "QuerySet[Any]"], str]] = {
    "practices:detail": (Practice.objects.all, "pk"),
    "organisations:detail": (Organisation.objects.all, "pk"),
    "resources:detail": (Resource.objects.all, "pk"),
    "resources:collection": (Collection.objects.listed, "slug"),
    "needs:need": (Need.objects.public, "pk"),
    "needs:offer": (Need.objects.public, "pk"),
    "network:catalyst": (Catalyst.objects.active, "pk"),
    "observatory:study": (Study.objects.published, "slug"),
    "observatory:series": (Series.objects.all, "slug"),
    "atlas:indicator": (Indicator.objects.all, "slug"),
    # Other programmes' measures have the same numbers: they keep their address.
    "roadmap:measure": (lambda: Measure.objects.filter(programme__is_default=True), "number"),
}
_REPORTS = ("reports:page", "reports:page-by-code")
_PLACES = ("territories:detail", "territories:by-code", *_REPORTS)


def titles(paths: Iterable[str]) -> dict[str, str]:
    """Address → its title; those nobody names are left out. Two queries, and one for each kind of record."""
    wanted = list(paths)
    matches = {path: match for path in wanted if (match := _match(path))}
    return {**_fixed(matches), **_places(matches), **_recorded(matches), **_written(wanted)}


def _match(path: str) -> ResolverMatch | None:
    try:
        # What hides a token stands for any.
        return resolve(path.replace("…", "x"))
    except Resolver404:
        return None


@cache
def fixed_titles() -> Mapping[str, str]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _fixed(matches: Mapping[str, ResolverMatch]) -> dict[str, str]:
    told = {path: fixed_titles().get(match.view_name, "") for path, match in matches.items()}
    for path, match in matches.items():
        if match.view_name == "provenance:guide-page" and (guide := guides.page(match.kwargs["slug"])):
            told[path] = guide[0]
    return {path: title for path, title in told.items() if title}


def _written(paths: list[str]) -> dict[str, str]:
    home = HomePage.objects.values_list("url_path", flat=True).first()
    if home is None:
        return {}
    top = home.rstrip("/")
    # The front page is the one where one asks, whatever the tree's own root is called.
    rows = Page.objects.live().public().filter(url_path__in=[f"{top}{path}" for path in paths if path != "/"])
    return {url_path.removeprefix(top): title for url_path, title in rows.values_list("url_path", "title")}


def _places(matches: Mapping[str, ResolverMatch]) -> dict[str, str]:
    held = {
        path: f"{match.kwargs['level']}:{match.kwargs['code']}"
        for path, match in matches.items()
        if match.view_name in _PLACES
    }
    names = named(held.values()) if held else {}
    return {
        path: _("Rapport territorial : %s") % names[ref].name
        if matches[path].view_name in _REPORTS
        else names[ref].name
        for path, ref in held.items()
        if ref in names
    }


def _recorded(matches: Mapping[str, ResolverMatch]) -> dict[str, str]:
    found: dict[str, dict[Any, str]] = defaultdict(dict)
    for path, match in matches.items():
        if match.view_name in _RECORDS and "programme" not in match.kwargs:
            found[match.view_name][match.kwargs[_RECORDS[match.view_name][1]]] = path
    told = {}
    for name, held in found.items():
        rows, key = _RECORDS[name]
        for thing in rows().filter(**{f"{key}__in": held}):
            told[held[getattr(thing, key)]] = str(thing)
    return told
