"""What the database says that comparison needs, read once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from fairealliance.territories import slugs
from fairealliance.territories.enums import Level, Precision, State
from fairealliance.territories.models import Membership, Territory, Value
from fairealliance.territories.traits import Numbers

LEVELS = (Level.COMMUNE, Level.EPCI, Level.EPT, Level.DEPARTEMENT, Level.REGION)
_READ = (
    slugs.MEDIAN_INCOME,
    slugs.POVERTY_RATE,
    slugs.RURALITY,
    slugs.DENSITY,
    slugs.CENTRALITY,
    slugs.ZRR,
    slugs.QPV,
)
# Cells of this many degrees of latitude: a cell and its eight neighbours reach about 15 km around.
_CELL = 0.09


class Row(NamedTuple):
    """A territory, as the comparison gives it back."""

    pk: int
    level: str
    code: str
    name: str
    nature: str
    population: int | None
    latitude: float | None
    longitude: float | None
    precision: str


class Facts:
    """The three tables as they are now."""

    def __init__(self) -> None:
        fields = Row._fields[1:]
        every = Territory.objects.filter(level__in=LEVELS).order_by("pk")
        self.rows = [Row(*row) for row in every.values_list("pk", *fields)]
        self.by_pk = {row.pk: row for row in self.rows}
        communes = {row.pk for row in self.rows if row.level == Level.COMMUNE}
        wholes = {row.pk for row in self.rows if row.level != Level.COMMUNE}
        self.above: dict[int, list[int]] = defaultdict(list)
        self.within: dict[int, list[int]] = defaultdict(list)
        pairs = Membership.objects.order_by("pk").values_list("child_id", "parent_id")
        for child, parent in pairs.iterator(chunk_size=20_000):
            if child in communes and parent in wholes:
                self.above[child].append(parent)
                self.within[parent].append(child)
        self.numbers: dict[str, dict[int, float]] = defaultdict(dict)
        self.words: dict[str, dict[int, str]] = defaultdict(dict)
        values = Value.objects.filter(indicator__slug__in=_READ).order_by()
        found = values.values_list("indicator__slug", "territory_id", "state", "number", "text")
        for slug, pk, state, number, text in found.iterator(chunk_size=20_000):
            if slug == slugs.QPV and number is not None:
                # How many is a matter of size; that there are some is what two places share.
                self.words[slug][pk] = "oui" if number else ""
            elif state == State.KNOWN and number is not None:
                self.numbers[slug][pk] = number
            elif state in (State.KNOWN, State.NOT_APPLICABLE):
                self.words[slug][pk] = text

    def population(self, pks: Iterable[int]) -> int:
        return sum(self.by_pk[pk].population or 0 for pk in pks)


def numbers(rows: list[Row], values: dict[int, float]) -> Numbers:
    return np.array([values.get(row.pk, np.nan) for row in rows], dtype=np.float32)


def words_of(rows: list[Row], values: dict[int, str]) -> tuple[Numbers, list[str]]:
    names = sorted(set(values.values()))
    places = {name: float(i) for i, name in enumerate(names)}
    return numbers(rows, {pk: places[name] for pk, name in values.items()}), names


def population_around(communes: list[Row]) -> dict[int, float]:
    """Inhabitants of the commune's cell and the eight around: about 15 km each way."""
    cells: dict[tuple[int, int], int] = defaultdict(int)
    places: dict[int, tuple[int, int]] = {}
    for row in communes:
        if row.latitude is None or row.longitude is None or row.precision == Precision.UNKNOWN:
            continue
        band = round(row.latitude / _CELL)
        # Cells are as wide in km as they are tall, whatever the latitude.
        width = _CELL / max(float(np.cos(np.radians(band * _CELL))), 0.1)
        places[row.pk] = band, round(row.longitude / width)
        cells[places[row.pk]] += row.population or 0
    return {
        pk: float(sum(cells.get((y + dy, x + dx), 0) for dy in (-1, 0, 1) for dx in (-1, 0, 1)))
        for pk, (y, x) in places.items()
    }
