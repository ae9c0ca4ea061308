"""Exact points in place of approximate ones."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import mark_changed, record
from fairealliance.territories.actions.tally import Counts, renew_edition
from fairealliance.territories.enums import Precision
from fairealliance.territories.models import Territory


def save_coordinates(*, by: Actor, rows: Iterable[tuple[int, float, float]]) -> Counts:
    """Rows of (territory id, latitude, longitude) in degrees, kept as exact; the whole file in one call.

    Raises ValueError in French for a point that is nowhere on Earth.
    """
    require_hub_editor(by)
    wanted: dict[int, tuple[float, float]] = {}
    for pk, latitude, longitude in rows:
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(_("La position %(lat)s, %(lon)s n’existe pas.") % {"lat": latitude, "lon": longitude})
        wanted[pk] = (round(latitude, 6), round(longitude, 6))
    with transaction.atomic():
        stored = {
            row[0]: row[1:]
            for row in Territory.objects.order_by().values_list(
                "pk", "latitude", "longitude", "precision", "level", "code"
            )
        }
        differing = [
            (latitude, longitude, Precision.EXACT, pk)
            for pk, (latitude, longitude) in wanted.items()
            if pk in stored and stored[pk][:3] != (latitude, longitude, Precision.EXACT)
        ]
        if differing:
            _write(differing)
            mark_changed("territory", [f"{stored[row[3]][3]}:{stored[row[3]][4]}" for row in differing])
            renew_edition("coordinates")
            record(
                by=by,
                verb="coordinates-saved",
                subject="edition:coordinates",
                detail={"updated": len(differing)},
            )
    return Counts(0, len(differing), len(wanted) - len(differing))


def _write(rows: list[tuple[float, float, Precision, int]]) -> None:
    table = Territory._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET latitude = %s, longitude = %s, precision = %s WHERE id = %s",  # noqa: S608 -- our own table's name
            rows,
        )
