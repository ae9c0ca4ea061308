"""Cutting figures into a few classes that a map can show, and saying how it was done."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import format_number

FEWEST, MOST, USUAL = 3, 7, 5
QUANTILES, EQUAL = "quantiles", "amplitudes"
METHODS = (QUANTILES, EQUAL)


@dataclass(frozen=True, slots=True)
class Classes:
    """`bounds` has one more than there are classes: the lowest figure, the cuts, the highest figure."""

    method: str
    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    asked: int

    @property
    def number(self) -> int:
        return max(len(self.bounds) - 1, 0)

    def of(self, value: float) -> int:
        """Which class, from 0. A cut belongs to the class above it."""
        return max(0, min(bisect_right(self.bounds, value) - 1, self.number - 1))

    def tone(self, index: int) -> int:
        """Its place on the scale of seven tones, from 1 (pale) to 7 (deep)."""
        return 4 if self.number < 2 else 1 + round(index * (MOST - 1) / (self.number - 1))


def cut(values: Sequence[float], method: str = QUANTILES, asked: int = USUAL) -> Classes:
    """Classes of `values` (in ascending order). Fewer than `asked` when too many figures are the same."""
    if not values:
        return Classes(method, (), (), asked)
    found = _quantiles(values, asked) if method == QUANTILES else _equal(values, asked)
    bounds = tuple(sorted(set(found)))
    if len(bounds) == 1:
        bounds = (bounds[0], bounds[0])
    classes = Classes(method, bounds, (), asked)
    counts = [0] * classes.number
    for value in values:
        counts[classes.of(value)] += 1
    return Classes(method, bounds, tuple(counts), asked)


def _quantiles(values: Sequence[float], asked: int) -> list[float]:
    size = len(values)
    cuts = [values[min(round(size * i / asked), size - 1)] for i in range(1, asked)]
    return [values[0], *cuts, values[-1]]


def _equal(values: Sequence[float], asked: int) -> list[float]:
    step = (values[-1] - values[0]) / asked
    return [values[0], *(values[0] + step * i for i in range(1, asked)), values[-1]]


def method_label(method: str) -> str:
    return {QUANTILES: _("Mêmes effectifs (quantiles)"), EQUAL: _("Mêmes écarts (amplitudes égales)")}[method]


def explained(classes: Classes, total: int, things: str) -> str:
    """How the classes were made, for someone who never heard of quantiles."""
    if not classes.number:
        return ""
    counts = {"n": classes.number, "things": things, "each": format_number(total / classes.number)}
    if classes.number == 1:
        told = _("Une seule classe, de tous les territoires dont le chiffre est connu.")
    elif classes.method == QUANTILES:
        told = _(
            "%(n)s classes de même effectif (quantiles) : rangés du plus bas au plus haut, les territoires forment"
            " des groupes d’environ %(each)s %(things)s. Deux teintes voisines peuvent donc cacher un petit écart."
        )
    else:
        told = _(
            "%(n)s classes de même étendue (amplitudes égales) : l’écart entre le plus bas et le plus haut est partagé"
            " en parts égales. Une classe peut donc ne compter que quelques %(things)s."
        )
    fewer = (
        " " + _("Trop de territoires ont le même chiffre pour faire %(asked)s classes.") % {"asked": classes.asked}
        if classes.number < classes.asked
        else ""
    )
    return told % counts + fewer
