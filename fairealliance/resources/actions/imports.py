"""Resources that come by the thousand, from files."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed
from fairealliance.lib import bulk
from fairealliance.lib.slugs import slug
from fairealliance.provenance.actions import remove_invented
from fairealliance.provenance.bulk import Saved, as_json, save_rows
from fairealliance.provenance.corrections import correct_field
from fairealliance.provenance.models import Source
from fairealliance.resources.models import Resource
from fairealliance.resources.rows import COLUMNS, FIRST_LIST, ResourceRow

CORRECTABLE = ("title", "summary", "producer_name", "link", "year", "licence")


def save_batch(*, by: Actor, source: Source, rows: Sequence[ResourceRow]) -> Saved:
    """Makes or alters resources, each known by its key in `source`. Keys are unique among `rows`.

    The caller tells the journal of the whole run.
    """
    require_hub_editor(by)
    with transaction.atomic():
        saved = save_rows(
            Resource, source_id=source.pk, columns=(*COLUMNS, "slug"), rows=[_stored(row) for row in rows]
        )
        _link(rows, saved)
        mark_changed("resource", saved.changed_ids())
    return saved


def _stored(row: ResourceRow) -> tuple[Any, ...]:
    return (*row[:FIRST_LIST], *map(as_json, row[FIRST_LIST:-1]), slug(row.title))


def _link(rows: Sequence[ResourceRow], saved: Saved) -> None:
    through = Resource.territories.through
    bulk.delete_in(through, "resource_id", [saved.ids[key] for key in saved.updated])
    changed = {*saved.created, *saved.updated}
    links = [(saved.ids[row.key], pk) for row in rows if row.key in changed for pk in dict.fromkeys(row.territories)]
    bulk.insert(
        through,
        ("resource_id", "territory_id"),
        links,
        on_conflict="ON CONFLICT (resource_id, territory_id) DO NOTHING",
    )


def remove_demo(*, by: Actor) -> int:
    """Deletes every invented resource. Returns how many there were."""
    return remove_invented(Resource, by=by, kind="resource")


def correct(*, by: Actor, resource: Resource, field: str, text: str) -> Resource:
    """Writes `text` in one of CORRECTABLE. Raises ValidationError, in French, when it cannot hold it."""
    assert field in CORRECTABLE
    return correct_field(resource, by=by, kind="resource", field=field, text=text)
