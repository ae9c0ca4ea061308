"""One resource, written by a person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.lib.slugs import slug
from fairealliance.resources.models import Resource
from fairealliance.territories.models import Territory

FACTS = (
    *("title", "kind", "summary", "producer", "producer_name", "audience", "stage", "progress", "goals", "targets"),
    *("themes", "link", "year", "language", "licence"),
)
"""What a person may say of a resource, besides its territories."""


class Stale(Exception):
    """Someone else changed it in between: nothing was written."""


def create_resource(*, by: Actor, facts: Mapping[str, Any], territories: Iterable[Territory] = ()) -> Resource:
    """A resource that comes from no source but the secretariat."""
    require_hub_editor(by)
    with transaction.atomic():
        resource = Resource(**{name: facts[name] for name in FACTS if name in facts})
        _save(resource)
        resource.territories.set(territories)
        _tell(by, resource, "created", {"title": resource.title})
    return resource


def update_resource(
    *,
    by: Actor,
    resource: Resource,
    seen: datetime,
    facts: Mapping[str, Any],
    territories: Iterable[Territory] | None = None,
) -> bool:
    """Alters `resource` as it was `seen` (its `updated_at`); True when something changed.

    Raises Stale when it changed since, ValidationError when a fact cannot be.
    """
    require_hub_editor(by)
    with transaction.atomic():
        kept = Resource.objects.select_for_update().get(pk=resource.pk)
        if kept.updated_at != seen:
            raise Stale(_("Quelqu’un d’autre a modifié cette ressource entre-temps."))
        changed = {
            name: [_plain(getattr(kept, name)), _plain(facts[name])]
            for name in FACTS
            if name in facts and getattr(kept, name) != facts[name]
        }
        for name in changed:
            setattr(kept, name, facts[name])
        changed |= _move(kept, territories)
        if changed:
            _save(kept)
            _tell(by, kept, "updated", {"changed": changed})
    return bool(changed)


def _move(resource: Resource, territories: Iterable[Territory] | None) -> dict[str, list[Any]]:
    if territories is None:
        return {}
    before, after = set(resource.territories.order_by("pk")), set(territories)
    if before == after:
        return {}
    resource.territories.set(after)
    return {"territories": [sorted(each.ref for each in some) for some in (before, after)]}


def _save(resource: Resource) -> None:
    resource.slug = slug(resource.title) or "ressource"
    resource.full_clean(exclude=["source"])
    resource.save()


def _plain(value: Any) -> Any:
    """As the journal keeps it: an organisation by its number."""
    return getattr(value, "pk", value)


def _tell(by: Actor, resource: Resource, verb: str, detail: dict[str, Any]) -> None:
    record(
        by=by,
        verb=f"resource-{verb}",
        subject=f"resource:{resource.pk}",
        detail=detail,
        changed=[("resource", str(resource.pk))],
    )
