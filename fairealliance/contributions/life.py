"""The life cycle of a proposal, as one table: who may do what, from which state, to which."""

from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from fairealliance.contributions.enums import Side, Status


class Verb(StrEnum):
    SEND = "send"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    UNPUBLISH = "unpublish"
    REOPEN = "reopen"


class Move(NamedTuple):
    """`who` may go from any of `start` to `end`."""

    who: Side
    start: tuple[Status, ...]
    end: Status


TABLE: dict[Verb, Move] = {
    Verb.SEND: Move(Side.PROPOSER, (Status.DRAFT,), Status.SENT),
    Verb.ANSWER: Move(Side.PROPOSER, (Status.QUESTION,), Status.SENT),
    Verb.WITHDRAW: Move(Side.PROPOSER, (Status.DRAFT, Status.SENT, Status.QUESTION), Status.WITHDRAWN),
    Verb.ASK: Move(Side.EDITOR, (Status.SENT, Status.QUESTION), Status.QUESTION),
    Verb.ACCEPT: Move(Side.EDITOR, (Status.SENT, Status.QUESTION), Status.ACCEPTED),
    Verb.DECLINE: Move(Side.EDITOR, (Status.SENT, Status.QUESTION), Status.DECLINED),
    Verb.UNPUBLISH: Move(Side.EDITOR, (Status.ACCEPTED,), Status.SENT),
    Verb.REOPEN: Move(Side.EDITOR, (Status.DECLINED,), Status.SENT),
}
# What the proposer may still write in.
EDITABLE = (Status.DRAFT, Status.QUESTION)
# Nothing more is awaited: personal data goes after a delay.
OVER = (Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN)


class NotAllowed(Exception):
    """The proposal is not, or no longer, where this can be done. The message is for people."""


def can(verb: Verb, status: str) -> bool:
    """Whether `verb` can be done to a proposal that stands at `status`."""
    return status in TABLE[verb].start


def next_status(verb: Verb, status: str) -> Status:
    """Raises NotAllowed with a French message."""
    if not can(verb, status):
        said = _("Ce n’est plus possible : la proposition est maintenant « %(status)s ».")
        raise NotAllowed(said % {"status": Status(status).label})
    return TABLE[verb].end
