"""Charts: same data, same bytes; nothing that runs; readable without colour and without eyes."""

import re
from xml.etree import ElementTree

import pytest

from fairealliance.design.plots import (
    NARROW,
    WIDE,
    Band,
    Bar,
    Bars,
    Cut,
    Dot,
    Likert,
    Line,
    Lines,
    Plot,
    Point,
    Scatter,
    Theme,
    Words,
    png,
    svg,
)
from fairealliance.design.plots.look import LOOKS
from fairealliance.design.plots.typeset import width_of, wrap
from fairealliance.design.stylesheet import BASES

WORDS = Words("Quatre sur cinq <b>", "81 % jugent utile & bon.", source="Source : enquête", notes=("1. rupture",))
PLOTS: dict[str, Plot] = {
    "bars": Bars(WORDS, (Bar("Utile", 81, tone="citoyens"), Bar("Deux", 84, high=86), Bar("?", None))),
    "lines": Lines(
        WORDS,
        (
            Line("Citoyens", (Point(2015.7, "sept. 2015", 69), Point(2020.4, "mai 2020", 81, cut=True)), "citoyens"),
            Line("Maires", (Point(2016, "2016", 87), Point(2020.9, "nov. 2020", 92)), "collectivite"),
        ),
        (Cut(2018, 1),),
    ),
    "scatter": Scatter(WORDS, (Dot(1, 2), Dot(3, 4, "Ici", own=True), Dot(2, 2, "Là", alike=True)), "x", "y"),
    "likert": Likert(WORDS, ("Oui", "Non"), (Band("Citoyens", (60, 40)), Band("Maires", (92, None)))),
}
EMPTY: dict[str, Plot] = {
    "bars": Bars(WORDS, ()),
    "lines": Lines(WORDS, ()),
    "scatter": Scatter(WORDS, (), "x", "y"),
    "likert": Likert(WORDS, (), ()),
}


def _texts(drawn: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_chart_is_one_safe_document_with_its_words(name: str, theme: Theme, width: int) -> None:
    drawn = svg(PLOTS[name], theme, width)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == WORDS.title
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == WORDS.sentence
    assert not re.search(r"<script|<style|style=|href|<image|foreignObject|\son\w+=", drawn)
    svg.cache_clear()
    assert svg(PLOTS[name], theme, width) == drawn


@pytest.mark.parametrize("name", PLOTS)
def test_every_mark_stays_on_the_page(name: str) -> None:
    for width in (WIDE, NARROW):
        root = ElementTree.fromstring(svg(PLOTS[name], Theme.LIGHT, width))
        for node in root.iter("{http://www.w3.org/2000/svg}text"):
            size, x = float(node.get("font-size", "0")), float(node.get("x", "0"))
            length = width_of(node.text or "", size)
            start = {"middle": x - length / 2, "end": x - length}.get(node.get("text-anchor", ""), x)
            assert start >= 0, node.text
            assert start + length <= width + 1, node.text


def test_figures_are_written_on_the_chart_not_only_drawn() -> None:
    assert {"81\u00a0%", "84 ou 86\u00a0%", "non connu"} <= set(_texts(svg(PLOTS["bars"])))
    assert {"69\u00a0%", "92\u00a0%"} <= set(_texts(svg(PLOTS["lines"])))


def test_a_line_is_cut_where_the_series_breaks() -> None:
    """The control: without the cut, the two points are joined."""
    points = (Point(2015, "2015", 69), Point(2020, "2020", 81))
    joined = svg(Lines(WORDS, (Line("Citoyens", points),)))
    cut = svg(Lines(WORDS, (Line("Citoyens", (points[0], Point(2020, "2020", 81, cut=True))),)))
    assert joined.count('stroke-width="2.5"') == 1
    assert cut.count('stroke-width="2.5"') == 0


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_draw_still_makes_a_document(name: str) -> None:
    ElementTree.fromstring(svg(EMPTY[name]))


def test_a_png_is_made_from_the_same_drawing() -> None:
    assert png(PLOTS["bars"]).startswith(b"\x89PNG")


def test_colours_are_those_of_the_stylesheet() -> None:
    light, dark = (BASES / "tokens.css").read_text().split("@media", 1)
    for theme, css in ((Theme.LIGHT, light), (Theme.DARK, dark)):
        look = LOOKS[theme]
        for role in ("paper", "ink", "muted", "line", "hair", "alliance"):
            assert f"--{role}: {getattr(look, role)};" in css
        for tone, colour in look.tones.items():
            assert f"--{tone}: {colour};" in css


def test_long_words_wrap_and_keep_their_spaces() -> None:
    assert wrap("un deux trois", 10, 40) == ["un deux", "trois"]
    assert wrap("81\u00a0% oui", 10, 20) == ["81\u00a0%", "oui"]
    assert wrap("", 10, 20) == []
