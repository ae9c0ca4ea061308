"""Every write to contributions: keyword-only, atomic, journalled; what the desk does is permission-checked."""

from fairealliance.contributions.actions.attachments import attach, describe, detach, may_attach
from fairealliance.contributions.actions.corrections import accept as accept_correction
from fairealliance.contributions.actions.corrections import refuse as refuse_correction
from fairealliance.contributions.actions.corrections import suggest
from fairealliance.contributions.actions.desk import accept, ask, decline, edit, reopen, say, trust, unpublish
from fairealliance.contributions.actions.forgetting import forget
from fairealliance.contributions.actions.proposing import (
    Conflict,
    answer,
    begin,
    mail_link,
    save_step,
    send,
    withdraw,
)
from fairealliance.contributions.actions.shared import Stale

__all__ = [
    "Conflict",
    "Stale",
    "accept",
    "accept_correction",
    "answer",
    "ask",
    "attach",
    "begin",
    "decline",
    "describe",
    "detach",
    "edit",
    "forget",
    "mail_link",
    "may_attach",
    "refuse_correction",
    "reopen",
    "save_step",
    "say",
    "send",
    "suggest",
    "trust",
    "unpublish",
    "withdraw",
]
