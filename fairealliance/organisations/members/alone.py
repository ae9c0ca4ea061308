"""One hand at a time on who acts for an organisation: what was counted must still be true when it is written.

Its row is locked first, and the journal's lock taken last, by everyone: two acts wait for each other in one order only.
On SQLite a transaction has the database to itself from its first statement on (`transaction_mode`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.organisations.models import Member, Organisation


class LastAdministrator(ValidationError):
    """Nobody would administer the organisation any more. The message is for people."""

    def __init__(self, organisation: Organisation) -> None:
        said = _("Il faut toujours quelqu’un pour administrer « %(name)s » : nommez d’abord une autre personne.")
        super().__init__(said % {"name": organisation.name})


@contextmanager
def alone_with(organisation_id: int) -> Iterator[Organisation]:
    """In a transaction, ours or the caller's; raises Organisation.DoesNotExist."""
    with transaction.atomic():
        yield lock(organisation_id)


def lock(organisation_id: int) -> Organisation:
    """Until the end of the transaction. Rows that point to it can still be written."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def require_another(organisation: Organisation, leaving: Member) -> None:
    """Raises LastAdministrator when `leaving` is the only one. The organisation is locked."""
    if leaving.is_administrator and not others(organisation, leaving):
        raise LastAdministrator(organisation)


def others(organisation: Organisation, leaving: Member) -> bool:
    """Whether somebody else administers it."""
    return organisation.members.administrators().exclude(pk=leaving.pk).exists()
