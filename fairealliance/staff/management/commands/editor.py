"""`fairealliance editor add MAIL [--name NAME]`: lets somebody into the desk, by a link to choose a password."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from fairealliance.accounts.actors import SYSTEM
from fairealliance.staff import people


class Command(BaseCommand):
    """Adding twice only makes a new link; removing keeps what the person did."""

    help = "Ouvre (add) ou ferme (remove) le bureau /gestion/ à quelqu’un, ou dit qui y entre (list)."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="Donne accès, et écrit un lien pour choisir un mot de passe.")
        add.add_argument("mail")
        add.add_argument("--name", default="", help="Nom affiché.")
        add.add_argument(
            "--writer", action="store_true", help="Écrit et propose des pages, sans les publier ni modérer."
        )
        remove = acts.add_parser("remove", help="Retire l’accès.")
        remove.add_argument("mail")
        reset = acts.add_parser("reset", help="Retire la seconde preuve de qui a tout perdu, et donne un nouveau lien.")
        reset.add_argument("mail")
        acts.add_parser("list", help="Qui entre au bureau.")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['act']}")(options)

    def _add(self, options: dict[str, Any]) -> None:
        try:
            validate_email(options["mail"])
        except ValidationError as error:
            raise CommandError(f"« {options['mail']} » n’est pas une adresse de courriel.") from error
        user = people.add_editor(
            by=SYSTEM, email=options["mail"], name=options["name"], is_writer_only=options["writer"]
        )
        self.stdout.write(f"{user.label} peut entrer au bureau. Lien pour choisir un mot de passe :")
        self.stdout.write(people.password_link(user))

    def _remove(self, options: dict[str, Any]) -> None:
        if not people.remove_editor(by=SYSTEM, email=options["mail"]):
            raise CommandError(f"Personne n’entre au bureau avec l’adresse « {options['mail']} ».")
        self.stdout.write(f"{options['mail']} n’entre plus au bureau.")

    def _reset(self, options: dict[str, Any]) -> None:
        user = people.reset_editor(by=SYSTEM, email=options["mail"])
        if user is None:
            raise CommandError(f"Personne n’entre au bureau avec l’adresse « {options['mail']} ».")
        self.stdout.write(f"{user.label} n’a plus de seconde preuve, et ses sessions sont fermées. Nouveau lien :")
        self.stdout.write(people.password_link(user))

    def _list(self, options: dict[str, Any]) -> None:
        for user in people.editors():
            role = "secrétariat" if user.is_secretariat else "rédaction"
            self.stdout.write(f"{user.email}\t{user.name or '-'}\t{role}")
