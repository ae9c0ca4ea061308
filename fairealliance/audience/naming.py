"""The names of territories and the titles of pages, which only higher rooms know: they register (AppConfig.ready)."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple


class Named(NamedTuple):
    """A territory's name and page."""

    name: str
    url: str


Namer = Callable[[list[str]], Mapping[str, Named]]
_namers: list[Namer] = []
Titler = Callable[[list[str]], Mapping[str, str]]
_titlers: list[Titler] = []


def register(namer: Namer) -> None:
    """`namer` gives the names of references (`level:code`); those it does not know are left out."""
    _namers[:] = [namer]


def names_of(refs: Iterable[str]) -> Mapping[str, Named]:
    """What is known of `refs`. One query."""
    wanted = sorted(set(refs))
    return _namers[0](wanted) if _namers and wanted else {}


def register_titles(titler: Titler) -> None:
    """`titler` gives the titles of addresses; those it does not know are left out."""
    _titlers[:] = [titler]


def titles_of(paths: Iterable[str]) -> Mapping[str, str]:
    wanted = sorted(set(paths))
    return _titlers[0](wanted) if _titlers and wanted else {}
