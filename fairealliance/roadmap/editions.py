"""The editions of a programme's parts: kept at each write, read again for any day.

Two dates tell a part: the day it is read at (`on`), and the day until which what was known counts (`known_on`).
As it was known then, they are one day; as it is known now, `known_on` is today.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from fairealliance.accounts.actors import Actor
from fairealliance.roadmap.models import (
    ChangeForce,
    Dimension,
    Facilitator,
    Illustration,
    Indicator,
    Lever,
    PartEdition,
    Programme,
    Statement,
    Workstream,
)

Row = (
    Programme | Dimension | Workstream | ChangeForce | Lever | Illustration | Statement | Facilitator | Indicator
)  # fmt: skip
_MODELS: tuple[type[models.Model], ...] = (
    Programme, Dimension, Workstream, ChangeForce, Lever, Illustration, Statement, Facilitator, Indicator,
)  # fmt: skip
# Not told by anyone: our own keys and marks.
_OURS = {"id", "programme", "slug", "is_default", "digest", "removed_on"}


def kind_of(model: type[models.Model]) -> str:
    return str(model._meta.model_name)


MODELS = {kind_of(model): model for model in _MODELS}
_FIELDS = {kind: [field for field in model._meta.concrete_fields if field.name not in _OURS]
           for kind, model in MODELS.items()}  # fmt: skip


def content_of(row: models.Model) -> dict[str, Any]:
    """What `row` says, field by field."""
    return {field.attname: getattr(row, field.attname) for field in _FIELDS[kind_of(type(row))]}


def programme_of(row: Any) -> Programme:
    """The programme that `row` is a part of."""
    if isinstance(row, Programme):
        return row
    if isinstance(row, Illustration):
        owner = row.force or row.lever
        assert owner is not None
        return owner.programme
    held: Programme = row.measure.programme if hasattr(row, "measure_id") else row.programme
    return held


def last_of(row: models.Model) -> PartEdition | None:
    """Its latest edition."""
    return PartEdition.objects.filter(kind=kind_of(type(row)), row=row.pk).order_by("number").last()


def version_of(row: models.Model | None) -> int:
    """The number of its latest edition: whoever changes it says which one they had read."""
    last = last_of(row) if row is not None else None
    return last.number if last else 0


def keep(*, by: Actor, row: Any, since: date | None = None, is_removed: bool = False) -> PartEdition:
    """Adds the edition that `row` now is, from `since` on (today when not said), or its removal."""
    last = last_of(row)
    day = since or timezone.localdate()
    return PartEdition.objects.create(
        programme=programme_of(row),
        kind=kind_of(type(row)),
        row=row.pk,
        number=last.number + 1 if last else 1,
        since=max(day, last.since) if last else day,
        content=content_of(row),
        is_removed=is_removed,
        by_label=by.label[:200],
    )


def held(
    programme: Programme, on: date, known_on: date, kinds: Iterable[type[models.Model]] = _MODELS
) -> dict[type[models.Model], list[Any]]:
    """The parts of `programme` on the day `on`, after what was known on `known_on`. One query.

    They are rows as they were, not to be saved; `recorded_at` says when each was recorded.
    """
    wanted = {kind_of(model): model for model in kinds}
    rows = PartEdition.objects.filter(programme=programme, since__lte=known_on, kind__in=wanted)
    editions: defaultdict[tuple[str, int], list[PartEdition]] = defaultdict(list)
    for edition in rows.order_by("number"):
        editions[edition.kind, edition.row].append(edition)
    found: dict[type[models.Model], list[Any]] = {model: [] for model in wanted.values()}
    for (kind, _row), known in editions.items():
        if chosen := in_force(known, on, known_on):
            found[wanted[kind]].append(_rebuilt(chosen))
    for model, some in found.items():
        some.sort(key=_order(model))
    return found


def in_force(known: Sequence[PartEdition], on: date, known_on: date) -> PartEdition | None:
    """Of the editions of one part, that of the day `on`.

    Read with what is known later, a part told after that day is the one there is; one taken away before it is not.
    """
    before = [each for each in known if each.since <= on]
    if before:
        return None if before[-1].is_removed else before[-1]
    return None if known_on <= on or known[-1].is_removed else known[0]


def _rebuilt(edition: PartEdition) -> Any:
    model = MODELS[edition.kind]
    told = {
        field.attname: field.to_python(edition.content[field.attname])
        for field in _FIELDS[edition.kind]
        if field.attname in edition.content
    }
    row: Any = model(pk=edition.row, **told)
    if edition.kind != "programme" and hasattr(row, "programme_id"):
        row.programme_id = edition.programme_id
    row.recorded_at = edition.recorded_at
    return row


def _order(model: type[models.Model]) -> Any:
    names = [name for name in model._meta.ordering or () if name in ("number", "dated_on")]
    return lambda row: (*(getattr(row, name) for name in names), row.pk)
