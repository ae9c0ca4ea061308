"""The life cycle of a request for support, as one table: from which states, to which.

asked ─→ offered ⇄ offered to the next ─→ accepted ─→ ended
   └──→ desk (nobody covers, or nobody is left) ─┘      withdrawn by its asker while it is open
"""

from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from fairealliance.network.enums import Answer, Status

OPEN = (Status.OFFERED, Status.DESK, Status.ACCEPTED)
HELD = (Status.OFFERED, Status.ACCEPTED)
"""A catalyst holds it: their workload."""
MAY_STILL_ACCEPT = (Answer.WAITING, Answer.SILENT)
"""A late yes is better than none, until somebody said yes."""


class Verb(StrEnum):
    OFFER = "offer"
    LEAVE = "leave"
    ACCEPT = "accept"
    END = "end"
    WITHDRAW = "withdraw"


class Move(NamedTuple):
    start: tuple[Status, ...]
    end: Status


TABLE: dict[Verb, Move] = {
    Verb.OFFER: Move(OPEN, Status.OFFERED),
    Verb.LEAVE: Move(OPEN, Status.DESK),
    Verb.ACCEPT: Move((Status.OFFERED, Status.DESK), Status.ACCEPTED),
    Verb.END: Move((Status.DESK, Status.ACCEPTED), Status.ENDED),
    Verb.WITHDRAW: Move(OPEN, Status.WITHDRAWN),
}


class NotAllowed(Exception):
    """It is not, or no longer, where this can be done. The message is for people."""


def can(verb: Verb, status: str) -> bool:
    return status in TABLE[verb].start


def next_status(verb: Verb, status: str) -> Status:
    """Raises NotAllowed with a French message."""
    if not can(verb, status):
        raise NotAllowed(_("Ce n’est plus possible : cette demande est maintenant « %s ».") % Status(status).label)
    return TABLE[verb].end
