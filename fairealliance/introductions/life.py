"""The life of an introduction, as one table: from which states, to which, and who leads it there."""

from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from fairealliance.introductions.enums import Status

OPEN = (Status.ASKED, Status.ACCEPTED, Status.TALKING, Status.BEGUN)
"""Not over: between two organisations, one at a time on one subject."""
REACHABLE = (Status.ACCEPTED, Status.TALKING, Status.BEGUN)
"""Both said yes: addresses are shown. They are hidden again once it is over."""


class Verb(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    TALK = "talk"
    BEGIN = "begin"
    END = "end"
    CLOSE = "close"


class Who(StrEnum):
    """Who may: a side that owes its answer, whoever asked, either side, the worker."""

    ANSWERING = "answering"
    ASKING = "asking"
    EITHER = "either"
    SYSTEM = "system"


class Move(NamedTuple):
    start: tuple[Status, ...]
    end: Status
    who: Who


TABLE: dict[Verb, Move] = {
    Verb.ACCEPT: Move((Status.ASKED,), Status.ACCEPTED, Who.ANSWERING),
    Verb.DECLINE: Move((Status.ASKED,), Status.DECLINED, Who.ANSWERING),
    Verb.WITHDRAW: Move((Status.ASKED,), Status.WITHDRAWN, Who.ASKING),
    Verb.TALK: Move((Status.ACCEPTED,), Status.TALKING, Who.EITHER),
    Verb.BEGIN: Move((Status.ACCEPTED, Status.TALKING), Status.BEGUN, Who.EITHER),
    Verb.END: Move((Status.ACCEPTED, Status.TALKING, Status.BEGUN), Status.ENDED, Who.EITHER),
    Verb.CLOSE: Move((Status.ASKED,), Status.SILENT, Who.SYSTEM),
}


class NotAllowed(Exception):
    """It is not, or no longer, where this can be done. The message is for people."""


def can(verb: Verb, status: str) -> bool:
    return status in TABLE[verb].start


def next_status(verb: Verb, status: str) -> Status:
    """Raises NotAllowed with a French message."""
    if not can(verb, status):
        raise NotAllowed(_("Ce n’est plus possible : l’état est maintenant « %s ».") % Status(status).label)
    return TABLE[verb].end
