"""Django's own SQLite, but for when the log of what was written is copied back: docs/adr/0035."""

from pathlib import Path

from django.db.backends.sqlite3 import base

from fairealliance.config.sqlite import log


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite's own copying back, after a commit, is off (`wal_autocheckpoint=0`); this does it instead."""

    def commit(self) -> None:
        super().commit()
        file = Path(self.settings_dict["NAME"])
        if log.is_long(file):
            log.copy_back(file)
