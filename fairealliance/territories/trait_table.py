"""One table per level of all that territories are compared on, kept in memory."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fairealliance.lib.geo import KM_PER_DEGREE
from fairealliance.territories.commune_traits import of_communes
from fairealliance.territories.enums import Level
from fairealliance.territories.trait_facts import LEVELS, Facts, Row, numbers, population_around, words_of
from fairealliance.territories.traits import Trait, tell_number, tell_of
from fairealliance.territories.whole_traits import of_wholes


@dataclass
class Table:
    """Every territory of a level and what is known of each."""

    rows: list[Row]
    position: dict[int, int]
    traits: list[Trait]
    absent: list[str]  # what could be compared too, once its figures are imported
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]


def build() -> dict[str, Table]:
    """Level → table."""
    facts = Facts()
    around = population_around([row for row in facts.rows if row.level == Level.COMMUNE])
    return {level: _table(level, facts, around) for level in LEVELS}


def _table(level: str, facts: Facts, around: dict[int, float]) -> Table:
    rows = [row for row in facts.rows if row.level == level]
    traits = common(rows)
    traits += of_communes(rows, facts, around) if level == Level.COMMUNE else of_wholes(rows, facts)
    return Table(
        rows=rows,
        position={row.pk: i for i, row in enumerate(rows)},
        traits=[trait for trait in traits if trait.useful],
        absent=[trait.label for trait in traits if not trait.known.any()],
        latitude=np.array([np.nan if row.latitude is None else row.latitude for row in rows]),
        longitude=np.array([np.nan if row.longitude is None else row.longitude for row in rows]),
    )


def common(rows: list[Row]) -> list[Trait]:
    population = {row.pk: float(row.population) for row in rows if row.population is not None}
    overseas, names = words_of(rows, {row.pk: "" if _is_mainland(row) else "outre-mer" for row in rows})
    return [
        Trait(
            "population",
            "taille",
            _("population"),
            numbers(rows, population),
            tell_number(_("même taille : %(people)s"), _("taille proche : %(people)s")),
            log=True,
        ),
        Trait(
            "outre-mer",
            "cadre",
            _("métropole ou outre-mer"),
            overseas,
            tell_of({"outre-mer": _("en outre-mer")}, names),
            names=names,
        ),
    ]


def _is_mainland(row: Row) -> bool:
    """Overseas codes of communes and départements begin with 97 or 98; régions 01 to 06 are overseas."""
    if row.level == Level.REGION:
        return row.code > "06"
    if row.latitude is not None and row.level in (Level.EPCI, Level.EPT):
        return row.latitude > 41
    return not row.code.startswith(("97", "98")) or row.level in (Level.EPCI, Level.EPT)


def km_from(table: Table, row: int) -> NDArray[np.float64]:
    """Distance in km of each territory of the table; flat approximation, good to 1 % within France."""
    middle = np.cos(np.radians(table.latitude[row]))
    north = (table.latitude - table.latitude[row]) * KM_PER_DEGREE
    east = (table.longitude - table.longitude[row]) * KM_PER_DEGREE * middle
    distances: NDArray[np.float64] = np.hypot(north, east)
    return distances
