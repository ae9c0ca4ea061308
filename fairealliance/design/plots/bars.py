"""Bars, one under the other: each with its words above it and its figure at its end."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fairealliance.design.plots.canvas import LEADING, Canvas
from fairealliance.design.plots.common import Words, told
from fairealliance.design.plots.look import SMALL, TEXT, Look
from fairealliance.design.plots.typeset import width_of, wrap

_THICK = 20
_GAP = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` None is not known, or is `secret`, which is dotted. `high`: another source tells more, drawn hatched.
    `said` replaces the figure's words.
    `note` stands beside the label, smaller; `inside` is how many levels the bar is a part of the one above."""

    label: str
    value: float | None
    high: float | None = None
    said: str = ""
    note: str = ""
    tone: str = ""
    inside: int = 0
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """`most` is the end of the scale; by default 100 for shares, else the largest."""

    words: Words
    bars: tuple[Bar, ...]
    unit: str = "%"
    most: float | None = None

    def draw(self, look: Look, width: int) -> str:
        canvas = Canvas(look, width)
        canvas.heading(self.words.title, self.words.subtitle)
        for bar in self.bars:
            self._bar(canvas, bar)
        canvas.footing([*self.words.notes, self.words.source])
        return canvas.document(self.words.title, self.words.sentence)

    @property
    def end(self) -> float:
        if self.most is not None:
            return self.most or 1
        largest = max((max(bar.value or 0, bar.high or 0) for bar in self.bars), default=0)
        return max(100.0, largest) if self.unit == "%" else largest or 1

    def _bar(self, canvas: Canvas, bar: Bar) -> None:
        left = canvas.left + 18 * bar.inside
        for line in wrap(bar.label, TEXT, canvas.right - left):
            canvas.y += TEXT
            canvas.text(left, canvas.y, line, fill=canvas.look.ink)
            canvas.y += TEXT * (LEADING - 1)
        self._note(canvas, bar, left)
        words = bar.said or self._figure(bar)
        room = canvas.right - left - self._reserve
        self._marks(canvas, bar, left, room, words)
        canvas.y += _THICK + _GAP

    @property
    def _reserve(self) -> float:
        """Room kept at the right for the longest figure."""
        said = [bar.said or self._figure(bar) for bar in self.bars]
        return max((width_of(words, TEXT, bold=True) for words in said), default=0) + 10

    def _note(self, canvas: Canvas, bar: Bar, left: float) -> None:
        for line in wrap(bar.note, SMALL, canvas.right - left):
            canvas.y += SMALL
            canvas.text(left, canvas.y, line, size=SMALL, fill=canvas.look.muted)
            canvas.y += SMALL * (LEADING - 1)
        canvas.y += 1

    def _marks(self, canvas: Canvas, bar: Bar, left: float, room: float, words: str) -> None:
        look, y = canvas.look, canvas.y
        ground = look.paper
        if bar.value is None:
            ground = canvas.hatch(look.hair, "dots" if bar.secret else "diagonal")
        canvas.rect(left, y, room, _THICK, ground, stroke=look.hair)
        length = 0.0
        if bar.value is not None:
            length = room * min(bar.value, self.end) / self.end
            colour = look.tone(bar.tone)
            canvas.rect(
                left, y, length, _THICK, colour if not bar.inside else canvas.hatch(colour, "level"), stroke=colour
            )
            if bar.high is not None and bar.high > bar.value:
                farther = room * min(bar.high, self.end) / self.end
                canvas.rect(left + length, y, farther - length, _THICK, canvas.hatch(colour, "cross"), stroke=colour)
        canvas.text(canvas.right, y + _THICK - 5, words, anchor="end", bold=True)

    def _figure(self, bar: Bar) -> str:
        if bar.value is None:
            return _("non connu")
        if bar.high is not None and bar.high != bar.value:
            return _("%(low)s ou %(high)s") % {"low": told(bar.value, ""), "high": told(bar.high, self.unit)}
        return told(bar.value, self.unit)
