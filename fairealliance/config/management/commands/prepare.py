"""`fairealliance prepare`: what `serve` does before serving, alone."""

from typing import Any

from django.core.management.base import BaseCommand

from fairealliance.config.prepare import prepare


class Command(BaseCommand):
    """For deployments that start the server themselves."""

    help = "Prépare la base, les données de référence, les fichiers statiques et l’index."

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(lambda line: self.stdout.write(line))
