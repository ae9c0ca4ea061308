"""`fairealliance import KIND FILE`: one file into the database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.federation.actions import Done, UnknownKind, import_file, listed_kinds
from fairealliance.federation.progress import INTERRUPTED, ProgressLine, database_said
from fairealliance.federation.repairs import LABELS
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.tabular import Unreadable


class Command(BaseCommand):
    """Progress goes to stderr; with --json the last line of stdout is one object."""

    help = "Importe un fichier. Deux fois ne change rien ; interrompu puis relancé, il finit pareil."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="SORTE", nargs="?", help="sorte de fichier, par exemple fonds-vert")
        parser.add_argument("file", metavar="FICHIER", nargs="?", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="compte tout, n’écrit rien")
        parser.add_argument("--report", metavar="FICHIER", type=Path, help="où écrire le compte rendu ligne à ligne")
        parser.add_argument("--json", action="store_true", help="finit par un objet JSON sur la sortie standard")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["kind"] or not options["file"]:
            raise CommandError("Il faut une sorte de fichier et un fichier.\n" + listed_kinds())
        progress = ProgressLine(sys.stderr)
        try:
            done = import_file(
                by=SYSTEM,
                kind=options["kind"],
                path=options["file"],
                report=options["report"],
                dry_run=options["dry_run"],
                progress=progress,
            )
        except (UnknownKind, Unreadable) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(database_said(error)) from error
        except OSError as error:
            name = error.filename or options["report"] or options["file"]  # a full disk names no file
            raise CommandError(f"« {name} » ne peut pas être écrit ou lu ({error.strerror}).") from error
        except KeyboardInterrupt as error:
            raise CommandError(INTERRUPTED, returncode=130) from error
        finally:
            progress.close()
        if options["json"]:
            self.stdout.write(json.dumps(done.tally.as_dict(), ensure_ascii=False))
        else:
            self._tell(done, options["dry_run"])

    def _tell(self, done: Done, dry_run: bool) -> None:
        counts = done.tally
        title = "Essai à blanc, rien n’est écrit" if dry_run else "Import terminé"
        rate = format_number(counts.read / max(done.seconds, 0.001))
        self.stdout.write(f"{title} en {format_number(done.seconds, 1)} s (lignes par seconde : {rate}).")
        for label, number in (
            ("lues", counts.read),
            ("nouvelles", counts.created),
            ("mises à jour", counts.updated),
            ("déjà à jour", counts.unchanged),
            ("rejetées", counts.rejected),
            ("en double", counts.duplicates),
            ("regroupées", counts.grouped),
            ("champs corrigés au bureau, gardés", counts.kept),
        ):
            self.stdout.write(f"  {label:14} {format_number(number):>10}")
        for kind, number in sorted(counts.repaired.items()):
            self.stdout.write(f"  {format_number(number):>10} × {LABELS[kind]}")
        if done.report:
            self.stdout.write(f"Détail ligne à ligne : {done.report}")
