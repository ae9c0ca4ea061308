"""Writing sources."""

from typing import TypedDict, Unpack

from django.db import transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed, record
from fairealliance.provenance.models import Source, Sourced


class SourceData(TypedDict, total=False):
    """Fields of a source; `slug` and `label` are needed the first time."""

    slug: str
    label: str
    producer: str
    url: str
    licence: str
    licence_url: str
    vintage: str
    is_demo: bool


def save_source(*, by: Actor, **data: Unpack[SourceData]) -> tuple[Source, str]:
    """Makes or alters the source `slug`. Returns it with `created`, `updated` or `unchanged`."""
    require_hub_editor(by)
    slug = data["slug"]
    with transaction.atomic():
        source = Source.objects.filter(slug=slug).first()
        outcome = "created" if source is None else "updated"
        if source is None:
            source = Source(slug=slug)
        elif all(getattr(source, name) == value for name, value in data.items()):
            return source, "unchanged"
        for name, value in data.items():
            setattr(source, name, value)
        source.save()
        record(by=by, verb=f"source-{outcome}", subject=f"source:{slug}")
    return source, outcome


def remove_invented(model: type[Sourced], *, by: Actor, kind: str) -> int:
    """Deletes the invented rows of `model`, known to the outbox as `kind`. Returns how many there were."""
    require_hub_editor(by)
    with transaction.atomic():
        ids = list(model._default_manager.filter(is_demo=True).order_by("pk").values_list("pk", flat=True))
        mark_changed(kind, ids)
        model._default_manager.filter(pk__in=ids).delete()
        record(by=by, verb="demo-removed", subject=f"{kind}:demo", detail={"removed": len(ids)})
    return len(ids)


def remove_invented_sources(*, by: Actor) -> int:
    """Deletes the sources of invented content, once nothing comes from them. Returns how many there were."""
    require_hub_editor(by)
    with transaction.atomic():
        removed, _by_model = Source.objects.filter(is_demo=True).delete()
        record(by=by, verb="demo-removed", subject="source:demo", detail={"removed": removed})
    return removed
