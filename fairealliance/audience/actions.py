"""Writing counts. Nobody does it but the product itself, and one entry of the journal per page read would be a trace:
these two actions alone are not journalled."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db import connection, models, transaction
from django.utils import timezone

from fairealliance.audience.models import MissedSearch, PageCount, TerritoryCount

TABLES: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "page": (PageCount, ("rubric", "page")),
    "territory": (TerritoryCount, ("rubric", "territory")),
    "missed": (MissedSearch, ("words",)),
}
SEEN_ENOUGH = 3
"""Words met fewer times than this are shown to nobody, and forgotten after a month."""
MOST_MISSED = 20_000
"""Different words kept for a month: someone who sends words without end fills nothing."""


def add_counts(*, counts: Mapping[tuple[str, ...], int], month: date | None = None) -> None:
    """Add `counts`, each under its kind and its own fields, to the sums of `month` (the present one)."""
    month = month or timezone.localdate().replace(day=1)
    by_kind: dict[str, list[tuple[str | int, ...]]] = defaultdict(list)
    # In a fixed order: two processes that write the same rows never wait for each other.
    for (kind, *of), number in sorted(counts.items()):
        by_kind[kind].append((month.isoformat(), *of, number))
    with transaction.atomic():
        for kind, rows in by_kind.items():
            _add(kind, rows if kind != "missed" else _within_bounds(rows, month))


def _add(kind: str, rows: list[tuple[str | int, ...]]) -> None:
    if not rows:
        return
    model, fields = TABLES[kind]
    table = model._meta.db_table
    keys = ", ".join(("month", *fields))
    marks = ", ".join(["%s"] * (len(fields) + 2))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({keys}, count) VALUES ({marks})"  # noqa: S608 -- names of our own models
            f" ON CONFLICT ({keys}) DO UPDATE SET count = {table}.count + excluded.count",
            rows,
        )


def _within_bounds(rows: list[tuple[str | int, ...]], month: date) -> list[tuple[str | int, ...]]:
    room = MOST_MISSED - MissedSearch.objects.filter(month=month).count()
    return rows if room >= len(rows) else rows[: max(room, 0)]


def forget_rare_searches(*, today: date | None = None) -> int:
    """Deletes words met too rarely, once their month is over. Returns how many."""
    month = (today or timezone.localdate()).replace(day=1)
    with transaction.atomic():
        return MissedSearch.objects.filter(month__lt=month, count__lt=SEEN_ENOUGH).delete()[0]
