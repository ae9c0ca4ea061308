"""A chart as SVG or PNG. Drawing takes a millisecond; the same chart asked again comes from memory."""

import hashlib
import re
from functools import lru_cache

import vl_convert

from fairealliance.design.plots.bars import Bars
from fairealliance.design.plots.likert import Likert
from fairealliance.design.plots.lines import Lines
from fairealliance.design.plots.look import LOOKS, WIDE, Theme
from fairealliance.design.plots.scatter import Scatter

Plot = Bars | Lines | Scatter | Likert
_HEIGHT = re.compile(r'^<svg [^>]*? height="(\d+)"')
_KEPT = 256
_SCALE = 2  # dots per unit in a PNG: sharp on a projector and on paper


@lru_cache(maxsize=_KEPT)
def svg(plot: Plot, theme: Theme = Theme.LIGHT, width: int = WIDE) -> str:
    """The chart as one SVG document that stands alone."""
    return plot.draw(LOOKS[theme], width)


@lru_cache(maxsize=_KEPT // 4)
def png(plot: Plot, theme: Theme = Theme.LIGHT, width: int = WIDE) -> bytes:
    """The same as a picture, for documents that take no SVG."""
    return vl_convert.svg_to_png(svg(plot, theme, width), scale=_SCALE)


def height(plot: Plot, width: int = WIDE) -> int:
    """How high the drawing is: what a page keeps free before it comes."""
    found = _HEIGHT.search(svg(plot, Theme.LIGHT, width))
    return int(found[1]) if found else width


def digest(plot: Plot) -> str:
    """Names the drawing: another figure, another word, another name."""
    return hashlib.sha256(svg(plot).encode()).hexdigest()[:12]
