"""Organisations as lines of a sheet. All those a sheet shows are read from the database at once."""

from collections.abc import Iterable

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.organisations.models import Organisation
from fairealliance.sheets import sources
from fairealliance.sheets.ranking import Ranked
from fairealliance.sheets.sheet import Line

SUMMARY = 180


def read(ranked: Iterable[Ranked]) -> dict[int, Organisation]:
    """Candidate's key → organisation, closed ones left out. One query."""
    wanted = {each.candidate.pk for each in ranked}
    rows = Organisation.objects.filter(pk__in=wanted, closed_on__isnull=True).select_related("source", "seat")
    return {row.pk: row for row in rows.order_by("pk")}


def line(ranked: Ranked, row: Organisation, *more: str) -> Line:
    """`row` with the reasons found and `more`."""
    return Line(
        ref=ranked.candidate.ref,
        title=calm_title(row.name, [row.seat.name] if row.seat else ()),
        url=row.get_absolute_url(),
        source=sources.of_item(row),
        reasons=(*ranked.reasons, *more),
        kicker=row.acronym if row.acronym != row.name else "",
        summary=shorten(row.description, SUMMARY),
        place=row.seat.name if row.seat else ranked.candidate.spot.name,
        km=ranked.nearness.km,
        spheres=(row.sphere,) if row.sphere else (),
        goals=tuple(row.goals),
        themes=tuple(row.themes),
        is_demo=row.is_demo,
    )
