"""Who talks already with whom, or lately said no: suggestions leave both alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from fairealliance.introductions.enums import Status
from fairealliance.introductions.life import OPEN
from fairealliance.introductions.models import Introduction

LET_BE = timedelta(days=365)
"""How long a no holds."""


def others_of(organisations: Sequence[int]) -> Mapping[int, set[int]]:
    """By organisation. One query."""
    lately = Q(status=Status.DECLINED, ended_at__gte=timezone.now() - LET_BE)
    theirs = Q(asker__in=organisations) | Q(asked__in=organisations)
    held = Introduction.objects.filter(Q(status__in=OPEN) | lately, theirs).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for asker, asked in held.values_list("asker", "asked"):
        if asker is not None and asked is not None:
            found[asker].add(asked)
            found[asked].add(asker)
    return found
