"""Places of marks in charts: numbers to positions, once, on the server, so that charts need no JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 600
MARGIN = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """One territory on the strip. `x` in chart units, `anchor` for the text that stands above it."""

    name: str
    value: float
    x: float
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Strip:
    """A territory among others on one figure: its mark, theirs in ascending order, and the median's place."""

    own: Mark
    others: list[Mark]
    median: Mark
    unit: str
    decimals: int
    below: int

    @property
    def ordered(self) -> list[Mark]:
        """Everyone in ascending order, for the table under the chart."""
        return sorted([*self.others, self.own], key=lambda mark: mark.value)

    @property
    def ends(self) -> tuple[Mark, Mark]:
        """The lowest and the highest mark, which label the axis."""
        return self.ordered[0], self.ordered[-1]


def strip(
    own: tuple[str, float], others: Sequence[tuple[str, float]], *, unit: str = "", decimals: int = 0
) -> Strip | None:
    """Places `own` among `others` (name, value). None when there is nobody to compare with."""
    if not others:
        return None
    values = sorted([own[1], *(value for _, value in others)])
    low, high = values[0], values[-1]
    middle = len(values) // 2
    median = values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2

    def mark(name: str, value: float) -> Mark:
        share = (value - low) / (high - low) if high > low else 0.5
        x = round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)
        anchor = "start" if share < 0.34 else "end" if share > 0.66 else "middle"
        return Mark(name, value, x, anchor)

    ordered = sorted(others, key=lambda other: other[1])
    return Strip(
        own=mark(*own),
        others=[mark(*other) for other in ordered],
        median=mark("", median),
        unit=unit,
        decimals=decimals,
        below=sum(value < own[1] for _, value in others),
    )
