"""Which alliances are possible in a territory: pairs, of which one at least is there, that complete one another.

Those who say what they seek or bring are asked for in turn, the latest to say it first, each among who lies in the
territory or acts for it. Gates open both ways or the pair is not shown.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from fairealliance.matching import loader, reasons
from fairealliance.matching.asking import LIMIT, Asker
from fairealliance.matching.engine import Engine, Suggestion
from fairealliance.matching.excluding import excluded
from fairealliance.matching.exposure import Ledger
from fairealliance.matching.live import live
from fairealliance.matching.naming import named
from fairealliance.matching.policy import Policy, current
from fairealliance.matching.practices import Case
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation

ASKED = 60
"""How many are asked for, at most: the page says of how many."""
_EACH = 3
"""In how many pairs of one list an organisation is, at most."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`first` was asked for; `need`: that of `second` that answers, None when its profile does."""

    first: Organisation
    second: Organisation
    score: float
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    case: Case | None
    need: Need | None


@dataclass(frozen=True, slots=True)
class Possible:
    """`told`: those of the territory who say what they seek or bring; `asked`: those that were looked at."""

    policy: str
    pairs: tuple[Pair, ...]
    told: int
    asked: int


def possible(
    territories: Sequence[int],
    *,
    in_network: bool = False,
    invented: bool = False,
    limit: int = LIMIT,
    today: date | None = None,
) -> Possible:
    """In these territories taken together; `in_network`: with what the network alone is told; `invented`: among those
    made up to show the product, who are in no other list.
    """
    engine, known, policy = live.engine(), loader.geography.get(), current()
    places = tuple(known.places.index[pk] for pk in territories if pk in known.places.index)
    day = today or timezone.localdate()
    telling = engine.telling(places, day, in_network=in_network, invented=invented).tolist() if places else []
    asked = telling[:ASKED]
    apart = excluded(asked)
    askers = loader.askers(known, asked, day, in_network=in_network)
    found = [
        (each, asker)
        for pk in asked
        if pk in askers
        for asker in [replace(askers[pk], points=(), places=places, areas=places, looks_on=True, excluded=apart[pk])]
        for each in _completing(engine, asker, policy)
    ]
    return Possible(
        policy.version, tuple(_told(engine, _chosen(found, limit), in_network=in_network)), len(telling), len(asked)
    )


_Found = tuple[Suggestion, Asker]


def _completing(engine: Engine, asker: Asker, policy: Policy) -> Iterator[Suggestion]:
    """Who completes it, and to whom it may be shown as well. An empty ledger: the list counts for nobody."""
    for each in engine.pool(asker).listed(Ledger()).suggestions:
        theirs = int(engine.units.sphere[each.unit])
        if (each.seeks & asker.brings or each.brings & asker.seeks) and policy.gates.shown_to[
            theirs
        ] >> asker.sphere & 1:
            yield each


def _chosen(found: list[_Found], limit: int) -> list[_Found]:
    """The best, each pair once, nobody more than a few times."""
    chosen: dict[tuple[int, int], _Found] = {}
    times: Counter[int] = Counter()
    for each, asker in sorted(found, key=lambda one: (-one[0].score, one[1].owner, one[0].owner)):
        pair = (min(each.owner, asker.owner), max(each.owner, asker.owner))
        if pair not in chosen and max(times[pk] for pk in pair) < _EACH:
            chosen[pair] = each, asker
            times.update(pair)
        if len(chosen) == limit:
            break
    return list(chosen.values())


def _told(engine: Engine, chosen: Sequence[_Found], *, in_network: bool) -> Iterator[Pair]:
    for one in named(engine, chosen, in_network=in_network):
        if one is not None:
            names = one.by.name, one.organisation.name
            told = reasons.tell_pair(one.suggestion, one.asker, engine.units, engine.places, current(), names)
            yield Pair(one.by, one.organisation, one.suggestion.score, *told, one.case, one.need)
