"""`fairealliance observatory-starter`: the surveys that come with the product."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.french_numbers import counted
from fairealliance.observatory.checks import Refused, told
from fairealliance.observatory.starter_content import load


class Command(BaseCommand):
    """Run at each start: does nothing when all is there."""

    help = "Charge les enquêtes connues des documents et des pages publiques, chacune avec sa source."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load(by=SYSTEM)
        except Refused as error:
            raise CommandError("\n".join(told(error.problems))) from error
        if options["verbosity"]:
            series = counted(done["series"], "série", "séries")
            self.stdout.write(f"Écrites : {counted(done['studies'], 'étude', 'études')}, {series}")
