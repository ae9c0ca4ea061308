"""What the kinds of chart share."""

from dataclasses import dataclass

from fairealliance.lib.french_numbers import format_number

NO_BREAK = "\u00a0"
SHAPES = ("circle", "square", "triangle", "diamond", "ring", "cross")
_SHAPE_OF = {
    "association": "circle",
    "entreprise": "square",
    "collectivite": "triangle",
    "etat": "diamond",
    "academique": "cross",
    "citoyens": "ring",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What every chart says around its marks. `sentence` is what it shows, for those who do not see it."""

    title: str
    sentence: str
    subtitle: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


def told(value: float, unit: str, decimals: int = 0) -> str:
    """`81 %`; decimals only when there are some to show."""
    shown = decimals or (0 if float(value).is_integer() else 1)
    return format_number(value, shown) + (f"{NO_BREAK}{unit}" if unit else "")


def shape_of(tone: str, number: int = 0) -> str:
    """The sphere's own sign, else one after the other."""
    return _SHAPE_OF.get(tone) or SHAPES[number % len(SHAPES)]


def shape_path(shape: str, x: float, y: float, r: float) -> str:
    """Outline of a sign centred on a point."""
    if shape == "square":
        return f"M{x - r:.1f} {y - r:.1f}h{2 * r:.1f}v{2 * r:.1f}h{-2 * r:.1f}z"
    if shape == "triangle":
        return f"M{x:.1f} {y - r * 1.2:.1f}L{x + r * 1.2:.1f} {y + r:.1f}L{x - r * 1.2:.1f} {y + r:.1f}z"
    if shape == "diamond":
        return (
            f"M{x:.1f} {y - r * 1.3:.1f}L{x + r * 1.3:.1f} {y:.1f}L{x:.1f} {y + r * 1.3:.1f}L{x - r * 1.3:.1f} {y:.1f}z"
        )
    if shape == "cross":
        a, b = r / 3, r * 1.1
        return (
            f"M{x - a:.1f} {y - b:.1f}h{2 * a:.1f}v{b - a:.1f}h{b - a:.1f}v{2 * a:.1f}h{a - b:.1f}v{b - a:.1f}"
            f"h{-2 * a:.1f}v{a - b:.1f}h{a - b:.1f}v{-2 * a:.1f}h{b - a:.1f}z"
        )
    return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers from `low` to `high`, about `wanted` of them, both ends covered."""
    span = (high - low) or abs(high) or 1.0
    step = _round_step(span / max(wanted, 1))
    first, last = _floor(low / step), _ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _round_step(raw: float) -> float:
    power = 1.0
    while power * 10 <= raw:
        power *= 10
    while power > raw:
        power /= 10
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)


def _floor(value: float) -> int:
    return int(value // 1)


def _ceil(value: float) -> int:
    return -int(-value // 1)
