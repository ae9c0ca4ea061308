"""What the kit says everywhere, read from data/kit.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from fairealliance.kits.kit import Point
from fairealliance.sheets.sheet import SourceNote

_FILE = Path(__file__).parent / "data" / "kit.toml"


@cache
def _told() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def head(number: int) -> tuple[str, str]:
    """Title and lead of a sheet."""
    sheet = _told()["sheets"][str(number)]
    return sheet["title"], sheet["lead"]


def source(slug: str) -> SourceNote:
    found = _told()["sources"][slug]
    return SourceNote(found["label"], found["url"])


def points(name: str, *, first_for: str = "") -> tuple[Point, ...]:
    """The points of a list; those meant for the audience `first_for` stand first."""
    listed = sorted(_told()[name], key=lambda each: first_for not in each.get("publics", ()))
    return tuple(
        Point(each["name"], each["text"], source(each["source"]), sphere=each.get("sphere", "")) for each in listed
    )
