"""All of the open data corpus, in the right order."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairealliance.accounts.actors import Actor
from fairealliance.atlas import geojson
from fairealliance.atlas.actions import Drawn, save_contours
from fairealliance.federation.actions import Done, import_file
from fairealliance.federation.run import Progress
from fairealliance.lib.tabular import Unreadable
from fairealliance.territories.lookup import CodeBook


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file of the corpus: what became of it, or why it was not read."""

    kind: str
    path: str
    done: Done | None
    problem: str = ""


def _listed() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "corpus.toml").read_text("utf-8"))


def files() -> list[tuple[str, str]]:
    """Kind and path inside the corpus."""
    return [(kind, path) for kind, path in _listed()["files"]]


def load(*, by: Actor, folder: Path, progress: Callable[[str], Progress]) -> Iterator[Loaded]:
    """Yields what became of each file, in turn. A file that cannot be read does not stop the others."""
    book: CodeBook | None = None
    for kind, path in files():
        try:
            done = import_file(by=by, kind=kind, path=folder / path, progress=progress(path), book=book)
        except Unreadable as error:
            yield Loaded(kind, path, None, str(error))
            continue
        # Movements change what old codes lead to: the book is read after them.
        book = book or CodeBook.load()
        yield Loaded(kind, path, done)


def draw(*, by: Actor, folder: Path) -> Iterator[tuple[str, Drawn | str]]:
    """Yields, for each file of outlines, its path and what it gave, or why it was not read."""
    for outline in _listed()["outlines"]:
        path, level = outline["path"], outline["level"]
        try:
            features = geojson.read(folder / path, "")
            yield path, save_contours(by=by, level=level, source=outline["source"], features=features)
        except OSError as error:
            yield path, f"« {path} » ne peut pas être lu ({error.strerror})."
        except (Unreadable, ValueError) as error:
            yield path, str(error)
