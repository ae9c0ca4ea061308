"""Organisations as documents."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from fairealliance.organisations.enums import Exchange, Sphere
from fairealliance.organisations.models import Establishment, Organisation, OrganisationTerritory, Profile
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import (
    ADDED,
    Context,
    aims_in_words,
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
    """The columns of an organisation that say something here, under the names of the table."""

    id: int
    name: str
    acronym: str
    slug: str
    sphere: str
    description: str
    siren: str | None
    rna: str | None
    seat_id: int | None
    latitude: float | None
    longitude: float | None
    precision: str
    goals: str
    themes: str
    source_id: int | None
    is_demo: bool
    added: Any


_COLUMNS = (*Row._fields[:-1], ADDED)


class House(NamedTuple):
    """An establishment, likewise."""

    siret: str | None
    name: str
    latitude: float | None
    longitude: float | None
    precision: str
    territory_id: int | None


class Said(NamedTuple):
    """What its people told, likewise."""

    seeks: str
    seeks_words: str
    brings: str
    brings_words: str
    skills: str
    human_words: str
    financial_words: str
    alliances_words: str


def keys() -> Iterable[str]:
    return map(str, Organisation.objects.order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterator[Doc]:
    """At most eight queries: organisations, where they act, establishments, profiles, sources; places have three."""
    rows = list(map(Row._make, rows_of(Organisation, _COLUMNS, wanted)))
    ids = [row.id for row in rows]
    acting = linked(OrganisationTerritory, ("organisation_id", "territory_id"), ids)
    houses = {
        pk: [House(*each) for each in held]
        for pk, held in linked(Establishment, ("organisation_id", *House._fields), ids).items()
    }
    profiles = {pk: Said(*told[0]) for pk, told in linked(Profile, ("organisation_id", *Said._fields), ids).items()}
    territories = {row.id: _territories(row, acting.get(row.id, ()), houses.get(row.id, ())) for row in rows}
    places = Places.of(pk for each in territories.values() for pk in each)
    context = Context.of("organisations:detail", _("organisation"))
    for row in rows:
        where = places.whereabouts(territories[row.id])
        yield _doc(row, houses.get(row.id, ()), where, context, profiles.get(row.id))


def _territories(row: Row, acting: Iterable[tuple[int]], houses: Iterable[House]) -> tuple[int, ...]:
    """Its seat, where it acts, where it has a house."""
    seat = (row.seat_id,) if row.seat_id else ()
    return (*seat, *(each for (each,) in acting), *(house.territory_id for house in houses if house.territory_id))


def _words(said: Said | None) -> tuple[str, str]:
    """Sentences for the body, and the words of the choices for the keywords."""
    if said is None:
        return "", ""
    body = joined(said.seeks_words, said.brings_words, said.human_words, said.financial_words, said.alliances_words)
    sought = (label_of(Exchange, each) for each in listed(said.seeks))
    brought = (label_of(Exchange, each) for each in listed(said.brings))
    return body, joined(*sought, *brought, *map(str, listed(said.skills)))


def _doc(row: Row, houses: Sequence[House], where: Whereabouts, context: Context, said: Said | None) -> Doc:
    spots: tuple[Row | House, ...] = (row, *houses)
    spot: Row | House | Whereabouts = next((each for each in spots if each.latitude is not None), where)
    goals, themes = known_goals(listed(row.goals)), known_themes(listed(row.themes))
    sphere = label_of(Sphere, row.sphere)
    told, chosen = _words(said)
    return Doc(
        ref=f"organisation:{row.id}",
        kind="organisation",
        title=row.name,
        url=context.address(row.id, row.slug or "organisation"),
        body=joined(row.description, told),
        keywords=joined(
            row.acronym,
            sphere,
            *(house.name for house in houses),
            row.siren or "",
            row.rna or "",
            *(house.siret or "" for house in houses),
            aims_in_words(goals, themes),
            chosen,
        ),
        summary=summary(row.description),
        label=sphere or context.unnamed,
        goals=goals,
        themes=themes,
        spheres=(row.sphere,) if row.sphere else (),
        places=where.names,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        latitude=spot.latitude,
        longitude=spot.longitude,
        precision=spot.precision,
        source=context.sources.get(row.source_id or 0, ""),
        is_demo=bool(row.is_demo),
        added=seconds(row.added),
    )
