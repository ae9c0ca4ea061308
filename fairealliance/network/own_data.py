"""What this room holds of a person: their profile, mediations, what they asked, what they answered."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import Holding, Obstacle, Person, register
from fairealliance.mailing.actions import unquote
from fairealliance.network import actions
from fairealliance.network.alone import hold_all_of
from fairealliance.network.enums import Answer, Standing
from fairealliance.network.models import Catalyst, Invited, Mediator, SupportRequest, Turn


def register_all() -> None:
    register(
        Holding(
            "network",
            gettext_lazy("Votre profil de catalyseur, vos demandes d’appui et vos réponses"),
            export=_export,
            erase=_erase,
            obstacle=_hold,
            erased=gettext_lazy(
                "Votre profil, vos médiations, vos mots dans les demandes, dans les avis qui les citent, dans les"
                " réponses et les bilans."
            ),
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
    written = SupportRequest.objects.filter(ended_by=user).exclude(outcome="")
    found["outcomes"] = list(written.values("commune__name", "outcome", "ended_at"))
    found["invited"] = list(Invited.objects.filter(user=user).values("invited_at"))
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


def _hold(person: Person) -> list[Obstacle]:
    """No obstacle. Rows are held in the order of every act, before any room writes: nobody waits for one who waits."""
    hold_all_of(person.user)
    return []


def _erase(person: Person) -> None:
    """What others wait for goes on without them: the profile hands on what it held, open requests are withdrawn.

    The system acts: the journal may have forgotten the person already.
    """
    asked = SupportRequest.objects.asked_by(person.user)
    for request in asked.open():
        actions.withdraw(by=SYSTEM, request=request)
    for request in asked:
        unquote(start=f"{request.ref}:")
    Turn.objects.filter(request__in=asked).update(reason="")
    wordless = {"challenge": "", "outcome": "", "asked_by": None}
    asked.update(**wordless, start_key=Concat(Value("erased:"), F("pk")))
    SupportRequest.objects.filter(ended_by=person.user).update(outcome="")
    if Catalyst.objects.filter(user=person.user).exists():
        actions.remove(by=SYSTEM, owner=person.user)


def support_card(user: User) -> Card:
    """At /mon-espace/: what waits for a catalyst, and what one asked; else the way to ask. Four queries at most."""
    held = Catalyst.objects.with_workload().filter(user=user).first()
    asked = SupportRequest.objects.asked_by(user).open().count()
    mediates = list(Mediator.objects.filter(user=user).values_list("territory__name", flat=True))
    if held is None and not asked and not mediates:
        text = _("Un catalyseur peut vous aider à trouver avec qui agir, et à vous mettre d’accord.")
        return Card(_("Appuis"), text, reverse("my_network:ask"), _("Demander un appui"))
    waiting = Turn.objects.filter(catalyst=held, answer=Answer.WAITING).count() if held else 0
    lines = [_("Demandes que vous avez faites, en cours : %d") % asked] if asked else []
    if held:
        lines += [_("À répondre : %d") % waiting]
        lines += [
            _("Places prises : %(taken)d sur %(places)d")
            % {"taken": getattr(held, "workload", 0), "places": held.capacity}
        ]
    lines += [_("Médiation de l’État : %s") % ", ".join(mediates)] if mediates else []
    links = [(_("Celles de vos départements"), reverse("my_network:mediated"))] if mediates else []
    text = _("Ce que l’on vous demande, et ce que vous avez demandé.")
    return Card(_("Appuis"), text, reverse("my_network:requests"), _("Voir"), waiting, tuple(lines), tuple(links))


def turns_due(user: User) -> QuerySet[Turn]:
    """Requests for support that await their answer."""
    return Turn.objects.filter(catalyst__user=user, answer=Answer.WAITING)


def catalyst_card(user: User) -> Card:
    """At /mon-espace/: the way to be a catalyst; for who wrote a profile, where it stands. Two queries at most."""
    held, here = Catalyst.objects.filter(user=user).first(), reverse("my_network:profile")
    if held:
        return Card(_("Mon profil de catalyseur"), _standing(held), here, _("Voir mon profil"))
    text = _(
        "Vous aidez des acteurs à travailler ensemble ? Dites ce que vous faites, et où : on vous demandera un appui."
    )
    if Invited.objects.filter(user=user).exists():
        text = _("Le secrétariat vous invite : dites ce que vous faites, et où. Votre profil paraît aussitôt.")
        return Card(_("Devenir catalyseur"), text, here, _("Écrire mon profil"), 1)
    return Card(_("Devenir catalyseur"), text, here, _("Écrire mon profil"))


def _standing(held: Catalyst) -> str:
    if held.standing == Standing.REFUSED:
        return _("Il n’est pas retenu. Revu, il sera examiné de nouveau.")
    if held.consented_at is None:
        return _("Vous avez retiré votre accord : personne ne le voit.")
    if held.standing == Standing.WAITING:
        return _("Le secrétariat l’examine, et vous répond par courriel.")
    return _("Il est au répertoire, avec votre accord.")
