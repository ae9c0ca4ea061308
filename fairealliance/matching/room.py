"""How many more introductions an organisation can follow: what it says it can, less those under way."""

from collections.abc import Callable, Mapping, Sequence

from fairealliance.matching.columns import NO_LIMIT
from fairealliance.organisations.models import Profile

UnderWay = Callable[[Sequence[int]], Mapping[int, int]]
_under_way: list[UnderWay] = []


def register_under_way(counted: UnderWay) -> None:
    """Have `counted(organisations)` tell how many introductions each follows, in one query. For the higher room that
    knows; what changes there is told to the outbox under the organisation.
    """
    _under_way[:] = [counted]


def left(capacities: Mapping[int, int]) -> dict[int, int]:
    """Of those that set a limit. No query when none does."""
    taken: dict[int, int] = {}
    for counted in _under_way if capacities else ():
        taken |= counted(list(capacities))
    return {pk: max(capacity - taken.get(pk, 0), 0) for pk, capacity in capacities.items()}


def room_of(organisation_id: int) -> int:
    """NO_LIMIT when it sets none. Two queries at most."""
    said = Profile.objects.filter(organisation=organisation_id, capacity__isnull=False)
    capacities = {pk: capacity or 0 for pk, capacity in said.values_list("organisation_id", "capacity")}
    return left(capacities).get(organisation_id, NO_LIMIT)
