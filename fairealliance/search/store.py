"""Folders and locks of a node's index.

    index/CURRENT           name of the folder that serves; renamed over, so a swap is all or nothing
    index/<name>/           a tantivy index, with cursor.json: the last change it has taken in
    index.lock              held by the one process that writes (beside the folder: it outlives its deletion)
    index.wish              someone asks the writer for a rebuild
    index.forget            somebody was erased since this index was made: its files still hold what they no longer show

All of it can be deleted at any time: the database is the truth.
"""

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from fairealliance.search.schema import signature

_TIME_TO_OPEN = 600.0  # seconds
_BETWEEN_FORGETTINGS = 24 * 3600.0


class LockBusy(RuntimeError):
    """Another process already writes this index."""


@dataclass(frozen=True, slots=True)
class Store:
    """The index kept in `folder`."""

    folder: Path

    @property
    def pointer(self) -> Path:
        return self.folder / "CURRENT"

    def current(self) -> Path | None:
        """The folder that serves, None when there is none."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        serving = self.folder / name
        return serving if name and "/" not in name and serving.is_dir() else None

    def is_up_to_date(self, serving: Path) -> bool:
        """Whether it was made with this code's fields and words."""
        return serving.name.startswith(f"{signature()}-")

    def new_folder(self) -> Path:
        if self.folder.is_file():  # someone put a file in its place: nothing can be built until it is gone
            self.folder.unlink()
        made = self.folder / f"{signature()}-{time.time_ns()}"
        made.mkdir(parents=True)
        return made

    def publish(self, made: Path) -> None:
        """Make `made` the folder that serves; the others but the last one go."""
        previous = self.current()
        write_whole(self.pointer, made.name)
        for other in self.folder.iterdir():
            if other.is_dir() and other not in (made, previous):
                shutil.rmtree(other, ignore_errors=True)

    def drop_previous(self) -> None:
        """The folders that served before, once every reader has had time to open the one that serves."""
        serving = self.current()
        if serving is None or _age(serving) < _TIME_TO_OPEN:
            return
        for other in self.folder.iterdir():
            if other.is_dir() and other != serving and _age(other) > _TIME_TO_OPEN:
                shutil.rmtree(other, ignore_errors=True)

    def must_forget(self) -> None:
        """Only a new index is rid of what was deleted from this one: tantivy merges segments when it will."""
        self._beside(".forget").touch()

    def is_time_to_forget(self, serving: Path) -> bool:
        """At most once a day, however many are erased."""
        return self._beside(".forget").exists() and _age(serving) >= _BETWEEN_FORGETTINGS

    def forgot(self) -> None:
        self._beside(".forget").unlink(missing_ok=True)

    def _beside(self, ending: str) -> Path:
        return self.folder.with_name(self.folder.name + ending)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one who writes. Raises LockBusy at once when another process is."""
        path = self._beside(".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            if not _locked(file.fileno()):
                raise LockBusy(
                    _(
                        "Un autre processus tient déjà l’index de recherche à jour dans %(folder)s : "
                        "il ne peut y en avoir qu’un par dossier d’état."
                    )
                    % {"folder": self.folder}
                )
            yield

    def has_writer(self) -> bool:
        """Whether some process writes at this moment."""
        try:
            with self._beside(".lock").open("a") as file:
                return not _locked(file.fileno(), tries=1)
        except OSError:
            return False

    def wish_rebuild(self) -> None:
        """Ask the writer to rebuild, from any process."""
        with contextlib.suppress(OSError):
            self._beside(".wish").touch()

    def is_rebuild_wished(self) -> bool:
        return self._beside(".wish").exists()

    def forget_wish(self) -> None:
        self._beside(".wish").unlink(missing_ok=True)


def _age(made: Path) -> float:
    """In seconds, as its name tells it; no age when it tells none."""
    told = made.name.rpartition("-")[2]
    return time.time() - int(told) / 1e9 if told.isdecimal() else 0.0


def default_store() -> Store:
    """This node's, as the settings say."""
    return Store(Path(settings.SEARCH_INDEX))


def _locked(descriptor: int, tries: int = 3) -> bool:
    """A reader that asks `has_writer` holds the lock for an instant: hence several tries."""
    for attempt in range(tries):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt + 1 < tries:
                time.sleep(0.05)
        else:
            return True
    return False


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that whoever reads it sees the old one or the new one, even after a power cut."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_cursor(serving: Path) -> int:
    """The last change taken in; 0 when unknown, so that all are taken again (which changes nothing)."""
    try:
        return int(json.loads((serving / "cursor.json").read_text(encoding="utf-8"))["cursor"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def write_cursor(serving: Path, cursor: int) -> None:
    write_whole(serving / "cursor.json", json.dumps({"cursor": cursor}))
