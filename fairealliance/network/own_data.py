"""What this room holds of a person: their profile, mediations, what they asked, what they answered."""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.network import actions
from fairealliance.network.enums import Answer, Status
from fairealliance.network.models import Catalyst, Mediator, SupportRequest, Turn


def register_all() -> None:
    register(
        Holding(
            "network",
            gettext_lazy("Votre profil de catalyseur, vos demandes d’appui et vos réponses"),
            export=_export,
            erase=_erase,
            erased=gettext_lazy("Votre profil, vos médiations, les mots de vos demandes et de vos réponses."),
            kept=gettext_lazy("Que quelqu’un a demandé un appui dans une commune, tel jour : sans nom ni mots."),
        )
    )


def _export(person: Person) -> dict[str, Any]:
    user = person.user
    asked = ("commune__name", "organisation__name", "challenge", "trade", "sector", "status", "asked_at", "outcome")
    answered = ("request__commune__name", "answer", "reason", "offered_at", "answered_at")
    found = {
        "profile": _profile(user),
        "mediations": list(Mediator.objects.filter(user=user).values("territory__name", "given_at")),
        "requests": list(SupportRequest.objects.asked_by(user).values(*asked)),
        "answers": list(Turn.objects.filter(catalyst__user=user).values(*answered)),
    }
    return {name: held for name, held in found.items() if held}


def _profile(user: User) -> dict[str, Any]:
    held = Catalyst.objects.filter(user=user).select_related("organisation").first()
    if held is None:
        return {}
    names = ("name", "presentation", "skills", "trades", "sectors", "capacity", "absent_from", "absent_until")
    dates = ("standing", "reason", "proposed_at", "consented_at", "withdrawn_at")
    told = {name: getattr(held, name) for name in (*names, *dates)}
    told["organisation"] = held.organisation.name if held.organisation else ""
    return {**told, "territories": list(held.territories.values_list("name", flat=True))}


def _erase(person: Person) -> None:
    """What others wait for goes on without them: the profile hands on what it held, open requests are withdrawn.

    The system acts: the journal may have forgotten the person already.
    """
    asked = SupportRequest.objects.asked_by(person.user)
    for request in asked.open():
        actions.withdraw(by=SYSTEM, request=request)
    Turn.objects.filter(request__in=asked).update(reason="")
    wordless = {"challenge": "", "outcome": "", "asked_by": None}
    asked.update(**wordless, start_key=Concat(Value("erased:"), F("pk")))
    if Catalyst.objects.filter(user=person.user).exists():
        actions.remove(by=SYSTEM, owner=person.user)


def support_card(user: User) -> Card | None:
    """At /mon-espace/: what waits for a catalyst, and what one asked. Four queries at most."""
    held = Catalyst.objects.filter(user=user).first()
    asked = SupportRequest.objects.asked_by(user).open().count()
    mediates = list(Mediator.objects.filter(user=user).values_list("territory__name", flat=True))
    if held is None and not asked and not mediates:
        return None
    waiting = Turn.objects.filter(catalyst=held, answer=Answer.WAITING).count() if held else 0
    lines = [_("Demandes que vous avez faites, en cours : %d") % asked] if asked else []
    if held:
        carried = SupportRequest.objects.filter(catalyst=held, status=Status.ACCEPTED).count()
        lines += [_("À répondre : %d") % waiting]
        lines += [_("Places prises : %(taken)d sur %(places)d") % {"taken": carried, "places": held.capacity}]
    lines += [_("Médiation de l’État : %s") % ", ".join(mediates)] if mediates else []
    text = _("Ce que l’on vous demande, et ce que vous avez demandé.")
    return Card(_("Appuis"), text, reverse("my_network:requests"), _("Voir"), waiting, tuple(lines))
