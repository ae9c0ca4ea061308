"""What was rejected, mended or met twice, line by line, in a CSV that a spreadsheet opens."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from fairealliance.lib.tabular import inert

REJECTED, REPAIRED, DUPLICATE, REMARK = "rejetée", "réparée", "doublon", "remarque"
_HEADER = ("ligne", "sort", "colonne", "valeur", "raison")


class Report:
    """Written as the import goes; the file exists only if there is something to say, or if it was `asked` for."""

    def __init__(self, path: Path, *, asked: bool = False) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self._file: IO[str] | None = None
        self._writer: Any = None
        if asked:
            self._open()

    @property
    def written(self) -> bool:
        return self._writer is not None

    def add(self, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
        """Rows of (line, fate, column, value, reason)."""
        for line, fate, column, value, reason in rows:
            self.counts[fate] += 1
            self._open().writerow((line or "", fate, column, _tame(value), reason))

    def _open(self) -> Any:
        if self._writer is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # BOM and semicolons: what French spreadsheets open without asking.
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file, delimiter=";")
            self._writer.writerow(_HEADER)
        return self._writer

    def __enter__(self) -> "Report":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()


def _tame(value: str) -> str:
    """One line, not too long, and never a formula: a spreadsheet would run it."""
    return inert(" ".join(value.split())[:200])
