"""`fairealliance template KIND FILE.xlsx`: a workbook to fill and send back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.federation.mapping import kinds
from fairealliance.federation.template_file import template_kinds, write


class Command(BaseCommand):
    """The columns are those of the mapping: the template can never be out of date."""

    help = "Écrit un classeur vide à remplir : organisations, ressources ou pratiques."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="SORTE", help="organisations, ressources ou pratiques")
        parser.add_argument("file", metavar="FICHIER.xlsx", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] not in template_kinds():
            raise CommandError(f"Les modèles sont : {', '.join(template_kinds())}.")
        path: Path = options["file"]
        if path.suffix.lower() != ".xlsx":
            raise CommandError("Le nom du fichier doit finir par .xlsx.")
        try:
            write(kinds()[options["kind"]], path)
        except OSError as error:
            raise CommandError(f"« {path} » ne peut pas être écrit ({error.strerror}).") from error
        self.stdout.write(f"Modèle écrit : {path}")
