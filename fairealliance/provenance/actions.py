"""Writing sources."""

from typing import TypedDict, Unpack

from django.db import transaction

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.provenance.models import Source


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
