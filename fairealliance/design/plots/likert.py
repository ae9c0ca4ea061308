"""Answers of several groups to one question, each group a band cut in its shares."""

from dataclasses import dataclass

from fairealliance.design.plots.canvas import Canvas
from fairealliance.design.plots.common import Words, told
from fairealliance.design.plots.look import SMALL, TEXT, Look
from fairealliance.design.plots.typeset import width_of

_THICK = 30
_KINDS = ("full", "diagonal", "dots", "level", "cross", "back")


@dataclass(frozen=True, slots=True)
class Band:
    """Shares in the order of the answers; None is not known. What is missing to 100 stays blank."""

    label: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Likert:
    words: Words
    answers: tuple[str, ...]
    bands: tuple[Band, ...]
    unit: str = "%"

    def draw(self, look: Look, width: int) -> str:
        canvas = Canvas(look, width)
        canvas.heading(self.words.title, self.words.subtitle)
        self._key(canvas)
        for band in self.bands:
            canvas.y += TEXT
            canvas.text(canvas.left, canvas.y, band.label)
            canvas.y += 6
            self._band(canvas, band)
            canvas.y += _THICK + 12
        canvas.footing([*self.words.notes, self.words.source])
        return canvas.document(self.words.title, self.words.sentence)

    def _key(self, canvas: Canvas) -> None:
        x = canvas.left
        for number, answer in enumerate(self.answers):
            needed = width_of(answer, TEXT) + 40
            if x > canvas.left and x + needed > canvas.right:
                x, canvas.y = canvas.left, canvas.y + 24
            canvas.rect(x, canvas.y, 16, 16, self._fill(canvas, number), stroke=canvas.look.alliance)
            canvas.text(x + 22, canvas.y + 13, answer)
            x += needed
        canvas.y += 30

    def _band(self, canvas: Canvas, band: Band) -> None:
        canvas.rect(canvas.left, canvas.y, canvas.room, _THICK, canvas.look.paper, stroke=canvas.look.hair)
        x, whole = canvas.left, max(100.0, sum(share or 0 for share in band.shares))
        for number, share in enumerate(band.shares):
            if not share:
                continue
            length = canvas.room * share / whole
            fill = self._fill(canvas, number)
            canvas.rect(x, canvas.y, length, _THICK, fill, stroke=canvas.look.alliance)
            self._figure(canvas, number, x, length, told(share, self.unit))
            x += length

    def _figure(self, canvas: Canvas, number: int, x: float, length: float, words: str) -> None:
        """Only where there is room; the table under the chart tells all."""
        needed = width_of(words, SMALL, bold=True) + 8
        if length < needed:
            return
        middle, y = x + length / 2, canvas.y + _THICK / 2
        plain = number % len(_KINDS) == 0
        if not plain:
            canvas.rect(middle - needed / 2, y - 10, needed, 20, canvas.look.paper)
        fill = canvas.look.on_mark if plain else canvas.look.ink
        canvas.text(middle, y + 5, words, size=SMALL, anchor="middle", bold=True, fill=fill)

    def _fill(self, canvas: Canvas, number: int) -> str:
        kind = _KINDS[number % len(_KINDS)]
        return canvas.look.alliance if kind == "full" else canvas.hatch(canvas.look.alliance, kind)
