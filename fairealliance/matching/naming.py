"""The organisations, the case and the need of what the engine suggests."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fairealliance.matching.asking import Asker
from fairealliance.matching.engine import Engine, Suggestion
from fairealliance.matching.live import live
from fairealliance.matching.practices import Case, cases_of
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation


class Named(NamedTuple):
    """`by` asked, `organisation` is suggested; `need`: its own that answers, None when its profile does."""

    suggestion: Suggestion
    asker: Asker
    by: Organisation
    organisation: Organisation
    case: Case | None
    need: Need | None


def named(engine: Engine, found: Sequence[tuple[Suggestion, Asker]], *, in_network: bool) -> Iterator[Named | None]:
    """In their order; None for those of which one is gone meanwhile. Three queries.

    A need is asked for anew: it may have been hidden since the columns were filled.
    """
    organisations = Organisation.objects.in_bulk({pk for each, asker in found for pk in (each.owner, asker.owner)})
    cases = cases_of(live.cases(), engine, found)
    keys = [int(engine.units.key[each.unit]) for each, _asker in found]
    needs = Need.objects.shown(in_network=in_network).defer("content").in_bulk({key for key in keys if key})
    for (each, asker), case, key in zip(found, cases, keys, strict=True):
        by, shown = organisations.get(asker.owner), organisations.get(each.owner)
        yield Named(each, asker, by, shown, case, needs.get(key)) if by and shown else None
