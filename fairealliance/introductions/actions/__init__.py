"""Asking, answering, writing, and what the worker does when nobody answers."""

from fairealliance.introductions.actions.accompanying import accompany, end_support
from fairealliance.introductions.actions.advancing import advance
from fairealliance.introductions.actions.asking import ask, propose
from fairealliance.introductions.actions.following import answer, ask_due
from fairealliance.introductions.actions.leading import accept, begin, decline, end, withdraw
from fairealliance.introductions.actions.writing import write

__all__ = [
    "accept",
    "accompany",
    "advance",
    "answer",
    "ask",
    "ask_due",
    "begin",
    "decline",
    "end",
    "end_support",
    "propose",
    "withdraw",
    "write",
]
