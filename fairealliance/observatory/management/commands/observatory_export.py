"""`fairealliance observatory-export FILE`: every survey, in the layout it is imported in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fairealliance.lib.french_numbers import counted
from fairealliance.observatory.exchange.exporting import as_csv, as_workbook
from fairealliance.observatory.models import Study


class Command(BaseCommand):
    """CSV or XLSX, by the file's name. Drafts included: it is the secretariat's own copy."""

    help = "Écrit toutes les enquêtes dans un fichier CSV ou XLSX qui se réimporte à l’identique."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        studies = Study.objects.whole().order_by("slug")
        writers = {".csv": lambda: as_csv(studies).encode(), ".xlsx": lambda: as_workbook(studies)}
        if path.suffix not in writers:
            raise CommandError("Le nom du fichier doit finir par .csv ou .xlsx.")
        try:
            path.write_bytes(writers[path.suffix]())
        except OSError as error:
            raise CommandError(f"« {path} » ne peut pas être écrit : {error.strerror}.") from error
        self.stdout.write(f"{counted(len(studies), 'étude écrite', 'études écrites')} dans {path}")
