"""What the desk does with proposals. `version` is that of the page the editor read: another's work is never undone."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.contributions import mails
from fairealliance.contributions.actions.shared import keep, locked, moved, tell, touched, write
from fairealliance.contributions.enums import Side, Status
from fairealliance.contributions.life import Verb
from fairealliance.contributions.models import Proposal, typed
from fairealliance.contributions.publishing import publish
from fairealliance.journal.actions import record
from fairealliance.lib.lives import NotAllowed
from fairealliance.practices import actions as practices
from fairealliance.practices.models import Practice


@transaction.atomic
def edit(*, by: Actor, proposal: Proposal, version: int, steps: Mapping[str, Mapping[str, Any]]) -> Proposal:
    """Writes the steps over. What stood there is told to the journal. Raises Stale."""
    require_hub_editor(by)
    held = locked(proposal, version=version)
    changed: dict[str, object] = {}
    for step, raw in steps.items():
        before = typed(held, step)
        after = {**before, **raw}
        if after != before:
            changed[step] = {name: before.get(name) for name in after if after[name] != before.get(name)}
            keep(held, step, after)
            held.saved = {**held.saved, step: [held.saved.get(step, [0, ""])[0] + 1, "desk"]}
    if changed:
        touched(held, by)
        held.save()
        tell(held, "edited", by=by, before=changed)
    return held


@transaction.atomic
def ask(*, by: Actor, proposal: Proposal, version: int, text: str, page_key: str) -> Proposal:
    """A question to the proposer, by mail and in the thread."""
    require_hub_editor(by)
    held = locked(proposal)
    if not write(held, side=Side.EDITOR, by=by, text=text, page_key=page_key):
        return held
    held = moved(locked(proposal, version=version), Verb.ASK, by=by)
    held.is_suspect = False  # someone who is asked is taken for someone
    held.save()
    tell(held, "asked", by=by)
    mails.question(held, text)
    return held


@transaction.atomic
def say(*, by: Actor, proposal: Proposal, text: str, page_key: str) -> None:
    """A line in the thread once all is decided; it goes by mail too."""
    require_hub_editor(by)
    held = locked(proposal)
    if write(held, side=Side.EDITOR, by=by, text=text, page_key=page_key):
        tell(held, "told", by=by)
        mails.question(held, text)


@transaction.atomic
def accept(*, by: Actor, proposal: Proposal, version: int) -> Practice:
    """Publishes it as a practice: search follows. Twice is once. Raises Stale, NotAllowed or Incomplete."""
    require_hub_editor(by)
    held = locked(proposal)
    if held.practice is not None and held.version == version + 1:
        return held.practice
    held = moved(locked(proposal, version=version), Verb.ACCEPT, by=by)
    practice = publish(by=by, proposal=held)
    held.practice, held.decided_at, held.reason, held.is_suspect = practice, timezone.now(), "", False
    held.save()
    tell(held, "accepted", by=by, practice=practice.pk)
    record(by=by, verb="practice-created", subject=f"practice:{practice.pk}", detail={"proposal": held.pk})
    mails.accepted(held)
    return practice


@transaction.atomic
def decline(*, by: Actor, proposal: Proposal, version: int, reason: str, quietly: bool = False) -> Proposal:
    """Not kept, with the reason, which the proposer is told unless it is spam."""
    require_hub_editor(by)
    held = moved(locked(proposal, version=version), Verb.DECLINE, by=by)
    held.reason, held.decided_at = reason, timezone.now()
    held.save()
    tell(held, "declined", by=by, reason=reason, quietly=quietly)
    if not quietly:
        mails.declined(held)
    return held


@transaction.atomic
def unpublish(*, by: Actor, proposal: Proposal, version: int) -> Proposal:
    """Undoes an acceptance: the page goes, the proposal is to be examined again."""
    require_hub_editor(by)
    held = moved(locked(proposal, version=version), Verb.UNPUBLISH, by=by)
    practice, held.practice, held.decided_at = held.practice, None, None
    held.save()
    if practice is not None:
        practices.remove(by=by, practice=practice, why=held.ref)
    tell(held, "unpublished", by=by)
    mails.unpublished(held)
    return held


@transaction.atomic
def reopen(*, by: Actor, proposal: Proposal, version: int) -> Proposal:
    """Undoes a refusal. Raises NotAllowed once what was told is erased."""
    require_hub_editor(by)
    held = locked(proposal, version=version)
    if held.status == Status.DECLINED and not held.content:
        raise NotAllowed(_("Ses textes ont été effacés, comme promis : on ne peut plus l’examiner."))
    held = moved(held, Verb.REOPEN, by=by)
    held.reason, held.decided_at = "", None
    held.save()
    tell(held, "reopened", by=by)
    return held


@transaction.atomic
def trust(*, by: Actor, proposal: Proposal, version: int) -> Proposal:
    """Out of the pile of what looks like spam."""
    require_hub_editor(by)
    held = locked(proposal, version=version)
    held.is_suspect = False
    touched(held, by)
    held.save()
    tell(held, "trusted", by=by)
    mails.received(held)
    return held
