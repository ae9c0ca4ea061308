"""How many introductions an organisation has to follow: suggestions stop where it said it can take no more."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Q

from fairealliance.introductions.enums import Route, Status
from fairealliance.introductions.models import Introduction

_FOLLOWED = (Status.ACCEPTED, Status.TALKING)


def counted(organisations: Sequence[int]) -> Mapping[int, int]:
    """Asked of it and not yet accepted or declined, accepted, talking. What it asked itself waits for the other: it
    counts once accepted. One query.
    """
    held = Introduction.objects.filter(status__in=(Status.ASKED, *_FOLLOWED))
    held = held.filter(Q(asker__in=organisations) | Q(asked__in=organisations))
    found: Counter[int] = Counter()
    for asker, asked, status, route in held.order_by().values_list("asker", "asked", "status", "route"):
        if asked is not None:
            found[asked] += 1
        if asker is not None and (status in _FOLLOWED or route == Route.CATALYST):
            found[asker] += 1
    return found
