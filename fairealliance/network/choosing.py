"""To whom a request goes: those who cover the commune, have room, are there and fit, in one order.

Gates first (nobody who fails one is ever shown), then the order: whoever covers the smallest territory, then the
least busy for what they can take, then whoever has waited longest for a turn.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Max

from fairealliance.network.enums import MarkKind
from fairealliance.network.models import Catalyst
from fairealliance.network.querysets import CatalystQuerySet
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory

# From near to far.
_LEVELS = (
    *(Level.ARRONDISSEMENT, Level.DELEGATED, Level.ASSOCIATED, Level.COMMUNE, Level.EPT, Level.EPCI),
    *(Level.DEPARTEMENT, Level.REGION, Level.COUNTRY),
)


def covering(
    commune: Territory, *, sectors: Collection[str] = (), trade: str = "", is_demo: bool = False
) -> CatalystQuerySet:
    """Active ones of one world who cover it and fit: one of `sectors` when any is told, `trade` when it is."""
    found = Catalyst.objects.active().of_world(is_demo=is_demo).covering(commune)
    if sectors:
        told = Catalyst.objects.filter(marks__kind=MarkKind.SECTOR, marks__slug__in=list(sectors))
        found = found.filter(pk__in=told.values("pk"))
    return found.of_trade(trade) if trade else found


def in_order(
    commune: Territory,
    *,
    sectors: Collection[str] = (),
    trade: str = "",
    on: date | None = None,
    but: Collection[int] = (),
    is_demo: bool = False,
) -> list[Catalyst]:
    """Those who can take a request today, the first to ask first: real ones, or those of the invented world.

    `but` names catalysts (pk) left aside.
    Each bears `workload`. Three queries, whatever their number.
    """
    found = covering(commune, sectors=sectors, trade=trade, is_demo=is_demo).with_room().present(on)
    found = found.exclude(pk__in=list(but)).annotate(last_turn=Max("turns__offered_at"))
    people = list(found.select_related("user").prefetch_related("territories"))
    holding = {commune.pk, *Membership.objects.filter(child=commune).values_list("parent", flat=True)}
    return sorted(people, key=lambda each: (_reach(each, holding), *_ease(each)))


def _reach(catalyst: Catalyst, holding: set[int]) -> int:
    """How far the smallest of their territories that holds the commune reaches."""
    levels = [Level(each.level) for each in catalyst.territories.all() if each.pk in holding]
    return min(_LEVELS.index(level) for level in levels)


def _ease(catalyst: Catalyst) -> tuple[float, bool, float, int]:
    """Share of their places taken, then never asked, then asked longest ago."""
    last = getattr(catalyst, "last_turn", None)
    share = getattr(catalyst, "workload", 0) / catalyst.capacity
    return (share, last is not None, last.timestamp() if last else 0.0, catalyst.pk)
