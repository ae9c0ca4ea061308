"""The life cycle of a request for support, as one table: from which states, to which.

asked ─→ offered ⇄ offered to the next ─→ accepted ─→ ended
   └──→ desk (nobody covers, or nobody is left) ─┘      withdrawn by its asker while it is open
"""

from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy

from fairealliance.lib.lives import Life
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

_LIFE = Life(TABLE, Status, gettext_lazy("Ce n’est plus possible : cette demande est maintenant « %s »."))
can, next_status = _LIFE.can, _LIFE.next_status
