"""The life cycle of a need or an offer, as one table: from which states, to which. Members of its organisation act."""

from enum import StrEnum
from typing import NamedTuple

from fairealliance.lib.lives import Life
from fairealliance.needs.enums import Status

LISTED = (Status.PUBLISHED, Status.DISCUSSION)
"""Shown in lists, search, feeds, suggestions."""
READABLE = (*LISTED, Status.MET, Status.EXPIRED)
"""Their page is still read by those who may; a closed one is taken down."""
EDITABLE = (Status.DRAFT, *LISTED, Status.EXPIRED)


class Verb(StrEnum):
    PUBLISH = "publish"
    DISCUSS = "discuss"
    RESUME = "resume"
    MEET = "meet"
    CLOSE = "close"
    RENEW = "renew"
    EXPIRE = "expire"


class Move(NamedTuple):
    start: tuple[Status, ...]
    end: Status


TABLE: dict[Verb, Move] = {
    Verb.PUBLISH: Move(EDITABLE, Status.PUBLISHED),
    Verb.DISCUSS: Move((Status.PUBLISHED,), Status.DISCUSSION),
    Verb.RESUME: Move((Status.DISCUSSION,), Status.PUBLISHED),
    Verb.MEET: Move((*LISTED, Status.EXPIRED), Status.MET),
    Verb.CLOSE: Move((*LISTED, Status.MET, Status.EXPIRED), Status.CLOSED),
    Verb.RENEW: Move((*LISTED, Status.MET, Status.CLOSED, Status.EXPIRED), Status.PUBLISHED),
    Verb.EXPIRE: Move(LISTED, Status.EXPIRED),
}
# Renewed, or published again, while it is being discussed, it still is.
_STAYS = {Verb.PUBLISH, Verb.RENEW}

_LIFE = Life(TABLE, Status)
can = _LIFE.can


def next_status(verb: Verb, status: str) -> Status:
    """Raises NotAllowed with a French message."""
    after = _LIFE.next_status(verb, status)
    return Status.DISCUSSION if verb in _STAYS and status == Status.DISCUSSION else after
