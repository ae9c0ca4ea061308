"""Who is not shown to whom: "not for us" from either side, and those already in touch."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.db.models import Q

from fairealliance.matching.models import Refusal

InTouch = Callable[[Sequence[int]], Mapping[int, set[int]]]
_in_touch: list[InTouch] = []


def register_in_touch(found: InTouch) -> None:
    """Have `found(organisations)` tell of each with whom it talks already, or lately said no. For the higher room that
    knows.
    """
    _in_touch[:] = [found]


def excluded(organisations: Sequence[int]) -> dict[int, frozenset[int]]:
    """By organisation, those that are not to be shown to it. One query, and those of who knows who is in touch."""
    apart: dict[int, set[int]] = defaultdict(set)
    pairs = Refusal.objects.filter(Q(organisation__in=organisations) | Q(other__in=organisations))
    for one, other in pairs.values_list("organisation_id", "other_id"):
        apart[one].add(other)
        apart[other].add(one)
    for found in _in_touch:
        for one, others in found(organisations).items():
            apart[one] |= others
    return {pk: frozenset(apart[pk]) for pk in organisations}
