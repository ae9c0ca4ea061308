"""A profile in words, for its page: what is told, and what is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from fairealliance.organisations.enums import AllianceKind, Exchange, FinancialResource, HumanWealth, Sphere
from fairealliance.organisations.models import Organisation, Profile


@dataclass(frozen=True, slots=True)
class Told:
    """A heading, what was chosen, and the words that go with it."""

    title: str
    choices: list[str]
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.choices or self.words)


def profile_of(organisation: Organisation) -> Profile | None:
    """No query when the organisation was read `with_profile`."""
    found: Profile | None = getattr(organisation, "profile", None)
    return found


def exchanges(profile: Profile) -> list[Told]:
    return [
        Told(_("Elle cherche"), labels(Exchange, profile.seeks), profile.seeks_words),
        Told(_("Elle apporte"), labels(Exchange, profile.brings), profile.brings_words),
        Told(_("Ses compétences"), [str(each) for each in profile.skills]),
        Told(_("Avec qui elle souhaite s’allier"), labels(Sphere, profile.welcomes)),
    ]


def capacity(profile: Profile) -> Told:
    """For its own people: how many introductions it follows at once."""
    most = profile.capacity
    said = _("%d au plus") % most if most else _("aucune pour l’instant")
    return Told(_("Mises en relation à la fois"), [_("pas de limite") if most is None else said])


def pillars(profile: Profile) -> list[Told]:
    """The three pillars of its socio-economic model."""
    return [
        Told(_("Richesses humaines"), labels(HumanWealth, profile.human), profile.human_words),
        Told(_("Ressources financières"), labels(FinancialResource, profile.financial), profile.financial_words),
        Told(_("Alliances"), labels(AllianceKind, profile.alliances), profile.alliances_words),
    ]


def labels(choices: type[models.TextChoices], values: Iterable[Any]) -> list[str]:
    """In the order of the choices; what is no longer one is left out."""
    held = set(values)
    return [str(choice.label) for choice in choices if choice.value in held]
