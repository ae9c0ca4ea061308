"""Names of territories for the rooms below, which know them by reference only."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from fairealliance.audience.naming import Named
from fairealliance.territories.models import Territory


def named(refs: Iterable[str]) -> dict[str, Named]:
    """The name and page of each `level:code` there is today. One query."""
    by_level: dict[str, list[str]] = defaultdict(list)
    for ref in refs:
        level, _separator, code = ref.partition(":")
        by_level[level].append(code)
    wanted = Q(pk__in=())
    for level, codes in by_level.items():
        wanted |= Q(level=level, code__in=codes)
    rows = Territory.objects.filter(wanted).order_by("pk")
    return {row.ref: Named(row.name, row.get_absolute_url()) for row in rows}
