"""What was done of an introduction, as its page tells it: from the journal, which is the truth."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from fairealliance.introductions.models import Introduction
from fairealliance.journal.models import Entry

_WORDS = {
    "asked": _("Demandée"),
    "accepted": _("Oui d’une organisation"),
    "declined": _("Déclinée"),
    "withdrawn": _("Retirée"),
    "begun": _("Alliance commencée"),
    "ended": _("Terminée"),
    "closed": _("Close, faute de réponse"),
    "reminded": _("Rappel envoyé"),
    "warned": _("Un tiers a été prévenu"),
    "parted": _("Close : les fiches ont changé"),
}


class Act(NamedTuple):
    at: datetime
    words: str


def of(introduction: Introduction) -> list[Act]:
    """In their order; messages are read in the thread. One query."""
    verbs = [f"introduction-{verb}" for verb in _WORDS]
    told = Entry.objects.filter(subject=introduction.ref, verb__in=verbs).order_by("sequence")
    return [Act(at, str(_WORDS[verb.removeprefix("introduction-")])) for at, verb in told.values_list("at", "verb")]
