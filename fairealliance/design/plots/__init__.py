"""Charts drawn on the server, from plain data: `svg(Bars(...))`. See README of the room."""

from fairealliance.design.plots.bars import Bar, Bars
from fairealliance.design.plots.common import Words
from fairealliance.design.plots.likert import Band, Likert
from fairealliance.design.plots.lines import Cut, Line, Lines, Point
from fairealliance.design.plots.look import NARROW, WIDE, Theme
from fairealliance.design.plots.render import Plot, digest, height, png, svg
from fairealliance.design.plots.scatter import Dot, Scatter

__all__ = [
    "NARROW",
    "WIDE",
    "Band",
    "Bar",
    "Bars",
    "Cut",
    "Dot",
    "Likert",
    "Line",
    "Lines",
    "Plot",
    "Point",
    "Scatter",
    "Theme",
    "Words",
    "digest",
    "height",
    "png",
    "svg",
]
