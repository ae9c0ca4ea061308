"""The map as a file of its own: title, legend and source are in the drawing, for it will travel without its page."""

from html import escape

from fairealliance.atlas import drawing, look
from fairealliance.atlas.choropleth import Atlas
from fairealliance.design.plots.typeset import wrap

_MARGIN = 40
_TITLE, _TEXT = 60, 34
_LINE = 1.35


def standalone(atlas: Atlas, address: str) -> str:
    """One SVG document, light, that needs nothing from anywhere."""
    head, top = _texts([(atlas.title, _TITLE, True), (atlas.sentence, _TEXT, False)], 0)
    height = int(atlas.view_box.split()[3])
    foot, bottom = _foot(atlas, address, top + height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.WIDTH} {bottom + _MARGIN:.0f}" width="1000"'
        f' role="img" aria-labelledby="t d"><title id="t">{escape(atlas.title)}</title>'
        f'<desc id="d">{escape(atlas.sentence)}</desc><style>{look.STYLE}</style>'
        f'<rect width="100%" height="100%" fill="{look.PAPER}"/>{head}'
        f'<g transform="translate(0 {top:.0f})">{atlas.drawing(linked=False)}</g>{foot}</svg>'
    )


def _foot(atlas: Atlas, address: str, top: float) -> tuple[str, float]:
    parts, y = [], top + _MARGIN
    for entry in atlas.legend:
        words = f"{entry.text} ({entry.count})"
        parts.append(
            f'<rect class="k {entry.tone}" x="{_MARGIN}" y="{y:.0f}" width="70" height="40"/>'
            f'<text x="{_MARGIN + 90}" y="{y + 32:.0f}" font-size="{_TEXT}">{escape(words)}</text>'
        )
        y += 54
    source = atlas.indicator.source
    contours = [each.label for each in atlas.sources[1:]]
    said = [source.producer or source.label, atlas.indicator.vintage, source.licence, *contours]
    lines = [atlas.explained, atlas.summed, " · ".join(each for each in said if each), address]
    text, bottom = _texts([(line, 28, False) for line in lines if line], y)
    return "".join(parts) + text, bottom


def _texts(lines: list[tuple[str, int, bool]], top: float) -> tuple[str, float]:
    """Paragraphs one under the other, and where they end."""
    parts, y = [], top + _MARGIN / 2
    for text, size, is_bold in lines:
        for line in wrap(text, size, drawing.WIDTH - 2 * _MARGIN, bold=is_bold):
            y += size * _LINE
            weight = ' font-weight="700"' if is_bold else ""
            parts.append(f'<text x="{_MARGIN}" y="{y:.0f}" font-size="{size}"{weight}>{escape(line)}</text>')
        y += size * 0.3
    return "".join(parts), y
