"""Practices as documents."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from fairealliance.practices.enums import Form, PartnershipKind
from fairealliance.practices.models import Practice, PracticePartner, PracticeTerritory
from fairealliance.resources.models import Resource
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import (
    ADDED,
    Context,
    aims_in_words,
    distinct,
    joined,
    known_goals,
    known_themes,
    label_of,
    linked,
    listed,
    rows_of,
    seconds,
    summary,
)
from fairealliance.search.sources.places import Places, Whereabouts


class Row(NamedTuple):
    """The columns of a practice that say something here, under the names of the table."""

    id: int
    title: str
    slug: str
    challenge: str
    summary: str
    results: str
    conditions: str
    form: str
    kind: str
    stage: str
    funding: str
    start_year: int | None
    end_year: int | None
    latitude: float | None
    longitude: float | None
    precision: str
    goals: str
    themes: str
    source_id: int | None
    is_demo: bool
    added: Any


_COLUMNS = (*Row._fields[:-1], ADDED)


def keys() -> Iterable[str]:
    return map(str, Practice.objects.order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterator[Doc]:
    """At most nine queries: practices, partners, tools and their titles, territories, sources; places have three."""
    rows = list(map(Row._make, rows_of(Practice, _COLUMNS, wanted)))
    ids = [row.id for row in rows]
    partners = linked(PracticePartner, ("practice_id", "name", "sphere"), ids)
    tools = linked(Practice.tools.through, ("practice_id", "resource_id"), ids)
    named = {pk for each in tools.values() for (pk,) in each}
    titles = dict(Resource.objects.filter(pk__in=named).order_by().values_list("pk", "title"))
    territories = {
        pk: tuple(each for (each,) in links)
        for pk, links in linked(PracticeTerritory, ("practice_id", "territory_id"), ids).items()
    }
    places = Places.of(pk for each in territories.values() for pk in each)
    context = Context.of("practices:detail", _("exemple"))
    for row in rows:
        used = [titles[pk] for (pk,) in tools.get(row.id, ()) if pk in titles]
        where = places.whereabouts(territories.get(row.id, ()))
        yield _doc(row, partners.get(row.id, ()), used, where, context)


def _doc(row: Row, partners: Sequence[tuple[Any, ...]], tools: list[str], where: Whereabouts, context: Context) -> Doc:
    located = row.latitude is not None
    goals, themes = known_goals(listed(row.goals)), known_themes(listed(row.themes))
    form, kind = label_of(Form, row.form), label_of(PartnershipKind, row.kind)
    return Doc(
        ref=f"practice:{row.id}",
        kind="practice",
        title=row.title,
        url=context.address(row.id, row.slug or "pratique"),
        body=joined(row.challenge, row.summary, row.results, row.conditions),
        keywords=joined(
            *[name for name, _sphere in partners],
            *tools,
            row.funding,
            form,
            kind,
            aims_in_words(goals, themes),
        ),
        summary=summary(row.summary, row.challenge, row.results),
        label=form or kind or context.unnamed,
        goals=goals,
        themes=themes,
        spheres=distinct(tuple([sphere for _name, sphere in partners])),
        places=where.names,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        year=row.start_year or row.end_year,
        latitude=row.latitude if located else where.latitude,
        longitude=row.longitude if located else where.longitude,
        precision=row.precision if located else where.precision,
        medoc="example",
        stages=(row.stage,) if row.stage else (),
        source=context.sources.get(row.source_id or 0, ""),
        is_demo=bool(row.is_demo),
        added=seconds(row.added),
    )
