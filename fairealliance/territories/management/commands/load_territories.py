"""`fairealliance load-territories`: the reference geography, from the file that comes with the product."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import SYSTEM
from fairealliance.territories.actions import load_reference
from fairealliance.territories.data_file import BadDataFileError


class Command(BaseCommand):
    """Does nothing when the file is the one already loaded."""

    help = "Charge les communes, intercommunalités, départements et régions."

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        try:
            loaded = load_reference(by=SYSTEM, tell=lambda text: self.stdout.write(f"  {text}"))
        except BadDataFileError as error:
            raise CommandError(str(error)) from error
        if not loaded.fresh:
            if options["verbosity"]:
                self.stdout.write(_("Territoires : déjà à jour."))
            return
        counts = loaded.territories
        self.stdout.write(
            _("Territoires : créés %(created)s, modifiés %(updated)s, inchangés %(unchanged)s, en %(seconds).1f s.")
            % {
                "created": counts.created,
                "updated": counts.updated,
                "unchanged": counts.unchanged,
                "seconds": time.monotonic() - start,
            }
        )
