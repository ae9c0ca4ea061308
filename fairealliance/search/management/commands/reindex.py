"""`fairealliance reindex`: the search index made anew, the old one serving meanwhile."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import counted
from fairealliance.search import follow
from fairealliance.search.store import LockBusy, Store, default_store

_PAUSE = 0.2


class Command(BaseCommand):
    """Does it, or has the worker do it when one runs."""

    help = "Reconstruit l’index de recherche à partir de la base."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--wait", type=int, default=1800, help="Secondes d’attente si c’est le service qui reconstruit"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        store, started = default_store(), time.monotonic()
        try:
            count = follow.reindex(store)
        except LockBusy:
            self.stdout.write(_("Le service tient l’index à jour : nous lui demandons de le reconstruire."))
            self._have_it_done(store, store.current(), options["wait"])
            self.stdout.write(_("Index reconstruit."))
            return
        self.stdout.write(
            _("Index reconstruit : %(documents)s en %(took).1f s.")
            % {"documents": counted(count, _("document"), _("documents")), "took": time.monotonic() - started}
        )

    def _have_it_done(self, store: Store, before: Path | None, patience: int) -> None:
        store.wish_rebuild()
        limit = time.monotonic() + patience
        while store.current() in (before, None):
            if time.monotonic() > limit:
                raise CommandError(_("L’index n’est pas encore reconstruit : le service continue d’y travailler."))
            time.sleep(_PAUSE)
