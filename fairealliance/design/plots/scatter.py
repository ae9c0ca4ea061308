"""Two figures crossed: a cloud, and the one looked at in it."""

from dataclasses import dataclass
from typing import NamedTuple

from fairealliance.design.plots.canvas import Canvas
from fairealliance.design.plots.common import Words, ticks, told
from fairealliance.design.plots.look import SMALL, TEXT, Look
from fairealliance.design.plots.typeset import width_of

_HEIGHT = 380


class Dot(NamedTuple):
    """`own` is the one looked at; `alike` those compared with it. Only they bear their name.

    A tuple: clouds of thousands are compared with those drawn before.
    """

    x: float
    y: float
    name: str = ""
    own: bool = False
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Scatter:
    words: Words
    dots: tuple[Dot, ...]
    x_label: str
    y_label: str
    x_unit: str = ""
    y_unit: str = ""

    def draw(self, look: Look, width: int) -> str:
        canvas = Canvas(look, width)
        canvas.heading(self.words.title, self.words.subtitle)
        canvas.paragraph(f"↑ {self.y_label}", size=SMALL, fill=look.muted)
        xs, ys = self._ticks([dot.x for dot in self.dots]), self._ticks([dot.y for dot in self.dots])
        margin = max(width_of(told(tick, self.y_unit), SMALL) for tick in ys) + 8
        frame = _Frame(canvas.left + margin, canvas.right - 8, canvas.y + 8, canvas.y + 8 + _HEIGHT, xs, ys)
        self._axes(canvas, frame)
        for dot in self.dots:
            if not dot.own and not dot.alike:
                canvas.circle(frame.x(dot.x), frame.y(dot.y), 2.5, look.muted, fill_opacity="0.45")
        for dot in sorted(self.dots, key=lambda each: each.own):
            if dot.own or dot.alike:
                self._named(canvas, frame, dot)
        canvas.y = frame.bottom + 24
        canvas.paragraph(f"{self.x_label} →", size=SMALL, fill=look.muted)
        canvas.footing([*self.words.notes, self.words.source])
        return canvas.document(self.words.title, self.words.sentence)

    def _ticks(self, values: list[float]) -> list[float]:
        return ticks(min(values), max(values)) if values else [0.0, 1.0]

    def _axes(self, canvas: Canvas, frame: "_Frame") -> None:
        look = canvas.look
        for tick in frame.ys:
            canvas.line(frame.left, frame.y(tick), frame.right, frame.y(tick), look.hair)
            words = told(tick, self.y_unit)
            canvas.text(frame.left - 6, frame.y(tick) + 4, words, size=SMALL, fill=look.muted, anchor="end")
        free = -1e9
        for tick in frame.xs:
            words, x = told(tick, self.x_unit), frame.x(tick)
            half = width_of(words, SMALL) / 2
            canvas.line(x, frame.top, x, frame.bottom, look.hair)
            at = min(x, canvas.right - half)
            if at - half > free:
                canvas.text(at, frame.bottom + 17, words, size=SMALL, fill=look.muted, anchor="middle")
                free = at + half + 8

    def _named(self, canvas: Canvas, frame: "_Frame", dot: Dot) -> None:
        x, y, look = frame.x(dot.x), frame.y(dot.y), canvas.look
        if dot.own:
            canvas.circle(x, y, 7, look.alliance, stroke=look.paper, stroke_width=2)
        else:
            canvas.circle(x, y, 5, look.paper, stroke=look.alliance, stroke_width=2)
        if not dot.name:
            return
        size = TEXT if dot.own else SMALL
        anchor = "end" if x + 10 + width_of(dot.name, size, bold=dot.own) > canvas.right else "start"
        canvas.text(
            x + (10 if anchor == "start" else -10), y + 5, dot.name, size=size, anchor=anchor, bold=dot.own, halo=True
        )


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    xs: list[float]
    ys: list[float]

    def x(self, value: float) -> float:
        return self.left + (value - self.xs[0]) / ((self.xs[-1] - self.xs[0]) or 1) * (self.right - self.left)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.ys[0]) / ((self.ys[-1] - self.ys[0]) or 1) * (self.bottom - self.top)
