"""Typing and publishing.

What is typed is kept every few seconds and read by nobody outside: the journal is told that a draft was begun or
thrown away, and nothing of its words until it is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.needs.actions.shared import end_of, locked, tell, touched
from fairealliance.needs.enums import Side, Status
from fairealliance.needs.forms import NeedForm
from fairealliance.needs.life import EDITABLE, Verb, next_status
from fairealliance.needs.models import Need
from fairealliance.needs.permissions import can_write_for, require
from fairealliance.needs.preview import take
from fairealliance.organisations.models import Organisation

_MOST_A_DAY = 60
_DAY = timedelta(days=1)


@dataclass
class Conflict(Exception):
    """Another page wrote since this one was opened. `theirs` is what stands there now."""

    theirs: dict[str, Any]
    version: int


class Incomplete(Exception):
    """Something is missing or wrong: `form` says what."""

    def __init__(self, form: NeedForm) -> None:
        super().__init__("; ".join(form.told()))
        self.form = form


@transaction.atomic
def begin(*, by: User, organisation: Organisation, side: Side, page_key: str) -> Need:
    """A draft; the same when the same page asks twice. Raises PermissionDenied, NotAllowed beyond sixty a day."""
    require(can_write_for(by, organisation))
    key = f"{by.pk}:{page_key[:60]}"
    if held := Need.objects.filter(start_key=key).first():
        return held
    if limits.count_of("needs-begun", str(by.pk), window=_DAY) > _MOST_A_DAY:
        raise NotAllowed(_("Beaucoup de brouillons commencés en une journée : reprenez-en un, ou attendez demain."))
    told = {"organisation": organisation, "side": side, "created_by": by, "touched_by": by}
    need, is_new = Need.objects.get_or_create(start_key=key, defaults=told)
    if is_new:
        tell(need, "begun", by=by)
    return need


@transaction.atomic
def save(*, by: User, need: Need, raw: Mapping[str, Any], version: int, page: str) -> Need:
    """Keeps what was typed, right or not yet. `version` and `page` are those of the page it was typed on.

    Raises PermissionDenied, NotAllowed when it can no longer change, Conflict when another page wrote something else.
    """
    held = locked(need)
    require(can_write_for(by, held.organisation_id))
    if held.status not in EDITABLE:
        raise NotAllowed(_("Ce texte ne peut plus être modifié : rouvrez-le d’abord."))
    merged = {**held.content, **raw}
    if merged == held.content:
        return held
    if held.version and version != held.version and page != held.last_page:
        raise Conflict(held.typed(), held.version)
    held.content, held.version, held.last_page = merged, held.version + 1, page
    touched(held, by)
    held.save()
    return held


@transaction.atomic
def publish(*, by: User, need: Need, version: int | None = None) -> Need:
    """Shows it as it is typed now, or shows its new words. `version` is the one that was read over.

    Raises PermissionDenied, NotAllowed, Incomplete, and Conflict when something else was typed since it was read over.
    """
    held = locked(need)
    require(can_write_for(by, held.organisation_id))
    if version is not None and version != held.version:
        raise Conflict(held.typed(), held.version)
    before, held.status = held.status, next_status(Verb.PUBLISH, held.status)
    form = NeedForm(held.content, held.side)
    if not form.is_valid():
        raise Incomplete(form)
    take(held, form.cleaned_data)
    now = timezone.now()
    held.published_at, held.told_at = held.published_at or now, now
    held.expires_on = end_of(held.ends_on, timezone.localdate())
    touched(held, by)
    held.save()
    held.territories.set(form.cleaned_data["places"])
    verb = "published" if before in (Status.DRAFT, Status.EXPIRED) else "changed"
    tell(held, verb, by=by, before=before, detail={"visibility": held.visibility})
    return held


@transaction.atomic
def discard(*, by: User, need: Need) -> None:
    """Throws a draft away. Raises PermissionDenied, NotAllowed once it was published."""
    held = locked(need)
    require(can_write_for(by, held.organisation_id))
    if held.published_at:
        raise NotAllowed(_("Il a été publié : fermez-le plutôt."))
    tell(held, "discarded", by=by, before=held.status)
    held.delete()
