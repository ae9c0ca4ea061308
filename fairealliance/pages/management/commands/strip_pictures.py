"""`fairealliance strip-pictures`: pictures already stored lose what their files say beside them."""

from typing import Any

from django.core.management.base import BaseCommand

from fairealliance.accounts.actors import SYSTEM
from fairealliance.lib.french_numbers import counted
from fairealliance.pages.stored import strip_pictures


class Command(BaseCommand):
    """Run twice, it finds nothing more to do."""

    help = "Retire des images déjà déposées le lieu, l’appareil et l’auteur que leurs fichiers peuvent dire."

    def handle(self, *args: Any, **options: Any) -> None:
        stripped, missing = strip_pictures(by=SYSTEM)
        self.stdout.write(f"{counted(stripped, 'image nettoyée', 'images nettoyées')}.")
        if missing:
            self.stdout.write(f"Fichiers qui manquent : {missing}. Leurs images sont restées telles quelles.")
