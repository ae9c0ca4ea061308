"""A line that tells how far an import is."""

import time
from typing import TextIO

from fairealliance.lib.french_numbers import format_number

INTERRUPTED = "Import interrompu. Ce qui est écrit reste ; relancez la même commande pour finir."


def database_said(error: Exception) -> str:
    """Why the database did not do it, for people."""
    if "no such table" in str(error) or "does not exist" in str(error):
        return "La base de données n’est pas prête : lancez d’abord « fairealliance prepare »."
    if "locked" in str(error):
        return "La base de données est occupée par un autre travail : réessayez dans un moment."
    if "duplicate key" in str(error) or "UNIQUE constraint" in str(error):
        return "Un autre import a écrit les mêmes lignes au même moment : relancez la même commande pour finir."
    return f"La base de données a refusé : {error}"


class ProgressLine:
    """On a terminal one line is rewritten; elsewhere a line is added every few seconds, and at the end."""

    def __init__(self, stream: TextIO, label: str = "") -> None:
        self._stream = stream
        self._label = label
        self._terminal = stream.isatty()
        self._every = 0.2 if self._terminal else 5.0
        self._last = time.monotonic()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last < self._every and (self._terminal or done < total):
            return
        self._last, self._shown = now, True
        share = f"{100 * done // total} %" if total else ""
        line = f"{self._label}{format_number(done)} / {format_number(total)} lignes ({share})"
        self._stream.write(f"\r{line}\x1b[K" if self._terminal else f"{line}\n")
        self._stream.flush()

    def close(self) -> None:
        """Leaves the terminal's cursor at the start of a clean line."""
        if self._shown and self._terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
