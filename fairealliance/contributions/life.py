"""The life cycle of a proposal, as one table: who may do what, from which state, to which."""

from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy

from fairealliance.contributions.enums import Side, Status
from fairealliance.lib.lives import Life


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

_LIFE = Life(TABLE, Status, gettext_lazy("Ce n’est plus possible : la proposition est maintenant « %s »."))
can, next_status = _LIFE.can, _LIFE.next_status
