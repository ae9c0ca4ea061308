"""`fairealliance demo load|remove`: invented organisations and cases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.federation.starter_content import DEMO, load, remove_demo


class Command(BaseCommand):
    """Everything invented is marked so on every page; this takes it all away."""

    help = "Charge ou retire le jeu de démonstration (fiches inventées, signalées partout)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["load", "remove"], metavar="load|remove")
        parser.add_argument("--yes", action="store_true", help="ne demande pas confirmation")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "load":
            tally = load(by=SYSTEM, part=DEMO, again=True)
            assert tally is not None
            self.stdout.write(f"{tally.created} fiches nouvelles, {tally.unchanged} déjà là.")
            return
        if not options["yes"] and not self._is_sure():
            raise CommandError("Rien n’a été retiré.")
        removed = remove_demo(by=SYSTEM)
        self.stdout.write(
            f"Retiré : {removed['practices']} exemples, {removed['resources']} ressources,"
            f" {removed['organisations']} organisations inventées."
        )

    def _is_sure(self) -> bool:
        try:
            return input("Retirer toutes les fiches inventées ? (oui/non) ").strip().lower() in ("oui", "o")
        except EOFError:
            return False
