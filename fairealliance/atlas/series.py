"""One indicator over every territory of a level: what is known, and why the rest is not."""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, F, FilteredRelation, Q
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import IndicatorKind, Level, State
from fairealliance.territories.models import Indicator, Territory, Value
from fairealliance.territories.words import note_of_sum

# From the widest to the narrowest.
LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
PER = 1000  # inhabitants
_KEPT = 8


class Place(NamedTuple):
    """A territory and what the indicator says of it. `number` and `text` only when `state` is known."""

    pk: int
    level: str
    code: str
    name: str
    slug: str
    population: int | None
    latitude: float | None
    longitude: float | None
    state: str
    number: float | None
    text: str
    parts_known: int | None
    parts_total: int | None

    @property
    def ref(self) -> str:
        return f"{self.level}:{self.code}"

    @property
    def address(self) -> str:
        return f"/territoires/{self.level}/{self.code}-{self.slug}/"

    @property
    def note(self) -> str:
        """Of what a sum of ours is made; nothing for an official figure."""
        if self.parts_total is None:
            return ""
        return note_of_sum(self.parts_known or 0, self.parts_total, is_summed=self.state == State.KNOWN)


@dataclass(frozen=True)
class Series:
    """Places in the order of their codes; `per` when counts are brought to a thousand inhabitants."""

    level: Level
    places: tuple[Place, ...]
    unit: str
    decimals: int
    per: bool = False
    by_pk: dict[int, Place] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_pk", {place.pk: place for place in self.places})

    @cached_property
    def known(self) -> list[Place]:
        """Those with a number, the lowest first."""
        return sorted((each for each in self.places if each.number is not None), key=lambda each: each.number or 0.0)

    @cached_property
    def summed(self) -> int:
        """How many of the figures are sums of communes made here."""
        return sum(each.parts_total is not None and each.state == State.KNOWN for each in self.places)

    @cached_property
    def absent(self) -> dict[str, int]:
        """State → how many, of what is not known."""
        counts: dict[str, int] = {}
        for each in self.places:
            if each.state != State.KNOWN:
                counts[each.state] = counts.get(each.state, 0) + 1
        return counts

    def bare(self, number: float) -> str:
        """`21 300`"""
        return format_number(number, self.decimals)

    def told(self, number: float) -> str:
        """`21 300 € par an`"""
        return f"{self.bare(number)}\u00a0{self.unit}".rstrip("\u00a0")


def series(indicator: Indicator, level: Level) -> Series:
    """What is known of `indicator` at `level`; one query, or none when it was read since the figures last changed."""
    kept = _kept.get()
    key = (indicator.pk, level)
    if key not in kept:
        kept[key] = Series(level, _places(indicator, level), indicator.unit, indicator.decimals)
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    found = kept[key]
    if (found.unit, found.decimals) != (indicator.unit, indicator.decimals):
        return replace(found, unit=indicator.unit, decimals=indicator.decimals)
    return found


def per_inhabitant(found: Series) -> Series:
    """Counts brought to a thousand inhabitants, which makes large and small territories comparable."""
    places = tuple(_shared_out(place) for place in found.places)
    unit = f"{found.unit} {_('pour 1 000 habitants')}".strip()
    return Series(found.level, places, unit, found.decimals or 1, True)


Known = dict[int, dict[Level, int]]


def known_levels() -> Known:
    """Indicator id → levels where something is known, with of how many territories; kept until figures change."""
    return _levels.get()


def _count_levels() -> Known:
    known = Value.objects.filter(state=State.KNOWN, territory__level__in=LEVELS).order_by()
    rows = known.values_list("indicator_id", "territory__level").annotate(count=Count("pk"))
    found: Known = {}
    for pk, level, count in rows:
        found.setdefault(pk, {})[Level(level)] = count
    return {pk: {level: counts[level] for level in LEVELS if level in counts} for pk, counts in found.items()}


_levels: PerEdition[Known] = PerEdition(_count_levels, "reference", "figures")
_kept: PerEdition["OrderedDict[tuple[int, Level], Series]"] = PerEdition(
    OrderedDict, "reference", "coordinates", "figures"
)


def _places(indicator: Indicator, level: Level) -> tuple[Place, ...]:
    said = FilteredRelation("values", condition=Q(values__indicator=indicator))
    rows = (
        Territory.objects.filter(level=level)
        .annotate(said=said)
        .order_by("code")
        .values_list(
            *("pk", "level", "code", "name", "slug", "population", "latitude", "longitude"),
            *(F(f"said__{name}") for name in ("state", "number", "text", "parts_known", "parts_total")),
        )
    )
    return tuple(_place(Place(*row), indicator) for row in rows.iterator(chunk_size=10_000))


def _place(place: Place, indicator: Indicator) -> Place:
    """A territory of which nothing is written is one of which nothing is available, not a zero."""
    if place.state is None:
        return place._replace(state=str(State.UNAVAILABLE.value), text="")
    if indicator.kind == IndicatorKind.FLAG and place.number is not None:
        return place._replace(number=None, text=_("oui") if place.number else _("non"))
    return place


def _shared_out(place: Place) -> Place:
    if place.number is None:
        return place
    if not place.population:
        return place._replace(state=str(State.UNAVAILABLE.value), number=None)
    return place._replace(number=place.number / place.population * PER)
