"""Do alliances last? What both sides said, by route, form and région. Few are secret."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fairealliance.introductions.actions.following import MONTHS
from fairealliance.introductions.enums import Cut, Lives, Route
from fairealliance.introductions.models import Checkup
from fairealliance.lib.small_numbers import with_complements
from fairealliance.organisations.enums import AllianceKind
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Membership

LEAST = 5
"""Fewer alliances than that are secret."""
_Lived = tuple[str, str, int | None, set[str]]
"""Route, form, seat of the one that was asked, and what its sides said."""


@dataclass(slots=True)
class Row:
    """Alliances of which a side answered; `alive`: nobody said that it stopped; `divided`: one did, not the other."""

    cut: Cut
    label: str
    alliances: int = 0
    alive: int = 0
    divided: int = 0
    state: State = State.KNOWN

    @property
    def percent(self) -> int:
        return round(100 * self.alive / self.alliances) if self.alliances else 0


@dataclass(frozen=True, slots=True)
class Told:
    """Months → rows, all together first, then cut by cut; none when nobody answered. `latest`: when one last did."""

    rows: dict[int, list[Row]]
    latest: datetime | None


def told() -> Told:
    """Two queries."""
    lived, latest = _lived()
    names = _regions({seat for lives in lived.values() for _route, _kind, seat, _said in lives if seat})
    return Told({months: _cut(lived[months], names) for months in MONTHS}, latest)


def _cut(lived: list[_Lived], names: Mapping[int, list[str]]) -> list[Row]:
    whole = _rows(Cut.WHOLE, [(_("Toutes"), said) for *_facts, said in lived])
    routes = _rows(Cut.ROUTE, [(str(Route(route).label), said) for route, _kind, _seat, said in lived])
    kinds = _rows(Cut.KIND, [(str(AllianceKind(kind).label), said) for _route, kind, _seat, said in lived if kind])
    regions = _rows(Cut.REGION, [(name, said) for *_facts, seat, said in lived for name in names.get(seat or 0, [])])
    return [*whole, *routes, *kinds, *regions]


def _lived() -> tuple[dict[int, list[_Lived]], datetime | None]:
    found: dict[int, dict[int, _Lived]] = {months: {} for months in MONTHS}
    latest: datetime | None = None
    answered = Checkup.objects.filter(months__in=MONTHS, answered_at__isnull=False, introduction__is_demo=False)
    columns = ("route", "kind", "asked__seat")
    facts = (*(f"introduction__{name}" for name in columns), "lives", "answered_at")
    rows = answered.order_by("pk").values_list("months", "introduction", *facts)
    for months, pk, route, kind, seat, said, at in rows:
        found[months].setdefault(pk, (route, kind, seat, set()))[3].add(said)
        latest = max(latest or at, at)
    return {months: list(lives.values()) for months, lives in found.items()}, latest


def _rows(cut: Cut, told: Iterable[tuple[str, set[str]]]) -> list[Row]:
    rows: dict[str, Row] = {}
    for label, said in told:
        row = rows.setdefault(label, Row(cut, label))
        row.alliances += 1
        row.alive += Lives.NO not in said
        row.divided += Lives.NO in said and len(said) > 1
    _hide(list(rows.values()))
    return sorted(rows.values(), key=lambda row: row.label)


def _hide(rows: list[Row]) -> None:
    """Few are secret, and those that would give them back from the whole."""
    by_label = {row.label: row for row in sorted(rows, key=lambda row: row.label)}
    few = [label for label, row in by_label.items() if row.alliances < LEAST]
    others = [label for label in by_label if label not in few]
    for label in with_complements(few, others, size=lambda label: by_label[label].alliances, least=LEAST):
        by_label[label].state = State.SECRET


def _regions(seats: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    links = Membership.objects.filter(child__in=seats, parent__level=Level.REGION).order_by("pk")
    for child, name in links.values_list("child", "parent__name"):
        found[child].append(name)
    return found
