"""The profile of a catalyst, by its owner: told, consented to, withdrawn, removed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.models import User
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.slugs import slug
from fairealliance.network import leaving, telling
from fairealliance.network.actions.turns import pass_on_those_of
from fairealliance.network.enums import MarkKind, Standing
from fairealliance.network.models import Catalyst, Invited, Mark
from fairealliance.network.permissions import require
from fairealliance.organisations.permissions import can_act_for

_PLAIN = ("name", "organisation", "presentation", "skills", "capacity", "absent_from", "absent_until")


class Stale(NotAllowed):
    """Another page wrote since this one was read."""


@transaction.atomic
def save(*, by: User, said: Mapping[str, Any], version: int = 0) -> Catalyst:
    """One's profile, whole: `said` is what `ProfileForm` gives. New or refused before, it enters anew (`_enter`).

    Consent is given by sending it the first time; later only `consent` gives it back. Raises PermissionDenied for an
    organisation that one does not act for, Stale.
    """
    organisation = said["organisation"]
    require(organisation is None or can_act_for(by, organisation))
    held = Catalyst.objects.select_for_update(no_key=True, of=("self",)).filter(user=by).first()
    if held is not None and held.version != version:
        raise Stale(_("Votre profil a changé dans une autre fenêtre : relisez-le, puis enregistrez de nouveau."))
    now = timezone.now()
    before = held.standing if held else ""
    held = held or Catalyst(user=by, consented_at=now)
    for name in _PLAIN:
        setattr(held, name, said[name])
    held.slug, held.version = slug(held.name), held.version + 1
    verb = _enter(held, now) if before in ("", Standing.REFUSED) else "changed"
    held.save()
    _mark(held, {MarkKind.TRADE: said["trades"], MarkKind.SECTOR: said["sectors"]})
    held.territories.set(said["territories"])
    tell(held, verb, by=by, before=before)
    if verb != "changed":
        telling.entered(held)
    return held


def _enter(held: Catalyst, now: datetime) -> str:
    """The secretariat judges it, unless it invited its owner. Returns what happened, for the journal."""
    held.reason, held.proposed_at = "", now
    invited = Invited.objects.select_for_update().filter(user=held.user).first()
    if invited is None:
        held.standing = Standing.WAITING
        return "proposed"
    held.standing, held.decided_at, held.decided_by = Standing.ACCEPTED, now, invited.invited_by
    invited.delete()
    return "joined"


def _mark(held: Catalyst, told: Mapping[MarkKind, list[str]]) -> None:
    held.marks.all().delete()
    Mark.objects.bulk_create(
        Mark(catalyst=held, kind=kind, slug=each) for kind, slugs in told.items() for each in dict.fromkeys(slugs)
    )


@transaction.atomic
def consent(*, by: User) -> Catalyst:
    """Listed again, if the secretariat accepted the profile. Raises Catalyst.DoesNotExist."""
    held = _own(by)
    if held.consented_at is None:
        held.consented_at, held.withdrawn_at = timezone.now(), None
        held.save(update_fields=["consented_at", "withdrawn_at", "touched_at"])
        tell(held, "consented", by=by, before=held.standing)
    return held


def withdraw_consent(*, by: User) -> Catalyst:
    """Seen by nobody from now on; requests that waited for an answer go to the next. Raises Catalyst.DoesNotExist."""
    with transaction.atomic():
        held = _own(by)
        _unlist(held, by)
    # Each request is locked before its catalyst: not in the transaction above. `pass_due` does what is left.
    pass_on_those_of(held, by=by)
    leaving.leave(by, by)
    return held


def _unlist(held: Catalyst, by: Actor) -> None:
    if held.consented_at is not None:
        held.consented_at, held.withdrawn_at = None, timezone.now()
        held.save(update_fields=["consented_at", "withdrawn_at", "touched_at"])
        tell(held, "withdrew", by=by, before=held.standing)


def remove(*, by: Actor, owner: User) -> None:
    """The whole profile. Whatever they held goes on without them.

    By its owner, or by the system once their account goes. Raises PermissionDenied, Catalyst.DoesNotExist.
    """
    require(isinstance(by, System) or by == owner)
    with transaction.atomic():
        held = _own(owner)
        _unlist(held, by)
    pass_on_those_of(held, by=by, accepted_too=True)
    leaving.leave(owner, by)
    with transaction.atomic():
        tell(_own(owner), "removed", by=by, before=held.standing)
        Catalyst.objects.filter(pk=held.pk).delete()


def _own(by: User) -> Catalyst:
    return Catalyst.objects.select_for_update(no_key=True).get(user=by)


def tell(held: Catalyst, verb: str, *, by: Actor, before: str = "") -> None:
    record(
        by=by,
        verb=f"catalyst-{verb}",
        subject=held.ref,
        before=before,
        after=held.standing,
        changed=[("catalyst", str(held.pk))],
    )
