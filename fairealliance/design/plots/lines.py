"""Lines across waves: cut where what was asked, of whom or how, changed."""

from dataclasses import dataclass

from fairealliance.design.plots.canvas import Canvas
from fairealliance.design.plots.common import Words, shape_of, shape_path, ticks, told
from fairealliance.design.plots.look import SMALL, TEXT, Look
from fairealliance.design.plots.typeset import width_of

_HEIGHT = 250
_LABELS = 38
_KEY = 24


@dataclass(frozen=True, slots=True)
class Point:
    """`x` in years (2020.4), `when` in words. `high`: another source tells more. `cut`: the line does not reach it
    from the one before, as it cannot be compared with it."""

    x: float
    when: str
    value: float
    high: float | None = None
    cut: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `tone` is a sphere, which gives its colour and its sign."""

    name: str
    points: tuple[Point, ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A break in the series at `x`: a dashed rule with its number; the words are in the notes."""

    x: float
    number: int


@dataclass(frozen=True, slots=True)
class Lines:
    words: Words
    lines: tuple[Line, ...]
    cuts: tuple[Cut, ...] = ()
    unit: str = "%"

    def draw(self, look: Look, width: int) -> str:
        canvas = Canvas(look, width)
        canvas.heading(self.words.title, self.words.subtitle)
        if len(self.lines) > 1:
            self._key(canvas)
        frame = _Frame.of(self, canvas)
        frame.axes(canvas, self)
        for cut in self.cuts:
            frame.cut(canvas, cut)
        taken: list[tuple[float, float]] = []
        for number, line in enumerate(self.lines):
            frame.line(canvas, line, number, self.unit, taken)
        canvas.y = frame.bottom + _LABELS + 6
        canvas.footing([*self.words.notes, self.words.source])
        return canvas.document(self.words.title, self.words.sentence)

    def points(self) -> list[Point]:
        return [point for line in self.lines for point in line.points]

    def _key(self, canvas: Canvas) -> None:
        x = canvas.left
        for number, line in enumerate(self.lines):
            needed = width_of(line.name, TEXT) + 40
            if x > canvas.left and x + needed > canvas.right:
                x, canvas.y = canvas.left, canvas.y + _KEY
            _sign(canvas, line.tone, number, x + 8, canvas.y + 9)
            canvas.text(x + 20, canvas.y + 14, line.name)
            x += needed
        canvas.y += _KEY + 4


@dataclass(frozen=True, slots=True)
class _Frame:
    """From years and shares to places."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    low: float
    high: float
    rules: tuple[float, ...]

    @classmethod
    def of(cls, plot: Lines, canvas: Canvas) -> "_Frame":
        points = plot.points()
        if plot.unit == "%":
            rules: tuple[float, ...] = (0.0, 25.0, 50.0, 75.0, 100.0)
        else:
            values = [value for point in points for value in (point.value, point.high) if value is not None]
            rules = tuple(ticks(min([0.0, *values]), max([0.0, *values])))
        margin = max(width_of(told(rule, plot.unit), SMALL) for rule in rules) + 8
        years = [point.x for point in points] or [0.0]
        return cls(
            left=canvas.left + margin + 24,
            right=canvas.right - 36,
            top=canvas.y + 14,
            bottom=canvas.y + 14 + _HEIGHT,
            first=min(years),
            last=max(years),
            low=rules[0],
            high=rules[-1],
            rules=rules,
        )

    def x(self, year: float) -> float:
        span = self.last - self.first
        return (self.left + self.right) / 2 if not span else self.left + (year - self.first) / span * self.width

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / ((self.high - self.low) or 1) * (self.bottom - self.top)

    @property
    def width(self) -> float:
        return self.right - self.left

    def axes(self, canvas: Canvas, plot: Lines) -> None:
        look = canvas.look
        for rule in self.rules:
            strong = rule == self.low
            canvas.line(self.left - 24, self.y(rule), canvas.right, self.y(rule), look.line if strong else look.hair)
            words = told(rule, plot.unit)
            canvas.text(self.left - 30, self.y(rule) + 4, words, size=SMALL, fill=look.muted, anchor="end")
        free = [-1e9, -1e9]
        for x, when in sorted({(point.x, point.when) for point in plot.points()}):
            half = width_of(when, SMALL) / 2
            at = min(max(self.x(x), canvas.left + half), canvas.right - half)
            canvas.line(self.x(x), self.bottom, self.x(x), self.bottom + 5, look.line)
            row = next((row for row, end in enumerate(free) if at - half > end), None)
            if row is not None:  # two lines of dates; the table tells those for which there is no room
                canvas.text(at, self.bottom + 18 + 16 * row, when, size=SMALL, fill=look.muted, anchor="middle")
                free[row] = at + half + 6

    def cut(self, canvas: Canvas, cut: Cut) -> None:
        x = self.x(cut.x)
        canvas.line(x, self.top, x, self.bottom, canvas.look.muted, stroke_width=1.5, stroke_dasharray="4 4")
        canvas.circle(x, self.top - 3, 9, canvas.look.paper, stroke=canvas.look.muted)
        canvas.text(x, self.top + 1, str(cut.number), size=SMALL, fill=canvas.look.muted, anchor="middle", bold=True)

    def line(self, canvas: Canvas, line: Line, number: int, unit: str, taken: list[tuple[float, float]]) -> None:
        colour = canvas.look.tone(line.tone)
        before: Point | None = None
        for point in line.points:
            if before is not None and not point.cut:
                ends = (self.x(before.x), self.y(before.value), self.x(point.x), self.y(point.value))
                canvas.line(*ends, colour, stroke_width=2.5)
            before = point
        for point in line.points:
            self._point(canvas, line, number, point, unit, taken)

    def _point(
        self, canvas: Canvas, line: Line, number: int, point: Point, unit: str, taken: list[tuple[float, float]]
    ) -> None:
        x, y = self.x(point.x), self.y(point.value)
        figure = point.said or told(point.value, unit)
        if point.high is not None and point.high != point.value:
            top = self.y(point.high)
            canvas.line(x, y, x, top, canvas.look.tone(line.tone), stroke_width=2, stroke_dasharray="2 2")
            _sign(canvas, line.tone, number, x, top)
            figure = point.said or f"{told(point.value, '')} ou {told(point.high, unit)}"
            _sign(canvas, line.tone, number, x, y)
            y = top
        else:
            _sign(canvas, line.tone, number, x, y)
        at = y - 11
        while any(abs(x - other) < 44 and abs(at - height) < 15 for other, height in taken):
            at += 15
            at = at + 22 if abs(at - y) < 12 else at
        taken.append((x, at))
        canvas.text(x, at, figure, anchor="middle", bold=True, halo=True)


def _sign(canvas: Canvas, tone: str, number: int, x: float, y: float) -> None:
    colour, shape = canvas.look.tone(tone), shape_of(tone, number)
    fill = canvas.look.paper if shape == "ring" else colour
    canvas.path(
        shape_path(shape, x, y, 5.5),
        fill=fill,
        stroke=colour if shape == "ring" else canvas.look.paper,
        stroke_width=3 if shape == "ring" else 1,
    )
