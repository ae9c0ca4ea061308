"""Reports being written: saved under an optimistic lock, submitted by facilitators, published by the secretariat."""

import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.roadmap.actions import publishing
from fairealliance.roadmap.actions.refusals import Moved, Refused
from fairealliance.roadmap.enums import MOVES, DraftState
from fairealliance.roadmap.models import Draft, Measure, Programme, Workstream
from fairealliance.roadmap.permissions import require_report

FIELDS = ("dated_on", "title", "text", "next_steps", "result", "author", "reason", "readings", "corrects")


def start_draft(
    *,
    by: Actor,
    programme: Programme,
    token: uuid.UUID,
    measure: Measure | None = None,
    workstream: Workstream | None = None,
    corrects: bool = False,
    **data: Any,
) -> Draft:
    """A new draft. The same `token` again is the same form sent twice: refused, nothing is made."""
    require_report(by, measure)
    with transaction.atomic():
        fields = {"measure": measure, "workstream": workstream, "corrects": corrects, **data}
        written_by = by if isinstance(by, User) else None
        draft, is_new = Draft.objects.get_or_create(
            token=token, defaults={"programme": programme, "written_by": written_by, **fields}
        )
        if not is_new:
            raise Refused(_("Ce formulaire a déjà été envoyé : le brouillon existe."))
        _tell(by, draft, "draft-started")
    return draft


def save_draft(*, by: Actor, draft: Draft, lock: int, **data: Any) -> Draft:
    """Saves what was written on version `lock`. Moved when someone else saved since: nothing is overwritten."""
    require_report(by, draft.measure)
    with transaction.atomic():
        held = _hold(draft, lock)
        if not held.is_open:
            raise Refused(_("Ce bilan est déjà publié ou abandonné."))
        for name in FIELDS:
            if name in data:
                setattr(held, name, data[name])
        held.lock += 1
        held.written_by = by if isinstance(by, User) else None
        held.save()
        _tell(by, held, "draft-saved")
    return held


def submit_draft(*, by: Actor, draft: Draft, lock: int) -> Draft:
    """Hands it to the secretariat."""
    require_report(by, draft.measure)
    return _move(by, draft, lock, DraftState.SUBMITTED)


def return_draft(*, by: Actor, draft: Draft, lock: int) -> Draft:
    """Back to whoever wrote it."""
    require_hub_editor(by)
    return _move(by, draft, lock, DraftState.DRAFT)


def drop_draft(*, by: Actor, draft: Draft, lock: int) -> Draft:
    """Given up; kept for the record, shown nowhere."""
    require_report(by, draft.measure)
    return _move(by, draft, lock, DraftState.DROPPED)


def publish_draft(*, by: Actor, draft: Draft, lock: int) -> Draft:
    """Makes it public, for good. A second time is refused."""
    require_hub_editor(by)
    with transaction.atomic():
        held = _move(by, draft, lock, DraftState.PUBLISHED)
        common: dict[str, Any] = {
            "by": by,
            "dated_on": held.dated_on,
            "text": held.text,
            "reason": held.reason if held.corrects else "",
        }
        if held.measure:
            readings = {code: Decimal(value) for code, value in held.readings.items()}
            told: dict[str, Any] = {"result": held.result, "next_steps": held.next_steps, "author": held.author}
            publishing.publish_measure_report(measure=held.measure, readings=readings, **common, **told)
        elif held.workstream:
            publishing.publish_workstream_report(workstream=held.workstream, **common)
        else:
            publishing.issue_progress_report(programme=held.programme, title=held.title, **common)
    return held


def _hold(draft: Draft, lock: int) -> Draft:
    held = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if held.lock != lock:
        raise Moved(_("Quelqu’un d’autre a modifié ce bilan pendant que vous écriviez."))
    return held


def _move(by: Actor, draft: Draft, lock: int, state: DraftState) -> Draft:
    with transaction.atomic():
        held = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if state not in MOVES[held.state]:
            raise Refused(_("Ce bilan est déjà « %s » : il n’y a plus rien à faire.") % held.get_state_display())
        held = _hold(draft, lock)
        held.state = state
        held.lock += 1
        held.save(update_fields=["state", "lock", "updated_at"])
        _tell(by, held, f"draft-{state}")
    return held


def _tell(by: Actor, draft: Draft, verb: str) -> None:
    record(by=by, verb=verb, subject=f"draft:{draft.pk}", detail={"dated_on": draft.dated_on.isoformat()})
