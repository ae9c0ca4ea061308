"""What the actions on a need share: one row locked, told in the journal and to whoever follows public things."""

from datetime import date, timedelta

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.journal.actions import record
from fairealliance.needs.models import Need

LASTS = timedelta(days=90)
"""How long a need is shown before its organisation is asked again."""


def locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=need.pk)


def touched(held: Need, by: Actor) -> None:
    held.touched_by = by if isinstance(by, User) else None


def end_of(ends_on: date | None, today: date) -> date:
    """The last day on which it is shown, told today."""
    return min(ends_on, today + LASTS) if ends_on else today + LASTS


def tell(held: Need, verb: str, *, by: Actor, before: str = "", detail: dict[str, object] | None = None) -> None:
    """`organisation` too: suggestions follow organisations, with all that they seek and bring."""
    changed = [(held.side, str(held.pk)), ("organisation", str(held.organisation_id))] if held.published_at else []
    record(
        by=by,
        verb=f"{held.side}-{verb}",
        subject=held.ref,
        detail={"organisation": held.organisation_id, **(detail or {})},
        before=before,
        after=held.status,
        changed=changed,
    )
