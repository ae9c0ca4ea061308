"""What the actions on a proposal share: one row locked, one table of moves, one thread."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.models import User
from fairealliance.contributions.enums import Side
from fairealliance.contributions.forms import PRIVATE
from fairealliance.contributions.life import Verb, next_status
from fairealliance.contributions.models import Message, Proposal
from fairealliance.journal.actions import Author, record
from fairealliance.lib.dates_fr import hour_in_words
from fairealliance.lib.sent_once import sent_once


class Stale(Exception):
    """Someone else wrote meanwhile. The message says who and when, for people."""


def locked(proposal: Proposal, *, version: int | None = None) -> Proposal:
    """The proposal as it stands, nobody else writing it. Raises Stale when it is no longer at `version`."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if version is not None and held.version != version:
        who = held.touched_by.label if held.touched_by else _("la personne qui propose")
        when = timezone.localtime(held.touched_at)
        said = _("Entre-temps, %(who)s a modifié cette proposition (%(when)s). Relisez-la, puis recommencez.")
        raise Stale(said % {"who": who, "when": f"{when:%d/%m} à {hour_in_words(when.time())}"})
    return held


def moved(held: Proposal, verb: Verb, *, by: Author) -> Proposal:
    """Takes `held` along the table of moves. Raises NotAllowed. Not saved yet."""
    held.status = next_status(verb, held.status)
    touched(held, by)
    return held


def touched(held: Proposal, by: Author) -> None:
    held.version += 1
    held.touched_by = by if isinstance(by, User) else None


def tell(held: Proposal, verb: str, *, by: Author, **detail: object) -> None:
    record(by=by, verb=f"proposal-{verb}", subject=held.ref, detail=detail)


def write(held: Proposal, *, side: Side, by: Author, text: str, page_key: str) -> bool:
    """A line of the thread, once per page it was written on; other words from that page are another line. Says whether
    it is new.
    """
    writer = by if isinstance(by, User) else None
    key = sent_once(page_key, side, text)
    _message, made = Message.objects.get_or_create(
        proposal=held, page_key=key, defaults={"side": side, "by_user": writer, "text": text}
    )
    return made


def keep(held: Proposal, step: str, said: dict[str, Any]) -> None:
    """Puts what was said at `step` where it is kept. Not saved yet."""
    if step == "quoi":
        held.title = " ".join(str(said.get("title", "")).split())[:400]
    if step == "contact":
        held.contact_name = str(said.get("contact_name", ""))[:200]
        held.contact_email = str(said.get("contact_email", ""))[:254]
        said = {name: value for name, value in said.items() if name not in PRIVATE or name == "consent"}
    held.content = {**held.content, step: said}
