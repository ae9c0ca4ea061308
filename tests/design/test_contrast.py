"""The colours of the identity against the grounds they stand on, read from the stylesheet itself."""

import re
from collections.abc import Iterator

import pytest

from fairealliance.design.stylesheet import BASES, COMPONENTS

TEXTS = ("ink", "muted", "alliance", "alliance-deep")
SPHERES = ("association", "entreprise", "collectivite", "etat", "academique", "citoyens")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def themes() -> dict[str, dict[str, str]]:
    light, dark = (BASES / "tokens.css").read_text(encoding="utf-8").split("@media", 1)
    read = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return {"light": dict(read.findall(light)), "dark": dict(read.findall(light)) | dict(read.findall(dark))}


def pairs() -> Iterator[tuple[str, str, float]]:
    for ground in ("paper", "raised"):
        yield from ((text, ground, 4.5) for text in (*TEXTS, *SPHERES))
        yield "line", ground, 3
    for ground in ("sunk", "alliance-wash"):
        yield from ((text, ground, 4.5) for text in TEXTS)
    yield "on-alliance", "alliance", 4.5
    yield "on-alliance", "alliance-deep", 4.5
    yield from (("on-alliance", sphere, 4.5) for sphere in SPHERES)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), list(pairs()))
def test_contrast(theme: str, text: str, ground: str, least: float) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= least


def test_the_contrast_of_two_known_colours() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5


def test_goal_numbers_read_on_their_colour() -> None:
    css = (COMPONENTS / "goal" / "goal.css").read_text(encoding="utf-8")
    grounds = {int(goal): colour for goal, colour in re.findall(r"\.goal-(\d+) \{ background: (#[0-9a-f]{6}); \}", css)}
    whites = re.search(r"((?:\.goal-\d+,? )+)\{ color: #fff; \}", css)
    assert whites is not None
    white = {int(goal) for goal in re.findall(r"\d+", whites.group(1))}
    assert set(grounds) == set(range(1, 18))
    for goal, ground in grounds.items():
        assert contrast("#ffffff" if goal in white else "#000000", ground) >= 4.5, goal
