"""`fairealliance introductions advance [--now MOMENT]`: what the worker does each hour."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.accounts.mail import kept_in
from fairealliance.introductions import actions
from fairealliance.mailing import gathering, rhythms, sending

_MOST = timedelta(days=366 * 10)


class Command(BaseCommand):
    """With a moment to come, a rehearsal: steps are done, and what tells them is written where mails are kept as files.

    Where they really leave, they wait for their day: nobody is written to of what has not happened.
    """

    help = "Fait ce qui est dû : rappels, tiers prévenu, clôture ; et les deux questions aux alliances commencées."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["advance"], metavar="advance")
        parser.add_argument("--now", metavar="MOMENT", help="comme si l’on était ce jour-là (2027-01-31)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = _moment(options["now"]) if options["now"] else timezone.now()
        done = actions.advance(now) + actions.ask_due(now)
        said = ngettext("%(done)d étape faite au %(now)s.", "%(done)d étapes faites au %(now)s.", done)
        self.stdout.write(said % {"done": done, "now": f"{now:%Y-%m-%d %H:%M}"})
        if options["now"] and kept_in():
            gathering.gather(now + rhythms.TOGETHER)
            sending.send_queued()


def _moment(said: str) -> datetime:
    """Raises CommandError."""
    try:
        told = datetime.fromisoformat(said)
        moment = told if told.tzinfo else timezone.make_aware(told)
        near = abs(moment.astimezone(UTC) - timezone.now()) < _MOST
    except (ValueError, OverflowError) as error:
        raise CommandError(_("Nous ne lisons pas ce moment : %s. Par exemple 2027-01-31.") % said) from error
    if not near:
        raise CommandError(_("Ce moment est trop loin d’aujourd’hui : %s.") % said)
    return moment
