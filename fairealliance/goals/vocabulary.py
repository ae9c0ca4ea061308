"""The words the whole site shares: goals, targets, themes and first steps, read once from `data/`.

No database table: this is an official (and, for the themes, a house) vocabulary, versioned with the code.
"""

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    number: int
    name: str
    """Official French name."""
    short: str
    """Our own label of a few words, for chips and tables."""
    colour: str
    """`#RRGGBB` of the United Nations' guidelines; only ever beside the number, never as the only sign."""


@dataclass(frozen=True, slots=True)
class Target:
    code: str
    """Official code: `4.6`, `17.a`."""
    goal: int
    short: str


@dataclass(frozen=True, slots=True)
class Ally:
    sphere: str
    who: str
    """Who they are and what they usually bring, in plain French."""


@dataclass(frozen=True, slots=True)
class Theme:
    slug: str
    name: str
    family: str
    goals: tuple[int, ...]
    """The most concerned first."""
    targets: tuple[str, ...]
    words: tuple[str, ...]
    """Words and phrases that call for the theme by themselves."""
    hints: tuple[str, ...]
    """Words that only lean towards it."""
    allies: tuple[Ally, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do on Monday."""

    title: str
    detail: str
    move: str
    """`relire`, `relier` or `reinventer`: the field's own three moves."""
    stage: str
    """`understand`, `debate` or `act`."""
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Family:
    slug: str
    name: str
    steps: tuple[Step, ...]


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "data" / name).read_text("utf-8"))


def _goals() -> dict[int, Goal]:
    return {row["number"]: Goal(**row) for row in _data("goals.toml")["goal"]}


def _targets() -> dict[str, Target]:
    rows = _data("targets.toml")["targets"]
    return {code: Target(code, int(code.split(".")[0]), short) for code, short in rows.items()}


def _theme(slug: str, row: dict[str, Any]) -> Theme:
    return Theme(
        slug=slug,
        name=row["name"],
        family=row["family"],
        goals=tuple(row["goals"]),
        targets=tuple(row["targets"]),
        words=tuple(row["words"]),
        hints=tuple(row["hints"]),
        allies=tuple(Ally(sphere, who) for sphere, who in row["allies"]),
    )


def _themes() -> dict[str, Theme]:
    return {slug: _theme(slug, row) for slug, row in _data("themes.toml")["theme"].items()}


def _steps(rows: list[dict[str, str]], sources: dict[str, dict[str, str]]) -> tuple[Step, ...]:
    return tuple(
        Step(
            title=row["title"],
            detail=row["detail"],
            move=row["move"],
            stage=row["stage"],
            source=sources[row["source"]]["label"],
            url=sources[row["source"]]["url"],
        )
        for row in rows
    )


def _families() -> dict[str, Family]:
    data = _data("steps.toml")
    return {
        slug: Family(slug, row["name"], _steps(row["step"], data["source"])) for slug, row in data["family"].items()
    }


def _steps_of_themes() -> dict[str, tuple[Step, ...]]:
    own = _data("theme_steps.toml")
    sources = _data("steps.toml")["source"] | own["source"]
    return {slug: _steps(rows, sources) for slug, rows in own["theme"].items()}


def _common_steps() -> tuple[Step, ...]:
    data = _data("steps.toml")
    return _steps(data["common"], data["source"])


GOALS: dict[int, Goal] = _goals()
TARGETS: dict[str, Target] = _targets()
THEMES: dict[str, Theme] = _themes()
FAMILIES: dict[str, Family] = _families()
THEME_STEPS: dict[str, tuple[Step, ...]] = _steps_of_themes()
"""Steps of one theme, at most one for each move."""
COMMON_STEPS: tuple[Step, ...] = _common_steps()
"""Steps that hold whatever the challenge, in the order in which to take them."""


def steps_for(theme: Theme) -> tuple[Step, ...]:
    """The first steps of the theme's family, those of the theme itself taking the place of the same move."""
    own = {step.move: step for step in THEME_STEPS.get(theme.slug, ())}
    return tuple(own.get(step.move, step) for step in FAMILIES[theme.family].steps)
