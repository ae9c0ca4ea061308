"""Which sectors are covered, in which territories, by how many; where nobody is, and how often somebody asked there.

Only real catalysts who are listed count: whoever withdraws leaves every figure at once, the invented world is in none.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final, Literal

from django.db.models import Count

from fairealliance.network.enums import MarkKind
from fairealliance.network.models import Catalyst, Mark, SupportRequest
from fairealliance.network.querysets import CatalystQuerySet
from fairealliance.network.words import SECTORS
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory

LEVELS = (Level.DEPARTEMENT, Level.REGION)
WHOLE: Final = "whole"
PART: Final = "part"
BLANK: Final = "blank"
State = Literal["whole", "part", "blank"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A sector in a territory: how many cover all of it, how many only a part, and the requests nobody could take."""

    sector: str
    whole: int
    part: int
    asked: int

    @property
    def state(self) -> State:
        return WHOLE if self.whole else PART if self.part else BLANK

    @property
    def name(self) -> str:
        return SECTORS[self.sector]


@dataclass(frozen=True, slots=True)
class Line:
    """A territory. `asked` counts all the requests it sent where nobody covered, those of no told sector too."""

    territory: Territory
    cells: list[Cell]
    asked: int

    @property
    def blanks(self) -> int:
        return sum(cell.state == BLANK for cell in self.cells)

    @property
    def state(self) -> State:
        """All sectors covered, some, none."""
        if all(cell.state == WHOLE for cell in self.cells):
            return WHOLE
        return BLANK if self.blanks == len(self.cells) else PART


@dataclass(frozen=True, slots=True)
class Coverage:
    sectors: list[str]
    lines: list[Line]

    @property
    def blanks(self) -> int:
        return sum(line.blanks for line in self.lines)

    @property
    def cells(self) -> int:
        return len(self.sectors) * len(self.lines)

    @property
    def asked(self) -> int:
        return sum(line.asked for line in self.lines)


def matrix(level: Level, *, region: Territory | None = None, sector: str = "") -> Coverage:
    """Every territory of `level` (in `region` when told) × every sector (or the one told). Six queries."""
    rows = Territory.objects.filter(level=level).order_by("code")
    if region is not None:
        rows = rows.within(region) if level != Level.REGION else rows.filter(pk=region.pk)
    territories = list(rows)
    sectors = [sector] if sector else list(SECTORS)
    whole, part = _people(territories)
    of_sector = _by_sector()
    asked = _asked(territories)
    lines = [
        Line(
            each,
            [
                Cell(
                    slug,
                    len(whole[each.pk] & of_sector[slug]),
                    len((part[each.pk] - whole[each.pk]) & of_sector[slug]),
                    asked[each.pk, slug],
                )
                for slug in sectors
            ],
            sum(asked[each.pk, slug] for slug in ([sector] if sector else ["", *SECTORS])),
        )
        for each in territories
    ]
    return Coverage(sectors, lines)


def _counted() -> CatalystQuerySet:
    return Catalyst.objects.active().of_world(is_demo=False)


def _people(territories: list[Territory]) -> tuple[defaultdict[int, set[int]], defaultdict[int, set[int]]]:
    """By territory: who covers all of it, who covers some place in it."""
    by_place: defaultdict[int, set[int]] = defaultdict(set)
    links = Catalyst.territories.through.objects.filter(catalyst__in=_counted())
    for person, place in links.values_list("catalyst", "territory"):
        by_place[place].add(person)
    keys = [each.pk for each in territories]
    whole: defaultdict[int, set[int]] = defaultdict(set, {pk: set(by_place[pk]) for pk in keys})
    part: defaultdict[int, set[int]] = defaultdict(set)
    told = list(by_place)
    above = Membership.objects.filter(child__in=keys, parent__in=told).values_list("child", "parent")
    for child, parent in above:
        whole[child] |= by_place[parent]
    below = Membership.objects.filter(parent__in=keys, child__in=told).values_list("parent", "child")
    for parent, child in below:
        part[parent] |= by_place[child]
    return whole, part


def _by_sector() -> defaultdict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    marks = Mark.objects.filter(kind=MarkKind.SECTOR, catalyst__in=_counted())
    for slug, person in marks.values_list("slug", "catalyst"):
        found[slug].add(person)
    return found


def _asked(territories: list[Territory]) -> Counter[tuple[int, str]]:
    """Requests asked where nobody covered, by territory and sector (empty: not told)."""
    rows = (
        SupportRequest.objects.filter(is_blank=True, is_demo=False, commune__memberships__parent__in=territories)
        .order_by()
        .values_list("commune__memberships__parent", "sector")
        .annotate(n=Count("pk"))
    )
    return Counter({(place, sector): n for place, sector, n in rows})
