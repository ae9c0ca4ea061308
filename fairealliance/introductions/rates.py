"""How often and how soon requests are answered: of an organisation, as ranges; of territories, as figures.

A request counts once its outcome is known: answered (yes, no or a question), or closed by silence. Not invented ones.
Few are secret, and so is whatever would give them back by subtraction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from fairealliance.introductions.enums import Route, Side, Status
from fairealliance.introductions.models import Introduction
from fairealliance.lib.small_numbers import with_complements
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Membership, Territory

LEAST = 5
"""Fewer requests than that are secret."""
SOON = (2, 7, 21)
"""Days within which an answer came: the bounds of the ranges."""


@dataclass(slots=True)
class Tally:
    """Requests whose outcome is known; `soon`: answered within 2, 7 and 21 days."""

    asked: int = 0
    answered: int = 0
    soon: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, other: "Tally") -> None:
        self.asked += other.asked
        self.answered += other.answered
        self.soon = [one + two for one, two in zip(self.soon, other.soon, strict=True)]

    @property
    def is_enough(self) -> bool:
        return self.asked >= LEAST

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.asked) if self.asked else 0

    def often(self) -> str:
        """In a range of words: nobody is told to the percent."""
        share = self.answered / self.asked if self.asked else 0
        if share >= 0.8:
            return _("répond presque toujours")
        if share >= 0.5:
            return _("répond souvent")
        return _("répond parfois") if share >= 0.2 else _("répond rarement")

    def delay(self) -> str:
        """The range in which half of the answers came; empty without an answer."""
        if not self.answered:
            return ""
        words = [_("en général en deux jours"), _("en général en moins d’une semaine")]
        words += [_("en général en moins de trois semaines"), _("en général en plus de trois semaines")]
        half = self.answered / 2
        return next((words[i] for i, count in enumerate(self.soon) if count >= half), words[3])


@dataclass(frozen=True, slots=True)
class Row:
    """A territory and its tally. Secret: neither is told."""

    territory: Territory
    tally: Tally
    state: State


def counted(organisations: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Organisation → (requests it got, those it answered). Two queries."""
    return {pk: (tally.asked, tally.answered) for pk, tally in of_organisations(organisations).items()}


def of_organisations(organisations: Sequence[int]) -> dict[int, Tally]:
    return _by("", organisations)


def words_of(tally: Tally | None) -> str:
    """What a profile tells."""
    if tally is None or not tally.is_enough:
        return _("pas encore assez de demandes")
    return ", ".join(part for part in (tally.often(), tally.delay()) if part)


def of_territories() -> dict[str, list[Row]]:
    """« region » and « departement » → their rows, by name, of those where something was asked. Five queries."""
    by_seat = _by("__seat")
    levels = (Level.REGION, Level.DEPARTEMENT)
    above: dict[int, list[int]] = defaultdict(list)
    parents = Membership.objects.filter(child__in=list(by_seat), parent__level__in=levels)
    for child, parent in parents.order_by("pk").values_list("child", "parent"):
        above[child].append(parent)
    tallies: dict[int, Tally] = defaultdict(Tally)
    for seat, tally in by_seat.items():
        for territory in (seat, *above[seat]):
            tallies[territory].add(tally)
    known = list(Territory.objects.filter(pk__in=list(tallies), level__in=levels).order_by("slug", "name", "pk"))
    secret = _secret({each.pk: tallies[each.pk] for each in known}, known)
    found: dict[str, list[Row]] = {level: [] for level in levels}
    for each in known:
        state = State.SECRET if each.pk in secret else State.KNOWN
        found[each.level].append(Row(each, tallies[each.pk], state))
    return found


def _secret(tallies: Mapping[int, Tally], known: Iterable[Territory]) -> set[int]:
    """Those of few requests, and those that would give them back from the number of their région."""
    found = {pk for pk, tally in tallies.items() if not tally.is_enough}
    regions = [each.pk for each in known if each.level == Level.REGION]
    children: dict[int, list[int]] = defaultdict(list)
    for parent, child in Membership.objects.filter(parent__in=regions).values_list("parent", "child").order_by("pk"):
        if child in tallies:
            children[parent].append(child)
    for group in children.values():
        few = [pk for pk in group if pk in found]
        others = sorted(pk for pk in group if pk not in found)
        found.update(with_complements(few, others, size=lambda pk: tallies[pk].asked, least=LEAST))
    return found


def _by(path: str, organisations: Sequence[int] | None = None) -> dict[int, Tally]:
    """By what `path` leads to from the organisation that was asked. Two queries."""
    found: dict[int, Tally] = defaultdict(Tally)
    for side in Side:
        for key, asked, answered, *soon in _counts(side, path, organisations):
            found[key].add(Tally(asked, answered, soon))
    return dict(found)


def _counts(side: Side, path: str, organisations: Sequence[int] | None) -> Iterator[tuple[Any, ...]]:
    at = f"{side}_answered_at"
    rows = _known(side).filter(**{f"{side}{path}__isnull": False})
    if organisations is not None:
        rows = rows.filter(**{f"{side}__in": organisations})
    within = {
        f"within_{days}": Count("pk", filter=Q(**{f"{at}__lte": F("asked_at") + timedelta(days=days)})) for days in SOON
    }
    told = rows.order_by().values_list(f"{side}{path}").annotate(asked_=Count("pk"), answered_=Count(at), **within)
    yield from told


def _known(side: Side) -> "QuerySet[Introduction]":
    """Requests to that side whose outcome is known. Who asks for itself is asked nothing."""
    rows = Introduction.objects.filter(is_demo=False)
    if side == Side.ASKER:
        rows = rows.filter(route=Route.CATALYST)
    return rows.filter(Q(**{f"{side}_answered_at__isnull": False}) | Q(status=Status.SILENT))
