"""Things like the one being read: same themes, same goals, same places."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairealliance.design.panels import Panel
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.organisations.models import Organisation
from fairealliance.practices.models import Practice
from fairealliance.resources.models import Resource
from fairealliance.search import engine
from fairealliance.search.explore.criteria import Criteria
from fairealliance.search.explore.page import card_html, card_of
from fairealliance.search.query import Hit, Query, State
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

SHOWN = 4
_LOOKED_AT = 12
_MOST_TERRITORIES = 20
_WEIGHTS = {"theme": 3.0, "goal": 1.0, "scope": 1.5}
# To be in the same country brings nothing together.
_LOCAL = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is being read, as search sees it."""

    ref: str
    goals: tuple[int, ...]
    themes: tuple[str, ...]
    scopes: dict[str, str]


def of_practice(request: HttpRequest, practice: Practice) -> Panel | None:
    """Like cases. One query to the database, for the places."""
    subject = _subject(f"practice:{practice.pk}", practice, practice.territories.order_by("pk"))
    return _panel(subject, "practice", _("Des exemples qui ressemblent"), "exemples-semblables")


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """Others who work on the same things."""
    places = organisation.territories.order_by("pk")
    subject = _subject(f"organisation:{organisation.pk}", organisation, places)
    return _panel(subject, "organisation", _("Elles agissent sur les mêmes sujets"), "organisations-semblables")


def of_resource(request: HttpRequest, resource: Resource) -> Panel | None:
    """Other resources on the same things."""
    subject = _subject(f"resource:{resource.pk}", resource, resource.territories.order_by("pk"))
    return _panel(subject, "resource", _("Dans le même esprit"), "ressources-semblables")


def _subject(ref: str, item: Practice | Organisation | Resource, places: QuerySet[Territory]) -> _Subject:
    names = {place.ref: place.name for place in places[:_MOST_TERRITORIES] if place.level in _LOCAL}
    goals = tuple(goal for goal in item.goals if goal in GOALS)
    themes = tuple(theme for theme in item.themes if theme in THEMES)
    return _Subject(ref, goals, themes, names)


def _panel(subject: _Subject, kind: str, title: str, anchor: str) -> Panel | None:
    """None when nothing is shared with anything, or when search cannot answer."""
    boosts = [("theme", theme, _WEIGHTS["theme"]) for theme in subject.themes]
    boosts += [("goal", str(goal), _WEIGHTS["goal"]) for goal in subject.goals]
    boosts += [("scope", ref, _WEIGHTS["scope"]) for ref in subject.scopes]
    if not boosts:
        return None
    found = engine.find(
        Query(
            kinds=(kind,),
            # Themes narrow when there are some: goals alone are too wide to look alike.
            themes=subject.themes,
            goals=() if subject.themes else subject.goals,
            boosts=tuple(boosts),
            size=_LOOKED_AT,
            with_facets=False,
        )
    )
    if found.state != State.READY:
        return None
    cards = [card for hit in found.hits if (card := _card(subject, hit))][:SHOWN]
    criteria = Criteria(chosen={"kind": (kind,), **_same(subject)})
    context = {
        "title": title,
        "anchor": anchor,
        "cards": cards,
        "address": reverse("search:explore") + criteria.address(),
    }
    return Panel("search/panels/alike.html", context) if cards else None


def _same(subject: _Subject) -> dict[str, tuple[str, ...]]:
    if subject.themes:
        return {"theme": subject.themes}
    return {"goal": tuple(str(goal) for goal in subject.goals)}


def _card(subject: _Subject, hit: Hit) -> SafeString | None:
    """With what it shares; None for the thing itself, or when it shares nothing."""
    reasons = _shared(subject, hit)
    if not reasons or hit.ref == subject.ref:
        return None
    return card_html(card_of(hit, reasons=tuple(reasons)))


def _shared(subject: _Subject, hit: Hit) -> list[str]:
    said = []
    if themes := [THEMES[theme].name for theme in subject.themes if theme in hit.themes]:
        said.append(_("Même sujet : %s") % ", ".join(themes[:2]))
    elif goals := [GOALS[goal].short for goal in subject.goals if goal in hit.goals]:
        said.append(_("Même objectif : %s") % ", ".join(goals[:2]))
    if places := [name for ref, name in subject.scopes.items() if ref in hit.scopes]:
        said.append(_("Même territoire : %s") % places[0])
    return said
