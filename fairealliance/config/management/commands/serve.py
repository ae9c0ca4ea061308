"""`fairealliance serve`: prepares what is missing, then serves until stopped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.config import environment
from fairealliance.config.prepare import prepare
from fairealliance.config.server import Server


class Command(BaseCommand):
    """What `make run` runs."""

    help = "Prépare la base et l’index si besoin, puis sert le site (HOST, PORT)."
    requires_system_checks: list[str] = []  # prepared below; the checks cost a second and `make check` runs them

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            environment.port()
        except ValueError as error:
            raise CommandError("PORT doit être un nombre, par exemple 8000.") from error
        prepare(lambda line: self.stdout.write(line))
        Server().run()
