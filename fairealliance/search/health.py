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
    """The files of an index folder with their sizes, as they were when it was opened or last committed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked = 0.0
        self._sizes = self._measure()

    def _measure(self) -> dict[Path, int]:
        try:
            meta = json.loads((self._folder / "meta.json").read_bytes())
            segments = [segment["segment_id"].replace("-", "") for segment in meta["segments"]]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Damaged(str(error)) from error
        files = [path for path in self._folder.iterdir() if path.name.split(".")[0] in segments]
        if len({path.name.split(".")[0] for path in files}) < len(segments):
            raise Damaged(f"segments are missing in {self._folder}")
        return {path: path.stat().st_size for path in files}

    def check(self) -> None:
        """Raises Damaged when a file has gone or shrunk. Looks at most twenty times a second."""
        now = time.monotonic()
        if now - self._looked < _PAUSE:
            return
        self._looked = now
        try:
            for path, size in self._sizes.items():
                if path.stat().st_size != size:
                    raise Damaged(f"{path} changed size")
        except OSError as error:
            raise Damaged(str(error)) from error


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
