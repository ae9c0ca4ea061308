"""`fairealliance demo load|remove`: an invented world, to play every role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.personal import Held
from fairealliance.demo import actions
from fairealliance.demo.people import Way


class Command(BaseCommand):
    """Everything invented is marked so on every page; this takes it all away."""

    help = "Charge ou retire le monde de démonstration (personnes et fiches inventées, signalées partout)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["load", "remove"], metavar="load|remove")
        parser.add_argument("--yes", action="store_true", help="ne demande pas confirmation")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "load":
            self._tell(actions.load(by=SYSTEM))
            return
        if not options["yes"] and not self._is_sure():
            raise CommandError("Rien n’a été retiré.")
        try:
            removed = actions.remove(by=SYSTEM)
        except Held as error:
            raise CommandError(f"Rien n’a été retiré. {error}") from error
        self.stdout.write(
            f"Retiré : {removed['practices']} exemples, {removed['resources']} ressources,"
            f" {removed['organisations']} organisations et {removed['people']} personnes inventées."
        )

    def _tell(self, ways: list[Way]) -> None:
        self.stdout.write("Pour jouer chaque rôle, connectez-vous à /connexion/ :\n")
        for way in ways:
            self.stdout.write(f"{way.name}, {way.plays}\n    {way.email}    {way.password}")
            if way.proofs:
                self.stdout.write(
                    f"    à la seconde preuve, un de ces codes (chacun sert une fois) : {' '.join(way.proofs)}"
                )
        self.stdout.write("\nCes mots de passe remplacent ceux d’avant. Pour tout retirer : fairealliance demo remove")
        if said := actions.at_stake():
            self.stderr.write(f"Attention. {said} Gardez ces mots de passe pour vous, ou jouez sur une copie.")

    def _is_sure(self) -> bool:
        try:
            return input("Retirer tout ce qui est inventé ? (oui/non) ").strip().lower() in ("oui", "o")
        except EOFError:
            return False
