"""Do alliances last? What both sides said, by route, form and région. Few are secret."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.introductions.enums import Lives, Route
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

    cut: str
    label: str
    alliances: int = 0
    alive: int = 0
    divided: int = 0
    state: State = State.KNOWN

    @property
    def percent(self) -> int:
        return round(100 * self.alive / self.alliances) if self.alliances else 0


def at(months: int) -> list[Row]:
    """All together first, then cut by cut; empty when nobody answered. Two queries."""
    lived = _lived(months)
    whole = _rows("", [(_("Toutes"), said) for *_facts, said in lived])
    routes = _rows(_("Comment"), [(str(Route(route).label), said) for route, _kind, _seat, said in lived])
    kinds = _rows(_("Forme"), [(str(AllianceKind(kind).label), said) for _route, kind, _seat, said in lived if kind])
    names = _regions({seat for _route, _kind, seat, _said in lived if seat})
    regions = _rows(_("Région"), [(name, said) for *_facts, seat, said in lived for name in names.get(seat or 0, [])])
    return [*whole, *routes, *kinds, *regions]


def _lived(months: int) -> list[_Lived]:
    found: dict[int, _Lived] = {}
    answered = Checkup.objects.filter(months=months, answered_at__isnull=False, introduction__is_demo=False)
    columns = ("route", "kind", "asked__seat")
    facts = answered.order_by("pk").values_list("introduction", *(f"introduction__{name}" for name in columns), "lives")
    for pk, route, kind, seat, said in facts:
        found.setdefault(pk, (route, kind, seat, set()))[3].add(said)
    return list(found.values())


def _rows(cut: str, told: Iterable[tuple[str, set[str]]]) -> list[Row]:
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
