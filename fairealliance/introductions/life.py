"""The life of an introduction, as one table: from which states, to which, and who leads it there."""

from enum import StrEnum
from typing import NamedTuple

from fairealliance.introductions.enums import Status
from fairealliance.lib.lives import Life

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

_LIFE = Life(TABLE, Status)
can, next_status = _LIFE.can, _LIFE.next_status
