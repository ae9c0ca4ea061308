"""`fairealliance desk`: the page tree, groups and moderation, as `prepare` makes them."""

from typing import Any

from django.core.management.base import BaseCommand

from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.french_numbers import counted
from fairealliance.pages import starter
from fairealliance.staff import workflows


class Command(BaseCommand):
    """Run at each start: makes what was never made, and leaves what editors changed."""

    help = "Met en place les pages de départ, les groupes et la relecture."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = starter.load(by=SYSTEM)
        workflows.ensure_moderation(by=SYSTEM)
        if options["verbosity"]:
            self.stdout.write(f"{counted(made, 'page de départ créée', 'pages de départ créées')}.")
