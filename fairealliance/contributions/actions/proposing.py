"""What the one who proposes does, by the link they hold.

What they type in a draft is kept every few seconds and read by nobody else: `save_step` tells the journal nothing of
it. Once the desk has read it, each change is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.contributions import mails, tokens
from fairealliance.contributions.actions.shared import keep, locked, moved, tell, touched, write
from fairealliance.contributions.enums import Side, Status
from fairealliance.contributions.life import EDITABLE, Verb
from fairealliance.contributions.models import Proposal, typed
from fairealliance.contributions.permissions import PROPOSER
from fairealliance.contributions.publishing import Incomplete, wrong_steps
from fairealliance.contributions.suspicion import Judgement, digest_of
from fairealliance.lib.lives import NotAllowed


@dataclass
class Conflict(Exception):
    """Another page wrote this step since this one was opened. `theirs` is what stands there now."""

    theirs: dict[str, Any]
    version: int


@transaction.atomic
def begin(*, page_key: str) -> tuple[Proposal, str]:
    """A new draft and the token that leads to it; the same draft when the same page asks twice."""
    proposal, made = Proposal.objects.get_or_create(start_key=page_key)
    if made:
        tell(proposal, "begun", by=PROPOSER)
    return proposal, tokens.issue(proposal)


@transaction.atomic
def save_step(*, proposal: Proposal, step: str, raw: Mapping[str, Any], version: int, page: str) -> Proposal:
    """Keeps what was typed at `step`, right or not yet. `version` and `page` are those of the page it was typed on.

    Raises Conflict when another page wrote something else there since, NotAllowed when it can no longer change.
    """
    held = locked(proposal)
    if held.status not in EDITABLE:
        raise NotAllowed(_("Cette proposition ne peut plus être modifiée."))
    now, last_page = held.saved.get(step, [0, ""])
    standing = _standing(held, step)
    merged = {**standing, **raw}
    if merged == standing and now:
        return held
    if version != now and page != last_page and now:
        raise Conflict(standing, now)
    keep(held, step, merged)
    held.saved = {**held.saved, step: [now + 1, page]}
    touched(held, PROPOSER)
    held.save()
    if held.status != Status.DRAFT:
        tell(held, "completed", by=PROPOSER, step=step)
    return held


def _standing(held: Proposal, step: str) -> dict[str, Any]:
    standing = typed(held, step)
    if step == "contact":
        standing |= {"contact_name": held.contact_name, "contact_email": held.contact_email}
    return standing


@transaction.atomic
def mail_link(*, proposal: Proposal, email: str = "") -> None:
    """Sends a link to `email` (kept, if none was) or to the address already left."""
    held = locked(proposal)
    if email and not held.contact_email:
        held.contact_email = email
        held.save(update_fields=["contact_email"])
    if email:
        held.contact_email = email  # this once: the address left stays the one that is written to
    mails.link(held)
    tell(held, "link-mailed", by=PROPOSER)


@transaction.atomic
def send(*, proposal: Proposal, judgement: Judgement) -> Proposal:
    """Hands the draft over to the desk. Sent twice, it is sent once. Raises Incomplete."""
    held = locked(proposal)
    if held.status in (Status.SENT, Status.ACCEPTED):
        return held
    verb = Verb.ANSWER if held.status == Status.QUESTION else Verb.SEND
    if wrong := wrong_steps(held):
        raise Incomplete(wrong)
    moved(held, verb, by=PROPOSER)
    held.consent_at = held.consent_at or timezone.now()
    held.sent_at = timezone.now()
    held.text_digest = digest_of(words_of(held))
    held.is_suspect, held.suspicions = judgement.is_suspect, judgement.reasons
    held.save()
    tell(held, "sent", by=PROPOSER, suspect=held.is_suspect)
    if not held.is_suspect:  # the address of someone else must not receive mail because a robot typed it
        mails.received(held)
    return held


def words_of(proposal: Proposal) -> str:
    """What tells one case from another."""
    said = typed(proposal, "quoi")
    return " ".join(str(said.get(name, "")) for name in ("title", "challenge", "summary"))


@transaction.atomic
def answer(*, proposal: Proposal, text: str, page_key: str) -> bool:
    """A line of the thread. After a question, the proposal goes back to the desk. Says whether it is new."""
    held = locked(proposal)
    if held.status == Status.DRAFT:
        raise NotAllowed(_("Envoyez d’abord votre proposition."))
    made = write(held, side=Side.PROPOSER, by=PROPOSER, text=text, page_key=page_key)
    if made and held.status == Status.QUESTION and not wrong_steps(held):
        moved(held, Verb.ANSWER, by=PROPOSER)
    elif made:
        touched(held, PROPOSER)
    if made:
        held.save()
        tell(held, "answered", by=PROPOSER)
    return made


@transaction.atomic
def withdraw(*, proposal: Proposal) -> Proposal:
    """Taken back by the one who proposed it. Twice is once."""
    held = locked(proposal)
    if held.status == Status.WITHDRAWN:
        return held
    moved(held, Verb.WITHDRAW, by=PROPOSER)
    held.decided_at = timezone.now()
    held.save()
    tell(held, "withdrawn", by=PROPOSER)
    return held
