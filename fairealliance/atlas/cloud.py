"""The cloud of two indicators as SVG: thousands of territories are one path, those that matter are drawn on top."""

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from fairealliance.atlas import look
from fairealliance.atlas.crossing import Crossing, Pair
from fairealliance.design.plots.common import ticks
from fairealliance.design.plots.typeset import width_of, wrap
from fairealliance.lib.french_numbers import format_number

WIDTH, HEIGHT = 760, 520
# Ten millions stand whole at the ends of both axes, in the larger letters of a phone.
_LEFT, _RIGHT, _TOP, _BOTTOM = 116, 52, 44, 64
_TEXT = 15
_CELL = 2  # thousandths of territories on one spot make one dot
_LINKED = 250
# Figures of such different sizes crowd one end of the axis unless it counts in tenfolds.
_SPREAD = 200


@dataclass(frozen=True)
class Axis:
    """`is_log`: each step is ten times the one before. `ends` are the pixels of its first and last tick."""

    marks: tuple[float, ...]
    is_log: bool
    ends: tuple[float, float]

    def at(self, value: float) -> float:
        low, high = self._scaled(self.marks[0]), self._scaled(self.marks[-1])
        share = (self._scaled(value) - low) / ((high - low) or 1)
        return round(self.ends[0] + share * (self.ends[1] - self.ends[0]), 1)

    def _scaled(self, value: float) -> float:
        return log10(value) if self.is_log else value


def axis(values: list[float], ends: tuple[float, float]) -> Axis:
    """Round numbers that hold every value."""
    low, high = min(values), max(values)
    middle = sorted(values)[len(values) // 2]
    if low > 0 and high > _SPREAD * low and high > 10 * middle:
        return Axis(tuple(10.0**power for power in range(floor(log10(low)), ceil(log10(high)) + 1)), True, ends)
    return Axis(tuple(ticks(low, high)), False, ends)


def draw(found: Crossing, *, linked: bool) -> str:
    """The inside of the drawing."""
    if not found.pairs:
        return ""
    across = axis([pair.x for pair in found.pairs], (_LEFT, WIDTH - _RIGHT))
    up = axis([pair.y for pair in found.pairs], (HEIGHT - _BOTTOM, _TOP))
    return "".join(
        [
            _grid(found, across, up),
            _crowd(found, across, up, linked=linked),
            *(_mark(pair, "alike", across, up, linked=linked) for pair in found.alike),
            _mark(found.own, "own", across, up, linked=linked) if found.own else "",
        ]
    )


def logarithmic(found: Crossing) -> list[str]:
    """The names of the indicators whose axis counts in tenfolds: it must be said."""
    if not found.pairs:
        return []
    both = ((found.x, [pair.x for pair in found.pairs]), (found.y, [pair.y for pair in found.pairs]))
    return [indicator.label for indicator, values in both if axis(values, (0, 1)).is_log]


def standalone(found: Crossing, address: str) -> str:
    """One SVG document that needs nothing from anywhere."""
    heads = _paragraph([(found.title, 22, True), (found.sentence, _TEXT, False)], 0)
    tops = heads[1] + 8
    said = " · ".join(
        dict.fromkeys(f"{each.source.producer or each.source.label}, {each.vintage}" for each in (found.x, found.y))
    )
    foot = _paragraph([(said, 13, False), (address, 13, False)], tops + HEIGHT)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {foot[1] + 16:.0f}" width="{WIDTH}" role="img"'
        f' aria-labelledby="t d"><title id="t">{escape(found.title)}</title>'
        f'<desc id="d">{escape(found.sentence)}</desc><style>{look.CLOUD_STYLE}</style>'
        f'<rect width="100%" height="100%" fill="{look.PAPER}"/>{heads[0]}'
        f'<g transform="translate(0 {tops:.0f})">{draw(found, linked=False)}</g>{foot[0]}</svg>'
    )


def _grid(found: Crossing, across: Axis, up: Axis) -> str:
    parts = []
    bottom, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
    free = -1e9
    for mark in across.marks:
        x, words = across.at(mark), _number(mark)
        parts.append(f'<path class="line" d="M{x} {_TOP}V{bottom}"/>')
        half = width_of(words, _TEXT) / 2
        if x - half > free:
            parts.append(f'<text class="small" x="{x}" y="{bottom + 20}" text-anchor="middle">{words}</text>')
            free = x + half + 8
    for mark in up.marks:
        y = up.at(mark)
        parts.append(f'<path class="line" d="M{_LEFT} {y}H{right}"/>')
        parts.append(f'<text class="small" x="{_LEFT - 8}" y="{y + 5}" text-anchor="end">{_number(mark)}</text>')
    parts.append(f'<text class="axis" x="0" y="20">↑ {escape(_named(found.y.label, found.y.unit))}</text>')
    words = escape(_named(found.x.label, found.x.unit))
    parts.append(f'<text class="axis" x="{right}" y="{HEIGHT - 12}" text-anchor="end">{words} →</text>')
    return "".join(parts)


def _crowd(found: Crossing, across: Axis, up: Axis, *, linked: bool) -> str:
    """A few have each their name and link; a crowd is one path, places shared by several drawn once."""
    apart = {pair.place.pk for pair in (found.own, *found.alike) if pair}
    rest = [pair for pair in found.pairs if pair.place.pk not in apart]
    if len(rest) <= _LINKED:
        return "".join(_mark(pair, "one", across, up, linked=linked) for pair in rest)
    cells = sorted({(round(across.at(pair.x) / _CELL), round(up.at(pair.y) / _CELL)) for pair in rest})
    drawn: list[str] = []
    here = (0, 0)
    for column, row in cells:
        x, y = column * _CELL, row * _CELL
        drawn.append(f"{'m' if drawn else 'M'}{x - here[0]} {y - here[1]}h1")
        here = (x + 1, y)
    return f'<path class="crowd" d="{"".join(drawn).replace(" -", "-")}"/>'


def _mark(pair: Pair, kind: str, across: Axis, up: Axis, *, linked: bool) -> str:
    x, y = across.at(pair.x), up.at(pair.y)
    r = {"own": 8, "alike": 6, "one": 3.5}[kind]
    name = escape(pair.place.name)
    mark = f'<circle class="{kind}" cx="{x}" cy="{y}" r="{r}"><title>{name}</title></circle>'
    if kind == "own":
        is_left = x + 14 + width_of(pair.place.name, 17, bold=True) > WIDTH
        place = f'x="{x - 14}" text-anchor="end"' if is_left else f'x="{x + 14}"'
        mark += f'<text class="own-name" {place} y="{y + 6}">{name}</text>'
    return f'<a href="{pair.place.address}" tabindex="-1">{mark}</a>' if linked else mark


def _named(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label


def _number(value: float) -> str:
    return format_number(value, 0 if float(value).is_integer() else 1 if round(value, 1) == value else 2)


def _paragraph(lines: list[tuple[str, int, bool]], top: float) -> tuple[str, float]:
    parts, y = [], top + 10
    for text, size, is_bold in lines:
        for line in wrap(text, size, WIDTH - 20, bold=is_bold):
            y += size * 1.35
            weight = ' font-weight="700"' if is_bold else ""
            parts.append(f'<text x="10" y="{y:.0f}" font-size="{size}"{weight}>{escape(line)}</text>')
    return "".join(parts), y
