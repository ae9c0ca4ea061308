"""Writes one SVG: no script, no style sheet, no font but the reader's own; the same marks give the same bytes."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from fairealliance.design.plots.look import FONT, SMALL, TEXT, TITLE, Look
from fairealliance.design.plots.typeset import wrap
from fairealliance.lib.text_fr import without_controls

MARGIN = 16
LEADING = 1.3
Number = float | int


class Canvas:
    """A page of marks, written from the top down: `y` is how far it has come."""

    def __init__(self, look: Look, width: int) -> None:
        self.look = look
        self.width = width
        self.y: float = MARGIN
        self._marks: list[str] = []
        self._patterns: dict[str, str] = {}

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def right(self) -> float:
        return self.width - MARGIN

    @property
    def room(self) -> float:
        return self.right - self.left

    def rect(self, x: Number, y: Number, width: Number, height: Number, fill: str, **more: str | Number) -> None:
        self._add("rect", x=x, y=y, width=max(width, 0), height=height, fill=fill, **more)

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, stroke: str, **more: str | Number) -> None:
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more)

    def path(self, d: str, **more: str | Number) -> None:
        self._add("path", d=d, **more)

    def circle(self, x: Number, y: Number, r: Number, fill: str, **more: str | Number) -> None:
        self._add("circle", cx=x, cy=y, r=r, fill=fill, **more)

    def text(
        self,
        x: Number,
        y: Number,
        words: str,
        *,
        size: Number = TEXT,
        fill: str = "",
        anchor: str = "start",
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """`y` is the base line. `halo`: readable over other marks."""
        more: dict[str, str | Number] = {}
        if anchor != "start":
            more["text_anchor"] = anchor
        if bold:
            more["font_weight"] = "bold"
        if halo:
            more |= {"stroke": self.look.paper, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
        attributes = _attributes({"x": x, "y": y, "font_size": size, "fill": fill or self.look.ink, **more})
        self._marks.append(f"<text {attributes}>{_clean(words)}</text>")

    def paragraph(self, words: str, *, size: Number = TEXT, fill: str = "", bold: bool = False) -> None:
        """Wrapped to the page, from `y` on."""
        for line in wrap(words, size, self.room, bold=bold):
            self.y += size
            self.text(self.left, self.y, line, size=size, fill=fill, bold=bold)
            self.y += size * (LEADING - 1)

    def heading(self, title: str, subtitle: str = "") -> None:
        if title:
            self.paragraph(title, size=TITLE if self.width > 500 else TITLE - 2, bold=True)
            self.y += 2
        if subtitle:
            self.paragraph(subtitle, size=SMALL, fill=self.look.muted)
        self.y += 8

    def footing(self, notes: Sequence[str]) -> None:
        notes = [note for note in notes if note]
        if notes:
            self.y += 6
        for note in notes:
            self.paragraph(note, size=SMALL, fill=self.look.muted)
        self.y += MARGIN - 4

    def hatch(self, colour: str, kind: str = "diagonal") -> str:
        """A fill that says something without colour: `diagonal`, `back`, `dots`, `cross`, `level`."""
        name = f"{kind}-{colour.lstrip('#')}"
        self._patterns[name] = (
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{self.look.paper}"/>{_STROKES[kind].format(colour=colour)}</pattern>'
        )
        return f"url(#{name})"

    def document(self, title: str, description: str) -> str:
        height = round(self.y)
        patterns = "".join(self._patterns[name] for name in sorted(self._patterns))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{height}" '
            f'viewBox="0 0 {self.width} {height}" role="img" aria-labelledby="titre description" xml:lang="fr" '
            f'font-family="{FONT}">'
            f'<title id="titre">{_clean(title)}</title><desc id="description">{_clean(description)}</desc>'
            f"{f'<defs>{patterns}</defs>' if patterns else ''}"
            f'<rect width="{self.width}" height="{height}" fill="{self.look.paper}"/>{"".join(self._marks)}</svg>'
        )

    def _add(self, name: str, **attributes: str | Number) -> None:
        self._marks.append(f"<{name} {_attributes(attributes)}/>")


_STROKES = {
    "diagonal": '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="{colour}" stroke-width="1.6"/>',
    "back": '<path d="M-1 5l2 2M0 0l6 6M5-1l2 2" stroke="{colour}" stroke-width="1.6"/>',
    "dots": '<circle cx="3" cy="3" r="1.5" fill="{colour}"/>',
    "cross": '<path d="M0 6l6-6M0 0l6 6" stroke="{colour}" stroke-width="1.2"/>',
    "level": '<path d="M0 3h6" stroke="{colour}" stroke-width="2"/>',
}


def _attributes(values: dict[str, str | Number]) -> str:
    return " ".join(f"{name.replace('_', '-')}={quoteattr(_written(value))}" for name, value in values.items())


def _written(value: str | Number) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def _clean(words: str) -> str:
    return escape(without_controls(words))
