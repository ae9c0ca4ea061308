"""A practice as a card: what lists and panels show of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.practices.partners import spheres_of
from fairealliance.practices.words import years_in_words

_LONGEST_TITLE = 140


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """Parameters of the component `card`."""

    kicker: str
    title: str
    href: str
    summary: str
    spheres: list[str]
    goals: list[int]
    territory: str
    year: str
    source: str
    is_demo: bool
    reasons: list[str]


def cards_of(practices: Iterable[Practice], partner: Organisation | None = None) -> list[PracticeCard]:
    """No query of its own when the practices were read with `for_cards`. `partner`: say its roles."""
    return [_card(practice, partner) for practice in practices]


def _card(practice: Practice, partner: Organisation | None) -> PracticeCard:
    places = [territory.name for territory in practice.territories.all()]
    return PracticeCard(
        kicker=capfirst(practice.get_form_display()) or _("Exemple"),
        title=shorten(calm_title(practice.title, places), _LONGEST_TITLE),
        href=practice.get_absolute_url(),
        summary=practice.summary or practice.challenge,
        spheres=spheres_of(practice),
        goals=practice.goals,
        territory=_first_of(places),
        year=years_in_words(practice),
        source=practice.source.label if practice.source else "",
        is_demo=practice.is_demo,
        reasons=_roles(practice, partner) if partner else [],
    )


def _first_of(places: list[str]) -> str:
    if len(places) <= 1:
        return "".join(places)
    return _("%(place)s et ailleurs") % {"place": places[0]}


def _roles(practice: Practice, partner: Organisation) -> list[str]:
    roles = [
        str(line.get_role_display())
        for line in practice.partners.all()
        if line.organisation_id == partner.pk and line.role
    ]
    return [_("Son rôle : %(roles)s") % {"roles": ", ".join(dict.fromkeys(roles))}] if roles else []
