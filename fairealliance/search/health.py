"""Telling a sound index from a damaged one.

tantivy maps its files into memory: reading a page of a file that was cut short would end the process, so the
sizes are looked at before searching, not after. What is inside a file of the right size is found out by use.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_PAUSE = 0.05
T = TypeVar("T")
_OURS = (KeyboardInterrupt, SystemExit, GeneratorExit)


class Damaged(RuntimeError):
    """The files of the index are not what they were."""


class Sizes:
    """The files of an index folder with their sizes. tantivy never changes a file: it makes new ones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked = 0.0
        self._sizes, self._segments = self._measure()

    def _measure(self) -> tuple[dict[Path, int], set[str]]:
        try:
            meta = json.loads((self._folder / "meta.json").read_bytes())
            segments = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
            files = [path for path in self._folder.iterdir() if _segment(path) in segments]
            if {_segment(path) for path in files} != segments:
                raise Damaged(f"segments are missing in {self._folder}")
            return {path: path.stat().st_size for path in files}, segments
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Damaged(str(error)) from error

    def check(self) -> None:
        """Raises Damaged when a file shrank, or went though its segment is still in use.

        Looks at most twenty times a second.
        """
        now = time.monotonic()
        if now - self._looked < _PAUSE:
            return
        self._looked = now
        if all(_size(path) == size for path, size in self._sizes.items()):
            return
        self.follow()

    def follow(self) -> None:
        """Take in what commits and merges made of the folder, and nothing worse."""
        before = self._sizes
        self._sizes, self._segments = self._measure()
        for path, size in before.items():
            if _segment(path) in self._segments and self._sizes.get(path) != size and path.suffix != ".del":
                raise Damaged(f"{path} is not what it was")


def _segment(path: Path) -> str:
    return path.name.partition(".")[0]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def guarded(act: Callable[[], T]) -> T:
    """What `act` returns; a panic of tantivy, which is no Exception, is a Damaged like its other errors."""
    try:
        return act()
    except Damaged:
        raise
    except _OURS:
        raise
    except BaseException as error:
        if not isinstance(error, ValueError | OSError) and type(error).__name__ != "PanicException":
            raise
        raise Damaged(str(error)) from error
