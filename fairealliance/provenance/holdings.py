"""What we hold of each source. Higher rooms say which of their models come from sources (AppConfig.ready)."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Count
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Holding:
    """A model with a `source`, and how to say one and many of it."""

    model: type[models.Model]
    one: str | Promise
    many: str | Promise


@dataclass(frozen=True, slots=True)
class Held:
    """So many of one kind."""

    count: int
    one: str | Promise
    many: str | Promise


_holdings: dict[str, Holding] = {}


def register(model: type[models.Model], *, one: str | Promise, many: str | Promise) -> None:
    """Count `model` on the page of sources. Order of registration is the order shown."""
    _holdings[model._meta.label] = Holding(model, one, many)


def held_by_source() -> dict[int, list[Held]]:
    """Source id → what comes from it; one query per registered model, whatever the number of sources."""
    held: dict[int, list[Held]] = defaultdict(list)
    for holding in _holdings.values():
        rows = holding.model._default_manager.filter(source__isnull=False).order_by()
        for source_id, count in rows.values_list("source_id").annotate(count=Count("pk")):
            held[source_id].append(Held(count, holding.one, holding.many))
    return dict(held)
