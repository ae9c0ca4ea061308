"""`fairealliance roadmap import FILE`: a roadmap from a table."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.french_numbers import counted
from fairealliance.lib.tabular import Unreadable
from fairealliance.roadmap.exchange.load import Loaded, load_file


class Command(BaseCommand):
    """All the lines, or none: what is refused is told with its line. With --json, one object on stdout."""

    help = "Importe une feuille de route (CSV ou XLSX). Deux fois ne change rien."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["import"], metavar="import")
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="vérifie tout, n’écrit rien")
        parser.add_argument("--json", action="store_true", help="répond par un objet JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_file(by=SYSTEM, path=options["file"], dry_run=options["dry_run"])
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            said = " ".join(str(error).split())
            raise CommandError(f"La base de données n’a pas pu l’enregistrer, rien n’est écrit : {said}") from error
        if options["json"]:
            self.stdout.write(json.dumps(loaded.as_dict() | {"dry_run": options["dry_run"]}, ensure_ascii=False))
        else:
            self._tell(loaded, options["dry_run"])
        if loaded.rejected:
            raise CommandError(
                f"{counted(len(loaded.rejected), 'ligne refusée', 'lignes refusées')} : rien n’est écrit."
            )

    def _tell(self, loaded: Loaded, dry_run: bool) -> None:
        for reject in loaded.rejected:
            self.stderr.write(f"  ligne {reject.line} : {reject.message}")
        if not loaded.rejected:
            title = "Essai à blanc, rien n’est écrit" if dry_run else "Feuille de route importée"
            counts = f"nouveau : {loaded.created} ; modifié : {loaded.updated} ; déjà là : {loaded.unchanged}"
            self.stdout.write(f"{title} ({loaded.programme}) : {counts}.")
