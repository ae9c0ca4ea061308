"""What was done of an introduction, as its page tells it: from the journal, which is the truth."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.introductions.enums import Side
from fairealliance.introductions.models import Introduction
from fairealliance.journal.models import Entry

_WORDS = {
    "asked": gettext_lazy("Demandée"),
    "accepted": gettext_lazy("%(organisation)s dit oui"),
    "declined": gettext_lazy("Déclinée"),
    "withdrawn": gettext_lazy("Retirée"),
    "begun": gettext_lazy("Alliance commencée"),
    "ended": gettext_lazy("Terminée"),
    "closed": gettext_lazy("Close, faute de réponse"),
    "reminded": gettext_lazy("Rappel envoyé"),
    "warned": gettext_lazy("Un tiers a été prévenu"),
    "accompanied": gettext_lazy("Un tiers accompagne l’échange"),
    "left-alone": gettext_lazy("L’accompagnement prend fin"),
    "parted": gettext_lazy("Close : les fiches ont changé"),
}


class Act(NamedTuple):
    """`side`: whose yes it is; empty for anything else. `user_id`, `name`: of whoever did it, while they are known."""

    at: datetime
    verb: str
    side: str
    user_id: int | None
    name: str


def of(introduction: Introduction) -> list[Act]:
    """In their order; messages are read in the thread. One query."""
    verbs = [f"introduction-{verb}" for verb in _WORDS]
    told = Entry.objects.filter(subject=introduction.ref, verb__in=verbs).order_by("sequence")
    sides = iter(_sides_that_said_yes(introduction))
    found = []
    for at, verb, user_id, name in told.values_list("at", "verb", "author__user_id", "author__user__name"):
        said = verb.removeprefix("introduction-")
        side = next(sides, "") if said == "accepted" else ""
        found.append(Act(at, said, side, user_id, name or ""))
    return found


def words_of(act: Act, introduction: Introduction, may_name: bool) -> str:
    """`may_name`: whether whoever reads may know who said yes."""
    if not act.side:
        return str(_WORDS[act.verb])
    told = _WORDS[act.verb] % {"organisation": introduction.name_of(act.side)}
    return _("%(told)s, par %(name)s") % {"told": told, "name": act.name} if act.name and may_name else told


def _sides_that_said_yes(introduction: Introduction) -> list[str]:
    """In the order they did: the journal says when, these say which. Whoever asks for itself says yes by asking."""
    said = {Side.ASKED: introduction.asked_accepted_at}
    if introduction.is_by_catalyst:
        said[Side.ASKER] = introduction.asker_accepted_at
    return [side for at, side in sorted((at, side.value) for side, at in said.items() if at)]
