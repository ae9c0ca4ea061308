"""Fields that an editor corrected: what a source says of them afterwards is told, and not written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from fairealliance.lib import bulk
from fairealliance.provenance.models import CorrectedField, Sourced

_NAMING = ("title", "name")


class Kept(NamedTuple):
    """`offered`: what the source would have written in `field` of the row known there by `key`."""

    key: str
    field: str
    offered: str


def remember(thing: Sourced, field: str) -> None:
    CorrectedField.objects.get_or_create(kind=thing._meta.label_lower, row_id=thing.pk, field=field)


def forget(thing: Sourced, field: str) -> None:
    """Imports write it again."""
    CorrectedField.objects.filter(kind=thing._meta.label_lower, row_id=thing.pk, field=field).delete()


def corrected(model: type[Sourced], ids: Collection[int]) -> dict[int, set[str]]:
    """Id → columns no import writes: a corrected title keeps its address too."""
    found: dict[int, set[str]] = defaultdict(set)
    kind = model._meta.label_lower
    for pk, field in bulk.select_in(CorrectedField, ("row_id", "field"), "row_id", ids, "kind = %s", [kind]):
        found[pk] |= {field, "slug"} if field in _NAMING else {field}
    return found


def spared(
    model: type[Sourced], columns: Sequence[str], rows: Sequence[Sequence[Any]], keys: Iterable[str]
) -> tuple[list[Sequence[Any]], list[Kept]]:
    """`rows` (new values of `columns`, then the id), with what was corrected as it stands.

    One query when nothing was.
    """
    fields = corrected(model, [row[-1] for row in rows])
    if not fields:
        return list(rows), []
    names = [name for name in columns if any(name in some for some in fields.values())]
    held = {pk: dict(zip(names, values, strict=True))
            for pk, *values in bulk.select_in(model, ("id", *names), "id", fields)}  # fmt: skip
    kept: list[Kept] = []
    safe: list[Sequence[Any]] = []
    for key, row in zip(keys, rows, strict=True):
        stands = {name: held[row[-1]][name] for name in fields.get(row[-1], ()) if name in columns}
        told = dict(zip(columns, row, strict=False))
        kept += differing(key, told, stands)
        safe.append([*(stands.get(name, told[name]) for name in columns), row[-1]] if stands else row)
    return safe, kept


def differing(key: str, told: dict[str, Any], stands: dict[str, Any]) -> list[Kept]:
    """What the source says otherwise than what stands."""
    return [
        Kept(key, name, "" if told[name] is None else str(told[name]))
        for name, value in stands.items()
        if name != "slug" and not _same(told[name], value)
    ]


def _same(one: Any, other: Any) -> bool:
    if str(one or "") == str(other or ""):
        return True
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except InvalidOperation:
        return False
