"""Collections, written by a person or by the starter content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.lib.slugs import slug
from fairealliance.resources.actions.edits import Stale
from fairealliance.resources.models import Collection, CollectionItem, Resource


@dataclass(frozen=True, slots=True)
class CollectionFacts:
    """All of a collection. `items`: resources in their order, each with its note; one resource stands once."""

    title: str
    cover: str = ""
    intro: str = ""
    is_public: bool = False
    items: Sequence[tuple[Resource, str]] = ()
    slug: str = ""


def save_collection(
    *, by: Actor, facts: CollectionFacts, collection: Collection | None = None, seen: datetime | None = None
) -> Collection:
    """Makes a collection, or alters the one `seen` (its `updated_at`). Raises Stale or ValidationError."""
    require_hub_editor(by)
    with transaction.atomic():
        kept = Collection() if collection is None else Collection.objects.select_for_update().get(pk=collection.pk)
        if collection is not None and kept.updated_at != seen:
            raise Stale(_("Quelqu’un d’autre a modifié cette collection entre-temps."))
        verb = "collection-created" if collection is None else "collection-updated"
        kept.title, kept.cover, kept.intro, kept.is_public = facts.title, facts.cover, facts.intro, facts.is_public
        if not kept.slug:
            kept.slug = _free_slug(facts.slug or facts.title)
        kept.full_clean()
        kept.save()
        _put(kept, facts)
        detail = {"title": kept.title, "public": kept.is_public, "items": [each.pk for each, _note in facts.items]}
        record(by=by, verb=verb, subject=f"collection:{kept.slug}", detail=detail)
    return kept


def delete_collection(*, by: Actor, collection: Collection) -> None:
    """Takes the collection away; its resources stay."""
    require_hub_editor(by)
    with transaction.atomic():
        items = list(collection.items.values_list("resource_id", flat=True))
        detail = {"title": collection.title, "items": items}
        record(by=by, verb="collection-deleted", subject=f"collection:{collection.slug}", detail=detail)
        collection.delete()


def _put(collection: Collection, facts: CollectionFacts) -> None:
    collection.items.all().delete()
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, resource=resource, place=place, note=note)
        for place, (resource, note) in enumerate(facts.items, start=1)
    )


def _free_slug(words: str) -> str:
    wanted = slug(words)[:90] or "collection"
    taken = set(Collection.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(each for number in range(2, len(taken) + 3) if (each := f"{wanted}-{number}") not in taken)
