"""Writes of matching."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.journal.actions import record
from fairealliance.matching.enums import RefusalReason
from fairealliance.matching.exposure import Share
from fairealliance.matching.models import Attention, Refusal
from fairealliance.matching.permissions import require_choice
from fairealliance.matching.policy import current
from fairealliance.organisations.models import Organisation

LONGEST_NOTE = 500


def refuse(*, by: Actor, organisation: Organisation, other: Organisation, reason: str, note: str = "") -> Refusal:
    """ "Not for us, because…": from the next list on, neither is shown to the other. Said again, the last reason holds.

    Raises PermissionDenied; ValidationError, in French.
    """
    require_choice(by, organisation)
    if organisation.pk == other.pk:
        raise ValidationError(_("Une organisation ne peut pas s’écarter elle-même."))
    if reason not in RefusalReason.values:
        raise ValidationError({"reason": _("Choisissez une raison dans la liste.")})
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": _("La précision est trop longue : 500 signes au plus.")})
    with transaction.atomic():
        refusal, _made = Refusal.objects.update_or_create(
            organisation=organisation,
            other=other,
            defaults={"reason": reason, "note": note.strip(), "policy": current().version},
        )
        _tell(by, "match-refused", refusal)
    return refusal


def withdraw_refusal(*, by: Actor, refusal: Refusal) -> None:
    """Both may be shown to each other again. Raises PermissionDenied."""
    require_choice(by, refusal.organisation_id)
    with transaction.atomic():
        _tell(by, "match-refusal-withdrawn", refusal)
        refusal.delete()


def count_shown(*, shares: Sequence[Share]) -> None:
    """A list was shown: what it gave of attention goes to the accounts. Counted, like visits, and not journalled."""
    table = Attention._meta.db_table
    # Sorted: two lists counted at once take the rows in the same order, and neither waits for the other for ever.
    rows = [
        (share.owner, share.attention, share.merit, int(share.attention > 0), 1)
        for share in sorted(shares, key=lambda share: share.owner)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        known = set(Organisation.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", flat=True))
        cursor.executemany(
            f"INSERT INTO {table} (organisation_id, had, deserved, times_shown, times_contender)"  # noqa: S608 -- our own table's name
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (organisation_id) DO UPDATE SET"
            f" had = {table}.had + excluded.had, deserved = {table}.deserved + excluded.deserved,"
            f" times_shown = {table}.times_shown + excluded.times_shown,"
            f" times_contender = {table}.times_contender + excluded.times_contender",
            [row for row in rows if row[0] in known],
        )


def forget_attention(days: float = 1.0) -> int:
    """What so many days make the accounts forget. Returns how many accounts there are."""
    kept = 0.5 ** (days / current().exposure.half_life_days)
    return Attention.objects.update(had=F("had") * kept, deserved=F("deserved") * kept)


def _tell(by: Actor, verb: str, refusal: Refusal) -> None:
    record(
        by=by,
        verb=verb,
        subject=f"organisation:{refusal.organisation_id}",
        detail={"other": refusal.other_id, "reason": refusal.reason},
    )
