"""`fairealliance starter`: the content that comes with the product."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.federation.starter_content import CONTENT, DEMO, load
from fairealliance.lib.tabular import Unreadable


class Command(BaseCommand):
    """Run at each start: does nothing when all is there, and does not bring back a demo that was removed."""

    help = "Charge les fiches de départ et, s’il n’a pas été retiré, le jeu de démonstration."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for part in (CONTENT, DEMO):
                tally = load(by=SYSTEM, part=part)
                if options["verbosity"]:
                    told = "déjà à jour" if tally is None else f"nouvelles {tally.created}, modifiées {tally.updated}"
                    self.stdout.write(f"{part.name} : {told}")
                if tally and tally.rejected:
                    self.stderr.write(f"{part.name} : lignes rejetées {tally.rejected}, voir le dossier reports")
        except Unreadable as error:
            raise CommandError(str(error)) from error
