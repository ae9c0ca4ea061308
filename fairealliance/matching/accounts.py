"""Exposure as the database holds it, and its figures for the secretariat."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.utils import timezone

from fairealliance.matching.columns import Ints
from fairealliance.matching.exposure import Evenness, Numbers, evenness
from fairealliance.matching.models import Attention

NEW = timedelta(days=90)


class Held:
    """Accounts of the database, read for these organisations: one query."""

    def __init__(self, owners: Ints) -> None:
        rows = Attention.objects.filter(pk__in=owners.tolist()).values_list("pk", "had", "deserved")
        self._owed = {pk: deserved - had for pk, had, deserved in rows}

    def owed(self, owners: Ints) -> Numbers:
        return np.array([self._owed.get(owner, 0.0) for owner in owners.tolist()], float)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all who were ever contenders, and of those that came to the base less than three months ago."""

    everyone: Evenness
    new: Evenness


def figures() -> Figures:
    """What the secretariat reads."""
    since = timezone.now() - NEW
    rows = list(Attention.objects.order_by("pk").values_list("had", "deserved", "organisation__created_at"))
    new = [row for row in rows if row[2] >= since]
    return Figures(*(evenness(np.array([r[0] for r in some]), np.array([r[1] for r in some])) for some in (rows, new)))
