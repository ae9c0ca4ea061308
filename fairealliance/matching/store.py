"""The columns on disk, so that a process that starts has them at once and all processes of a node share their pages.

    matching/CURRENT          name of the folder that serves; renamed over, so a swap is all or nothing
    matching/<name>/          one .npy per column, and base.json: what they were made of, the last change taken in
    matching.lock             held by the one process that makes them

All of it can be deleted at any time: the database is the truth.
"""

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from fairealliance.matching.columns import Places, Units
from fairealliance.matching.engine import Engine
from fairealliance.matching.policy import Policy
from fairealliance.matching.rows import Rows

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Base:
    """An engine, and the last change of the outbox that it knows of."""

    engine: Engine
    cursor: int
    name: str


@dataclass(frozen=True, slots=True)
class Store:
    folder: Path

    def current(self) -> str:
        """Name of what serves; "" when there is nothing."""
        try:
            return (self.folder / "CURRENT").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def load(self, places: Places, policy: Policy, made_of: str) -> Base | None:
        """What serves, if made of the same territories and words by this code; None for what is absent or damaged.

        Columns are mapped, not read; what is written to them stays in this process.
        """
        name = self.current()
        try:
            told = json.loads((self.folder / name / "base.json").read_text(encoding="utf-8"))
            if not name or told["format"] != FORMAT or told["made_of"] != made_of:
                return None
            units = Units(**self._columns(name, "units", Units))
            rows = Rows(**self._columns(name, "rows", Rows))
            return Base(Engine(units, rows, places, policy, count=int(told["count"])), int(told["cursor"]), name)
        except (OSError, ValueError, KeyError, TypeError, EOFError):
            return None

    def save(self, engine: Engine, cursor: int, made_of: str) -> Base:
        """Publish; the folders that served before go, but for the last."""
        name = f"{FORMAT}-{time.time_ns()}"
        draft = self.folder / name
        draft.mkdir(parents=True)
        for prefix, table in (("units", engine.units), ("rows", engine.rows)):
            for column, values in vars(table).items():
                np.save(draft / f"{prefix}.{column}.npy", values)
        told = {"format": FORMAT, "made_of": made_of, "count": engine.count, "cursor": cursor}
        (draft / "base.json").write_text(json.dumps(told), encoding="utf-8")
        self._publish(name)
        return Base(engine, cursor, name)

    def _publish(self, name: str) -> None:
        previous = self.current()
        draft = self.folder / f".CURRENT.{os.getpid()}"
        draft.write_text(name, encoding="utf-8")
        draft.replace(self.folder / "CURRENT")
        for other in self.folder.iterdir():
            if other.is_dir() and other.name not in (name, previous):
                shutil.rmtree(other, ignore_errors=True)

    def _columns(self, name: str, prefix: str, table: type[Units] | type[Rows]) -> dict[str, Any]:
        folder = self.folder / name
        return {
            column.name: np.load(folder / f"{prefix}.{column.name}.npy", mmap_mode="c", allow_pickle=False)
            for column in fields(table)
        }

    @contextlib.contextmanager
    def making(self) -> Iterator[None]:
        """Wait to be the one who makes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.folder.with_name(self.folder.name + ".lock").open("a") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            yield


def default_store() -> Store:
    """This node's."""
    return Store(Path(settings.FAIREALLIANCE_HOME) / "matching")
