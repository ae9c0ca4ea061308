"""Figures, movements and points of territories: read whole, then written at once, in one transaction.

Memory is bounded by the number of territories: a territory met twice is a duplicate.
"""

from datetime import date
from typing import Any

from fairealliance.federation.columns import Converted
from fairealliance.federation.mapping import FIGURE
from fairealliance.federation.targets.base import Target
from fairealliance.territories import actions as territories
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Indicator

_FigureRow = tuple[int, str, float | None, str]
_DEFINITION = ("slug", "label", "short_label", "unit", "kind", "theme", "reading", "additive", "decimals", "order")
# Overseas collectivities: official statistics of the State mostly do not cover them.
_COLLECTIVITIES = ("975", "977", "978", "984", "986", "987", "988", "989")


class FigureTarget(Target):
    """Each indicator of the mapping: its definition, then all its values."""

    at_once = True

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._rows: dict[str, list[_FigureRow]] = {one["slug"]: [] for one in self.mapping.options["indicators"]}

    def write(self, rows: Converted) -> None:
        places = rows.get("territory")
        for slug, found in self._rows.items():
            found += [(pk, *value) for pk, value in zip(places, rows.values[FIGURE + slug], strict=True)]

    def finish(self) -> None:
        for one in self.mapping.options["indicators"]:
            found = self._rows.pop(one["slug"])
            if one.get("zero_elsewhere"):
                found += self._zeros({row[0] for row in found})
            counts = territories.save_values(by=self.by, indicator=self._indicator(one), rows=found)
            self.tally.add(counts.created, counts.updated, counts.unchanged)

    def _indicator(self, one: dict[str, Any]) -> Indicator:
        """With `keep`, an indicator already defined elsewhere keeps its definition."""
        if one.get("keep") and (known := Indicator.objects.filter(slug=one["slug"]).first()):
            return known
        source = self.sources.get()
        definition = {name: one[name] for name in _DEFINITION if name in one}
        vintage = one.get("vintage", self.mapping.source["vintage"])
        return territories.save_indicator(by=self.by, **definition, source=source, vintage=vintage)[0]

    def _zeros(self, known: set[int]) -> list[_FigureRow]:
        """Communes the source covers and does not list: none there, which is known."""
        places = self.context.book.places
        return [
            (pk, State.KNOWN.value, 0.0, "")
            for pk, place in places.items()
            if pk not in known
            and place.ref.startswith(f"{Level.COMMUNE}:")
            and not place.ref.partition(":")[2].startswith(_COLLECTIVITIES)
        ]


class MovementTarget(Target):
    """The COG's movements file."""

    at_once = True

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._movements: list[territories.Movement] = []

    def write(self, rows: Converted) -> None:
        names = ("before_type", "before_code", "before_name", "after_type", "after_code", "after_name")
        for on, *rest in zip(rows.get("on"), *(rows.get(name, "") for name in names), strict=True):
            if all(rest):
                self._movements.append(territories.Movement(date.fromisoformat(on), *rest))

    def finish(self) -> None:
        counts = territories.save_movements(by=self.by, rows=self._movements)
        self.tally.add(counts.created, counts.updated, counts.unchanged)


class CoordinateTarget(Target):
    """Exact points of communes."""

    at_once = True

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._points: dict[int, tuple[float, float]] = {}

    def write(self, rows: Converted) -> None:
        self._points.update(
            (pk, point) for pk, point in zip(rows.get("territory"), rows.get("point"), strict=True) if point
        )

    def finish(self) -> None:
        rows = ((pk, latitude, longitude) for pk, (latitude, longitude) in self._points.items())
        counts = territories.save_coordinates(by=self.by, rows=rows)
        self.tally.add(counts.created, counts.updated, counts.unchanged)
