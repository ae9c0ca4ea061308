"""What we hold of each source. Higher rooms say which of their models come from sources (AppConfig.ready)."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Holding:
    """A model with a `source`, how to say one and many of it, and which of its rows anybody may know of."""

    model: type[models.Model]
    one: str | Promise
    many: str | Promise
    public: Q


@dataclass(frozen=True, slots=True)
class Held:
    """So many of one kind."""

    count: int
    one: str | Promise
    many: str | Promise


@dataclass(frozen=True, slots=True)
class Holdings:
    """What anybody may know of: source id → what comes from it; and the sources of unpublished things alone."""

    by_source: dict[int, list[Held]]
    secret: frozenset[int]


_holdings: dict[str, Holding] = {}


def register(model: type[models.Model], *, one: str | Promise, many: str | Promise, public: Q | None = None) -> None:
    """Count `model` on the page of sources (its `public` rows). Order of registration is the order shown."""
    _holdings[model._meta.label] = Holding(model, one, many, public or Q())


def held_by_source() -> Holdings:
    """One query per registered model, whatever the number of sources."""
    shown: dict[int, list[Held]] = defaultdict(list)
    used: set[int] = set()
    for holding in _holdings.values():
        rows = holding.model._default_manager.filter(source__isnull=False).order_by().values_list("source_id")
        for source_id, count in rows.annotate(count=Count("pk", filter=holding.public or None)):
            used.add(source_id)
            if count:
                shown[source_id].append(Held(count, holding.one, holding.many))
    return Holdings(dict(shown), frozenset(used.difference(shown)))
