"""Reading from the database what territories are compared on: one table per level, kept in memory."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fairealliance.lib.geo import KM_PER_DEGREE
from fairealliance.territories import slugs
from fairealliance.territories.enums import Level, Precision, State
from fairealliance.territories.models import Membership, Territory, Value
from fairealliance.territories.traits import (
    Numbers,
    Trait,
    seat_phrases,
    tell_number,
    tell_of,
    tell_share,
    tell_word,
)

_READ = (
    slugs.MEDIAN_INCOME, slugs.POVERTY_RATE, slugs.RURALITY, slugs.DENSITY, slugs.CENTRALITY, slugs.ZRR, slugs.QPV,
)  # fmt: skip
_LEVELS = (Level.COMMUNE, Level.EPCI, Level.EPT, Level.DEPARTEMENT, Level.REGION)
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


@dataclass
class Table:
    """Every territory of a level and what is known of each."""

    rows: list[Row]
    position: dict[int, int]
    traits: list[Trait]
    absent: list[str]  # what could be compared too, once its figures are imported
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]


class _Facts:
    """The three tables as they are now."""

    def __init__(self) -> None:
        fields = Row._fields[1:]
        every = Territory.objects.filter(level__in=_LEVELS).order_by("pk")
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
            if state == State.KNOWN and number is not None:
                self.numbers[slug][pk] = number
            elif state in (State.KNOWN, State.NOT_APPLICABLE):
                self.words[slug][pk] = text

    def population(self, pks: Iterable[int]) -> int:
        return sum(self.by_pk[pk].population or 0 for pk in pks)


def build() -> dict[str, Table]:
    """Level → table."""
    facts = _Facts()
    around = _population_around([row for row in facts.rows if row.level == Level.COMMUNE])
    return {level: _table(level, facts, around) for level in _LEVELS}


def _table(level: str, facts: _Facts, around: dict[int, float]) -> Table:
    rows = [row for row in facts.rows if row.level == level]
    traits = _common(rows)
    traits += _of_communes(rows, facts, around) if level == Level.COMMUNE else _of_wholes(rows, facts)
    return Table(
        rows=rows,
        position={row.pk: i for i, row in enumerate(rows)},
        traits=[trait for trait in traits if trait.useful],
        absent=[trait.label for trait in traits if not trait.known.any()],
        latitude=np.array([np.nan if row.latitude is None else row.latitude for row in rows]),
        longitude=np.array([np.nan if row.longitude is None else row.longitude for row in rows]),
    )


def _numbers(rows: list[Row], values: dict[int, float]) -> Numbers:
    return np.array([values.get(row.pk, np.nan) for row in rows], dtype=np.float32)


def _words(rows: list[Row], values: dict[int, str]) -> tuple[Numbers, list[str]]:
    names = sorted(set(values.values()))
    places = {name: float(i) for i, name in enumerate(names)}
    return _numbers(rows, {pk: places[name] for pk, name in values.items()}), names


def _common(rows: list[Row]) -> list[Trait]:
    population = {row.pk: float(row.population) for row in rows if row.population is not None}
    overseas, names = _words(rows, {row.pk: "" if _is_mainland(row) else "outre-mer" for row in rows})
    return [
        Trait(
            "population", "taille", _("population"), _numbers(rows, population),
            tell_number(_("même taille : %(n)s habitants"), _("taille proche : %(n)s habitants")), log=True,
        ),
        Trait(
            "outre-mer", "cadre", _("métropole ou outre-mer"), overseas,
            tell_of({"outre-mer": _("en outre-mer")}, names), names=names,
        ),
    ]  # fmt: skip


def _is_mainland(row: Row) -> bool:
    """Overseas codes of communes and départements begin with 97 or 98; régions 01 to 06 are overseas."""
    if row.level == Level.REGION:
        return row.code > "06"
    if row.latitude is not None and row.level in (Level.EPCI, Level.EPT):
        return row.latitude > 41
    return not row.code.startswith(("97", "98")) or row.level in (Level.EPCI, Level.EPT)


def _of_communes(rows: list[Row], facts: _Facts, around: dict[int, float]) -> list[Trait]:
    group_size: dict[int, float] = {}
    weight: dict[int, float] = {}
    for row in rows:
        for parent in facts.above[row.pk]:
            whole = facts.by_pk[parent]
            if whole.level == Level.EPCI and whole.population:
                group_size[row.pk] = float(whole.population)
                weight[row.pk] = (row.population or 0) / whole.population
    seats, seat_names = _words(rows, {row.pk: row.nature for row in rows})
    has_qpv = {pk: "oui" if number else "" for pk, number in facts.numbers[slugs.QPV].items()}
    qpv, qpv_names = _words(rows, has_qpv)
    zrr, zrr_names = _words(rows, facts.words[slugs.ZRR])
    return [
        *_categories(rows, facts),
        Trait(
            "place", "centralite", _("poids dans l’intercommunalité"), _numbers(rows, weight),
            tell_share(
                _("même poids dans son intercommunalité : %(n)s %% des habitants"),
                _("poids proche dans son intercommunalité : %(n)s %% des habitants"),
            ), share=0.5,
        ),
        Trait(
            "chef-lieu", "centralite", _("chef-lieu"), seats,
            tell_of(seat_phrases(), seat_names), names=seat_names, share=0.5,
        ),
        Trait(
            slugs.MEDIAN_INCOME, "revenus", _("revenu médian"), _numbers(rows, facts.numbers[slugs.MEDIAN_INCOME]),
            tell_number(_("même revenu médian : %(n)s € par an"), _("revenu médian proche : %(n)s € par an")),
        ),
        Trait(
            slugs.POVERTY_RATE, "pauvrete", _("taux de pauvreté"), _numbers(rows, facts.numbers[slugs.POVERTY_RATE]),
            tell_number(_("même taux de pauvreté : %(n)s %%"), _("taux de pauvreté proche : %(n)s %%")),
        ),
        Trait(
            slugs.ZRR, "zones", _("zone de revitalisation rurale"), zrr,
            tell_of({n: _("zone de revitalisation rurale, là aussi") for n in zrr_names if n.startswith("class")}, zrr_names),
            names=zrr_names, share=0.5,
        ),
        Trait(
            slugs.QPV, "zones", _("quartiers prioritaires"), qpv,
            tell_of({"oui": _("des quartiers prioritaires, là aussi")}, qpv_names), names=qpv_names, share=0.5,
        ),
        Trait(
            "intercommunalite", "intercommunalite", _("taille de l’intercommunalité"), _numbers(rows, group_size),
            tell_number(
                _("intercommunalité de même taille : %(n)s habitants"),
                _("intercommunalité de taille proche : %(n)s habitants"),
            ), log=True,
        ),
        Trait(
            "alentours", "cadre", _("population des alentours"), _numbers(rows, around),
            tell_number(
                _("autant de monde autour : %(n)s habitants à une quinzaine de kilomètres"),
                _("presque autant de monde autour : %(n)s habitants à une quinzaine de kilomètres"),
            ), log=True,
        ),
    ]  # fmt: skip


def _categories(rows: list[Row], facts: _Facts) -> list[Trait]:
    told = (
        (slugs.RURALITY, "ruralite", _("type de ruralité"), _("même ruralité : %(name)s"), 0.5),
        (slugs.DENSITY, "ruralite", _("densité"), _("même densité : %(name)s"), 0.5),
        (slugs.CENTRALITY, "centralite", _("niveau de centralité"), _("même rôle : %(name)s"), 1.0),
    )
    traits = []
    for slug, group, label, template, share in told:
        raw, names = _words(rows, facts.words[slug])
        traits.append(Trait(slug, group, label, raw, tell_word(template, names), names=names, share=share))
    return traits


def _of_wholes(rows: list[Row], facts: _Facts) -> list[Trait]:
    """What communes say of what contains them: shares of inhabitants, which add up; never a mean of medians."""
    kinds, kind_names = _words(rows, {row.pk: row.nature for row in rows})
    communes = {row.pk: float(len(facts.within[row.pk])) for row in rows}
    first = {row.pk: _first_share(facts, facts.within[row.pk]) for row in rows if facts.within[row.pk]}
    rural = _shares(rows, facts, slugs.DENSITY, ("Rural", "Bourgs ruraux"))
    zrr = _shares(rows, facts, slugs.ZRR, ("class",))
    return [
        Trait(
            "nature", "intercommunalite", _("statut"), kinds,
            tell_of(_kind_phrases(), kind_names), names=kind_names, share=0.5,
        ),
        Trait(
            "communes", "intercommunalite", _("nombre de communes"), _numbers(rows, communes),
            tell_number(_("autant de communes : %(n)s"), _("presque autant de communes : %(n)s")), log=True,
        ),
        Trait(
            "premiere", "centralite", _("poids de la première commune"), _numbers(rows, first),
            tell_share(
                _("ville principale de même poids : %(n)s %% des habitants"),
                _("ville principale de poids proche : %(n)s %% des habitants"),
            ),
        ),
        Trait(
            "part-rurale", "ruralite", _("part d’habitants en commune rurale"), _numbers(rows, rural),
            tell_share(_("aussi rural : %(n)s %% des habitants"), _("presque aussi rural : %(n)s %% des habitants")),
        ),
        Trait(
            "part-zrr", "zones", _("part d’habitants en zone de revitalisation rurale"), _numbers(rows, zrr),
            tell_share(
                _("autant d’habitants en zone de revitalisation rurale : %(n)s %%"),
                _("presque autant d’habitants en zone de revitalisation rurale : %(n)s %%"),
            ), share=0.5,
        ),
        Trait(
            slugs.QPV, "zones", _("quartiers prioritaires"), _numbers(rows, facts.numbers[slugs.QPV]),
            tell_number(_("autant de quartiers prioritaires : %(n)s"), _("presque autant de quartiers prioritaires : %(n)s")),
            log=True, share=0.5,
        ),
        Trait(
            slugs.MEDIAN_INCOME, "revenus", _("revenu médian"), _numbers(rows, facts.numbers[slugs.MEDIAN_INCOME]),
            tell_number(_("même revenu médian : %(n)s € par an"), _("revenu médian proche : %(n)s € par an")),
        ),
        Trait(
            slugs.POVERTY_RATE, "pauvrete", _("taux de pauvreté"), _numbers(rows, facts.numbers[slugs.POVERTY_RATE]),
            tell_number(_("même taux de pauvreté : %(n)s %%"), _("taux de pauvreté proche : %(n)s %%")),
        ),
    ]  # fmt: skip


def _kind_phrases() -> dict[str, str]:
    return {
        "CC": _("communauté de communes, elle aussi"),
        "CA": _("communauté d’agglomération, elle aussi"),
        "CU": _("communauté urbaine, elle aussi"),
        "METRO": _("métropole, elle aussi"),
    }


def _first_share(facts: _Facts, communes: list[int]) -> float:
    sizes = [facts.by_pk[pk].population or 0 for pk in communes]
    return max(sizes) / (sum(sizes) or 1)


def _shares(rows: list[Row], facts: _Facts, slug: str, beginnings: tuple[str, ...]) -> dict[int, float]:
    """Share of inhabitants living in communes whose word begins so; unknown unless it is for nine in ten."""
    words, found = facts.words[slug], {}
    if not words:
        return {}
    for row in rows:
        communes = facts.within[row.pk]
        total = facts.population(communes)
        known = facts.population(pk for pk in communes if pk in words)
        if total and known >= 0.9 * total:
            found[row.pk] = facts.population(pk for pk in communes if words.get(pk, "").startswith(beginnings)) / known
    return found


def _population_around(communes: list[Row]) -> dict[int, float]:
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


def km_from(table: Table, row: int) -> NDArray[np.float64]:
    """Distance in km of each territory of the table; flat approximation, good to 1 % within France."""
    middle = np.cos(np.radians(table.latitude[row]))
    north = (table.latitude - table.latitude[row]) * KM_PER_DEGREE
    east = (table.longitude - table.longitude[row]) * KM_PER_DEGREE * middle
    distances: NDArray[np.float64] = np.hypot(north, east)
    return distances
