"""Signing the head anew, when the key was lost or what `verify` tells is known and told."""

from fairealliance.journal.actions.entries import Author, record
from fairealliance.journal.chain import signed
from fairealliance.journal.lock import one_at_a_time
from fairealliance.journal.models import Entry, Head


def seal(*, by: Author, reason: str, problems: list[str]) -> Entry:
    """Tells why, and what was found; then signs. What is broken stays so, and `verify` goes on telling it."""
    with one_at_a_time():
        entry = record(by=by, verb="journal-sealed", subject="journal", detail={"reason": reason, "found": problems})
        Head.objects.filter(pk=1).update(mac=signed(entry.sequence, entry.hash))
    return entry
