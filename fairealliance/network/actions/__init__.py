"""Every write: profiles and their judging, mediators, requests for support and who takes them."""

from fairealliance.network.actions.answering import accept, decline, end, hand_on, withdraw
from fairealliance.network.actions.asking import ask
from fairealliance.network.actions.inventing import remove_invented
from fairealliance.network.actions.inviting import invite, take_back_invitation
from fairealliance.network.actions.judging import give_mediation, judge, take_back_mediation
from fairealliance.network.actions.profile import Stale, consent, remove, save, withdraw_consent
from fairealliance.network.actions.turns import offer_to, pass_due

__all__ = [
    "Stale",
    "accept",
    "ask",
    "consent",
    "decline",
    "end",
    "give_mediation",
    "hand_on",
    "invite",
    "judge",
    "offer_to",
    "pass_due",
    "remove",
    "remove_invented",
    "save",
    "take_back_invitation",
    "take_back_mediation",
    "withdraw",
    "withdraw_consent",
]
