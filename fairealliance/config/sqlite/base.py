"""Django's own SQLite, but for when the log of what was written is copied back: docs/adr/0035."""

import os
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from fairealliance.config.sqlite import log


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite's own copying back, after a commit, is off (`wal_autocheckpoint=0`); this does it instead."""

    _file = Path()
    _tried = 0  # how long the log was when last copied back, in bytes

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # SQLite keeps the log beside the file itself, wherever a link to it stands.
        self._file, self._tried = Path(os.path.realpath(conn_params["database"])), 0
        return super().get_new_connection(conn_params)

    def commit(self) -> None:
        super().commit()
        size = log.size(self._file)
        self._tried = min(self._tried, size)  # begun anew since
        if size - self._tried > log.LONG:
            self._tried = size
            log.copy_back(self._file)
