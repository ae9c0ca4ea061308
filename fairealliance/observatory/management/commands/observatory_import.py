"""`fairealliance observatory-import FILE`: surveys from a CSV or XLSX file in our layout."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.french_numbers import counted
from fairealliance.lib.tabular import Unreadable
from fairealliance.observatory.checks import told
from fairealliance.observatory.exchange.importing import Report, import_surveys

_OUTCOMES = {"created": "nouvelle", "updated": "modifiée", "unchanged": "inchangée", "refused": "refusée"}


class Command(BaseCommand):
    """All of the file or nothing; exits with 1 when it was refused."""

    help = "Importe des résultats d’enquêtes (docs/observatoire-modele.md). --dry-run dit seulement ce qui serait fait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--dry-run", action="store_true", help="ne rien écrire")
        parser.add_argument("--json", action="store_true", dest="as_json", help="le rapport en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = import_surveys(by=SYSTEM, path=path, dry_run=options["dry_run"])
        except FileNotFoundError as error:
            raise CommandError(f"« {path} » n’existe pas.") from error
        except (IsADirectoryError, PermissionError) as error:
            raise CommandError(f"« {path} » ne peut pas être lu.") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        if options["as_json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        else:
            self._tell(report, dry_run=options["dry_run"])
        if report.errors:
            raise SystemExit(1)

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        for line in report.lines:
            figures = counted(line.figures, "chiffre", "chiffres")
            self.stdout.write(f"{_OUTCOMES[line.outcome]} : {line.title} ({line.slug}), {figures}")
        for series in report.series:
            waves = counted(series.waves, "vague", "vagues")
            self.stdout.write(f"{_OUTCOMES[series.outcome]} : série {series.title} ({series.slug}), {waves}")
        for words in told(report.remarks):
            self.stdout.write(f"à savoir, {words}")
        for words in told(report.errors):
            self.stderr.write(f"erreur, {words}")
        if report.errors:
            self.stderr.write("Rien n’a été écrit.")
        elif dry_run:
            self.stdout.write("Essai : rien n’a été écrit.")
