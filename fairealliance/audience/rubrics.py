"""Which rubric a page belongs to, read from its address (data/rubrics.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "rubrics.toml"
OTHERS = "autres"


@dataclass(frozen=True, slots=True)
class Rubric:
    """`slug` is what is kept, `label` what is shown."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class _Table:
    rubrics: dict[str, Rubric]
    by_path: dict[str, str]
    never: frozenset[str]
    about: frozenset[str]


@cache
def _table() -> _Table:
    with _FILE.open("rb") as file:
        told = tomllib.load(file)
    return _Table(
        rubrics={each["slug"]: Rubric(each["slug"], each["label"]) for each in told["rubric"]},
        by_path={path: each["slug"] for each in told["rubric"] for path in each["paths"]},
        never=frozenset(told["never"]["paths"]),
        about=frozenset(told["about"]["paths"]),
    )


def rubrics() -> list[Rubric]:
    """All of them, in the order shown."""
    return list(_table().rubrics.values())


def label_of(slug: str) -> str:
    """The words for a rubric; one that is no longer in the table shows its slug."""
    found = _table().rubrics.get(slug)
    return found.label if found else slug


def rubric_of(path: str) -> str | None:
    """The rubric of the page at `path`; None when its pages are never counted."""
    first = _first(path)
    table = _table()
    return None if first in table.never else table.by_path.get(first, OTHERS)


def may_name_territory(path: str) -> bool:
    """Whether `?territoire=` says which territory this page is about."""
    return _first(path) in _table().about


def _first(path: str) -> str:
    return path.strip("/").split("/", 1)[0]
