"""Indicators and their values. Counts are summed upward and say of how many; medians and rates never are."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.provenance.models import Source
from fairealliance.territories.actions.tally import Counts, renew_edition
from fairealliance.territories.enums import IndicatorKind, Level, State
from fairealliance.territories.models import Indicator, Value

# (territory id, state, number, text). A flag is a number, 1 or 0; a category is a text.
Row = tuple[int, str, float | None, str]
_Content = tuple[str, float | None, str]
_UNAVAILABLE: _Content = (State.UNAVAILABLE, None, "")

# Under this share of parts known, a sum would mislead more than it tells.
_ENOUGH = 0.9


class IndicatorData(TypedDict, total=False):
    """Fields of an indicator; `slug`, `label`, `theme`, `source` and `vintage` are needed the first time."""

    slug: str
    label: str
    short_label: str
    unit: str
    kind: str
    theme: str
    source: Source
    vintage: str
    reading: str
    additive: bool
    decimals: int
    order: int


def save_indicator(*, by: Actor, **data: Unpack[IndicatorData]) -> tuple[Indicator, str]:
    """Makes or alters the indicator `slug`. Returns it with `created`, `updated` or `unchanged`."""
    require_hub_editor(by)
    slug = data["slug"]
    with transaction.atomic():
        indicator = Indicator.objects.filter(slug=slug).first()
        outcome = "created" if indicator is None else "updated"
        if indicator is None:
            indicator = Indicator(slug=slug)
        elif all(getattr(indicator, name) == value for name, value in data.items()):
            return indicator, "unchanged"
        for name, value in data.items():
            setattr(indicator, name, value)
        if indicator.additive and indicator.kind != IndicatorKind.NUMBER:
            raise ValueError(_("Seul un nombre peut s’additionner."))
        indicator.save()
        renew_edition("figures")
        record(by=by, verb=f"indicator-{outcome}", subject=f"indicator:{slug}")
    return indicator, outcome


def save_values(*, by: Actor, indicator: Indicator, rows: Iterable[Row]) -> Counts:
    """Writes what a file says of one indicator: one call for the whole file.

    Two rows for one territory (old codes that lead to the same commune today) are added when the figure is
    additive and both are known, else nothing honest can be said and the value is unavailable; the same row
    twice is one row. Ends by summing additive figures upward where no official value stands.
    """
    require_hub_editor(by)
    with transaction.atomic():
        counts = _write(indicator, _one_per_territory(rows, additive=indicator.additive))
        if counts.changed:
            if indicator.additive:
                _sum_upward(indicator)
            renew_edition("figures")
            record(
                by=by,
                verb="values-saved",
                subject=f"indicator:{indicator.slug}",
                detail={"created": counts.created, "updated": counts.updated, "unchanged": counts.unchanged},
            )
    return counts


def _one_per_territory(rows: Iterable[Row], *, additive: bool) -> dict[int, _Content]:
    seen: dict[int, list[_Content]] = {}
    for territory_id, state, number, text in rows:
        content = (str(state), number, text)
        earlier = seen.setdefault(territory_id, [])
        if content not in earlier or additive:
            earlier.append(content)
    return {pk: found[0] if len(found) == 1 else _together(found, additive) for pk, found in seen.items()}


def _together(found: list[_Content], additive: bool) -> _Content:
    numbers = [number for state, number, _text in found if state == State.KNOWN and number is not None]
    if additive and len(numbers) == len(found):
        return (State.KNOWN, sum(numbers), "")
    return _UNAVAILABLE


def _write(indicator: Indicator, wanted: dict[int, _Content]) -> Counts:
    """Only what differs is written. An official value replaces a sum of ours."""
    stored = {
        row[0]: row[1:]
        for row in Value.objects.filter(indicator=indicator, parts_total__isnull=True)
        .order_by()
        .values_list("territory_id", "state", "number", "text")
    }
    differing = [(pk, content) for pk, content in wanted.items() if stored.get(pk) != content]
    _upsert([(indicator.pk, pk, *content, None, None) for pk, content in differing])
    updated = sum(pk in stored for pk, _content in differing)
    return Counts(len(differing) - updated, updated, len(wanted) - len(differing))


def _upsert(rows: list[tuple[int, int, str, float | None, str, int | None, int | None]]) -> None:
    if not rows:
        return
    table = Value._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (indicator_id, territory_id, state, number, text, parts_known, parts_total)"  # noqa: S608 -- our own table's name
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (territory_id, indicator_id) DO UPDATE SET"
            " state = excluded.state, number = excluded.number, text = excluded.text,"
            " parts_known = excluded.parts_known, parts_total = excluded.parts_total",
            rows,
        )


# Parts of each whole: (level of the parts, level of the whole or "" for all above). Paris is the sum of its
# arrondissements before it counts as a commune in what contains it.
_STEPS = (
    (Level.ARRONDISSEMENT, "whole.level = 'commune'"),
    (Level.COMMUNE, "whole.level IN ('epci', 'ept', 'departement', 'region', 'pays')"),
)
_SUMS = """
SELECT m.parent_id,
       SUM(CASE WHEN v.state = 'known' THEN v.number END),
       COUNT(CASE WHEN v.state = 'known' THEN 1 END),
       COUNT(*)
FROM territories_membership m
JOIN territories_territory part ON part.id = m.child_id AND part.level = %s
JOIN territories_territory whole ON whole.id = m.parent_id AND {wholes}
LEFT JOIN territories_value v ON v.territory_id = m.child_id AND v.indicator_id = %s
LEFT JOIN territories_value official
       ON official.territory_id = m.parent_id AND official.indicator_id = %s AND official.parts_total IS NULL
WHERE official.id IS NULL
GROUP BY m.parent_id
"""


def _sum_upward(indicator: Indicator) -> None:
    """Sums of an additive figure for every whole without an official value, with how many parts are known.

    When fewer than nine parts in ten are known there is no sum, and that is said.
    """
    _refresh_statistics()
    for level, wholes in _STEPS:
        with connection.cursor() as cursor:
            cursor.execute(_SUMS.format(wholes=wholes), [level, indicator.pk, indicator.pk])
            found = cursor.fetchall()
        rows: list[tuple[int, int, str, float | None, str, int | None, int | None]] = []
        for whole, total, known, parts in found:
            # Nothing said of any part: the file is not about this place, and neither are we.
            if known and known >= parts * _ENOUGH:
                rows.append((indicator.pk, whole, State.KNOWN, float(total), "", known, parts))
            elif known:
                rows.append((indicator.pk, whole, State.UNAVAILABLE, None, "", known, parts))
        _upsert(rows)


def _refresh_statistics() -> None:
    """PostgreSQL plans the sums by what it knows of the tables: nothing yet, when they have just been filled.

    Without this the first load takes minutes instead of seconds. SQLite has no need of it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE territories_membership, territories_territory, territories_value")
