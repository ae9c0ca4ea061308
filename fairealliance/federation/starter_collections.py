"""Collections of the starter content (starter/collections.toml)."""

import tomllib
from collections.abc import Iterable

from django.db.models import Q

from fairealliance.accounts.actors import Actor
from fairealliance.federation.sources import STARTER
from fairealliance.journal.models import Entry
from fairealliance.resources.actions import CollectionFacts, save_collection
from fairealliance.resources.models import Collection, Resource

FILE = STARTER / "collections.toml"


def load_collections(*, by: Actor) -> int:
    """Makes those that are not there, and were not taken away; an editor's words are never written over.

    Returns how many were made.
    """
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known = set(Collection.objects.filter(slug__in=told).values_list("slug", flat=True))
    known |= _taken_away(told)
    missing = {slug: facts for slug, facts in told.items() if slug not in known}
    held = _held([item for facts in missing.values() for item in facts["items"]])
    for slug, facts in missing.items():
        items = [(held[where], item["note"]) for item in facts["items"] if (where := _where(item)) in held]
        words = {name: facts[name].strip() for name in ("title", "cover", "intro")}
        save_collection(by=by, facts=CollectionFacts(**words, is_public=True, items=items, slug=slug))
    return len(missing)


def _taken_away(slugs: Iterable[str]) -> set[str]:
    subjects = [f"collection:{slug}" for slug in slugs]
    rows = Entry.objects.filter(verb="collection-deleted", subject__in=subjects).values_list("subject", flat=True)
    return {subject.removeprefix("collection:") for subject in rows}


def _where(item: dict[str, str]) -> tuple[str, str]:
    return item["source"], item["key"]


def _held(items: list[dict[str, str]]) -> dict[tuple[str, str], Resource]:
    """Source and key → the resource, of those the base holds. One query."""
    wanted = Q(pk__in=())
    for source, key in map(_where, items):
        wanted |= Q(source__slug=source, source_key=key)
    rows = Resource.objects.filter(wanted).select_related("source").order_by("pk")
    return {(row.source.slug, row.source_key): row for row in rows if row.source}
