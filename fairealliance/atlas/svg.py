"""Drawing the map: strings put together, for a template would take ten times as long on a thousand shapes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from html import escape

from fairealliance.atlas import drawing, shapes
from fairealliance.atlas.asking import Marked
from fairealliance.atlas.classes import Classes
from fairealliance.atlas.series import Place, Series
from fairealliance.atlas.shapes import Shape, Shapes
from fairealliance.lib import geo
from fairealliance.territories.enums import Level, State

# Radius of the largest circle, on the grid.
_LARGEST = {Level.REGION: 110, Level.DEPARTEMENT: 75, Level.EPCI: 85}
_SMALLEST = 2.0
_PAD = 14
_BOTTOM_ROW = 1710
_LETTER = 24  # on the grid
ABSENT = {State.SECRET: "secret", State.UNAVAILABLE: "missing", State.NOT_APPLICABLE: "none"}
PATTERNS = (
    '<defs><pattern id="atlas-missing" width="9" height="9" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path class="hatch" d="M0 0v9"/></pattern>'
    '<pattern id="atlas-secret" width="9" height="9" patternUnits="userSpaceOnUse">'
    '<circle class="point" cx="3" cy="3" r="1.7"/></pattern></defs>'
)
Tell = Callable[[Place], str]


def shapes_map(found: Series, tone_of: Callable[[Place], str], drawn: Shapes, tell: Tell, *, linked: bool) -> str:
    """Each territory filled with its class."""
    return "".join(
        _linked(place, f'<path class="{_kind(shape)} {tone_of(place)}" d="{shape.path}">', tell(place), linked)
        for place in found.places
        if (shape := drawn.by_pk.get(place.pk))
    )


def circles_map(found: Series, tone_of: Callable[[Place], str], drawn: Shapes, tell: Tell, *, linked: bool) -> str:
    """Counts as circles whose surface is the figure, over a pale country: a large territory does not shout."""
    ground = {True: "k", False: "p"}
    base = "".join(
        f'<path class="{kind} base" d="{"".join(each)}"/>'
        for is_contour, kind in ground.items()
        if (each := [shape.path for pk, shape in drawn.by_pk.items() if shape.is_contour is is_contour])
    )
    absent = [place for place in found.places if place.number is None]
    marks = shapes_map(Series(found.level, tuple(absent), "", 0), tone_of, drawn, tell, linked=linked)
    largest = max((abs(place.number or 0.0) for place in found.known), default=0.0)
    circles = []
    for place in reversed(found.known):
        if (spot := _centre(place)) and place.pk in drawn.by_pk:
            r = radius(place.number or 0.0, largest, found.level)
            mark = f'<circle class="c {tone_of(place)}" cx="{spot[0]}" cy="{spot[1]}" r="{r:g}">'
            circles.append(_linked(place, mark, tell(place), linked))
    return base + marks + "".join(circles)


def radius(value: float, largest: float, level: Level) -> float:
    """The surface of the circle is in proportion to the figure."""
    return round(max(_SMALLEST, _LARGEST.get(level, 60) * (abs(value) / (largest or 1)) ** 0.5), 1)


def dots_map(found: Series, tone_of: Callable[[Place], str]) -> str:
    """Thirty-five thousand communes: one path per class, without links; the table has them."""
    at = shapes.spots()
    groups: dict[str, list[drawing.Spot]] = defaultdict(list)
    for place in found.places:
        if place.pk in at:
            groups[tone_of(place)].append(at[place.pk])
    order = sorted(groups, key=lambda tone: (tone.startswith("r"), tone))
    return "".join(f'<path class="q {tone}" d="{drawing.dots(groups[tone])}"/>' for tone in order)


def frames(insets: Iterable[geo.Inset]) -> str:
    """The boxes of what lies overseas, each with its name."""
    scale = drawing.GRID
    return "".join(
        f'<rect class="frame" x="{inset.x * scale:g}" y="{inset.y * scale:g}" width="{inset.width * scale:g}"'
        f' height="{inset.height * scale:g}"/><text class="frame-name small" font-size="{_LETTER}">'
        f"{_lines(inset.lines, inset.x * scale + 6, (inset.y + inset.height) * scale - 8)}</text>"
        for inset in insets
    )


def _lines(lines: Sequence[str], x: float, bottom: float) -> str:
    tops = (bottom - _LETTER * place for place in reversed(range(len(lines))))
    return "".join(f'<tspan x="{x:g}" y="{y:g}">{escape(line)}</tspan>' for line, y in zip(lines, tops, strict=True))


def marks(marked: Marked, drawn: Shapes | None, names: dict[int, str]) -> str:
    """The territory looked at, and those like it, around what is drawn."""
    if marked.own is None:
        return ""
    held = drawn.by_pk if drawn else {}
    pks = [*marked.alike_ids, marked.own.pk]
    at = {} if all(pk in held for pk in pks) else shapes.spots()
    found = [_around(held.get(pk) or _point(at.get(pk)), "alike", "") for pk in marked.alike_ids]
    name = names.get(marked.own.pk, marked.own.name)
    found.append(_around(held.get(marked.own.pk) or _point(at.get(marked.own.pk)), "own", name))
    return "".join(found)


def view_box(insets: Iterable[geo.Inset]) -> str:
    """The bottom row of insets is cut off when nothing is drawn there."""
    is_whole = any(inset.y * drawing.GRID >= _BOTTOM_ROW for inset in insets)
    return f"0 0 {drawing.WIDTH} {drawing.HEIGHT if is_whole else _BOTTOM_ROW}"


def legend_swatch(tone: str, *, dotted: bool = False) -> str:
    """A sample of a tone, as it looks on the map. Patterns are those of the map on the same page."""
    mark = f'<rect class="k {tone}" x="1" y="1" width="32" height="18"/>'
    if dotted:
        mark = f'<path class="q {tone}" d="M5 6h1m7 0h1m7 0h1m7 0h1M9 14h1m7 0h1m7 0h1"/>'
    size = 'viewBox="0 0 34 20" width="34" height="20"'
    return f'<svg class="atlas-swatch atlas-drawing" {size} aria-hidden="true">{mark}</svg>'


def legend_circles(largest: float, level: Level, values: Sequence[float]) -> str:
    """Circles of round figures, one within the other."""
    sizes = [radius(value, largest, level) for value in values]
    widest = max(sizes, default=1.0)
    side = 2 * widest + 4
    size = f'viewBox="0 0 {side:g} {side:g}" width="{side / 2:g}" height="{side / 2:g}"'
    rings = "".join(f'<circle class="ring" cx="{widest + 2:g}" cy="{side - 2 - r:g}" r="{r:g}"/>' for r in sizes)
    return f'<svg class="atlas-rings atlas-drawing" {size} aria-hidden="true">{rings}</svg>'


def tone_of(classes: Classes) -> Callable[[Place], str]:
    """The CSS class of a place: its tone, or why it has none."""
    tones = [f"r{classes.tone(index)}" for index in range(classes.number)]

    def tone(place: Place) -> str:
        if place.number is None:
            return ABSENT.get(State(place.state), "missing")
        return tones[classes.of(place.number)]

    return tone


def _kind(shape: Shape) -> str:
    return "k" if shape.is_contour else "p"


def _linked(place: Place, opening: str, told: str, linked: bool) -> str:
    """The mark with its words. The keyboard goes through the table, which has the same links in order."""
    name = opening[1 : opening.index(" ")]
    mark = f"{opening}<title>{escape(told, quote=False)}</title></{name}>"
    if not linked:
        return mark
    return f'<a href="/territoires/{place.level}/{place.code}/" tabindex="-1">{mark}</a>'


def _centre(place: Place) -> drawing.Spot | None:
    if place.latitude is None or place.longitude is None:
        return None
    return drawing.spot(place.latitude, place.longitude)


def _around(shape: Shape | None, kind: str, name: str) -> str:
    """The outline of a contour; a frame around dots. Nothing for a place unknown."""
    if shape is None:
        return ""
    if shape.is_contour:
        mark = f'<path class="{kind}" d="{shape.path}"/>'
    else:
        left, top, right, bottom = shape.box
        x, y, width, height = left - _PAD, top - _PAD, right - left + 2 * _PAD, bottom - top + 2 * _PAD
        mark = f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{_PAD}"/>'
    return mark + (_label(name, shape.box) if name else "")


def _point(spot: drawing.Spot | None) -> Shape | None:
    return Shape("", False, (*spot, *spot)) if spot else None


def _label(name: str, box: tuple[int, int, int, int]) -> str:
    """The name beside it, on the side where there is room."""
    is_right = box[2] < drawing.WIDTH * 0.65
    x = box[2] + 2 * _PAD if is_right else box[0] - 2 * _PAD
    anchor = "start" if is_right else "end"
    y = (box[1] + box[3]) / 2 + 10
    place = f'x="{x}" y="{y:g}" text-anchor="{anchor}"'
    return f'<text class="own-name" font-size="36" font-weight="700" {place}>{escape(name)}</text>'
