"""What resembles a need or an offer: while it is written, and on its page."""

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairealliance.design.panels import Panel
from fairealliance.lib.text_fr import shorten
from fairealliance.needs.enums import Side
from fairealliance.needs.models import Need
from fairealliance.organisations.enums import Exchange
from fairealliance.search import engine
from fairealliance.search.explore.page import card_html, card_of
from fairealliance.search.query import Query, State
from fairealliance.search.sources.common import label_of

SHOWN = 3
_LONGEST = 300
_GOAL, _PLACE = 1.0, 1.5
_TEMPLATE = "search/panels/needs.html"


def of_writing(request: HttpRequest, need: Need) -> Panel | None:
    """Who already seeks or offers the like, and cases where it was done. No query; None before anything is typed."""
    typed = need.content
    text = shorten(f"{typed.get('title', '')} {typed.get('challenge', '')}", _LONGEST)
    if not text:
        return None
    goals = tuple(int(each) for each in typed.get("goals", []) if str(each).isdecimal())
    answer = _("On répond peut-être déjà") if need.is_need else _("On le cherche peut-être déjà")
    groups = [
        (answer, _cards(need, text, (_other(need),), goals)),
        (_("D’autres l’ont écrit"), _cards(need, text, (need.side,), goals)),
        (_("Des exemples proches"), _cards(need, text, ("practice",), goals)),
    ]
    return _panel(groups)


def of_need(request: HttpRequest, need: Need) -> Panel | None:
    """On its page: what may answer it, then cases."""
    text = shorten(f"{need.title} {label_of(Exchange, need.exchange)}", _LONGEST)
    scopes = tuple(place.ref for place in need.territories.order_by("pk"))
    answer = (
        _("Des offres qui y répondent peut-être") if need.is_need else _("Des besoins auxquels elle répond peut-être")
    )
    goals = tuple(need.goals)
    groups = [
        (answer, _cards(need, text, (_other(need),), goals, scopes)),
        (_("Des exemples proches"), _cards(need, shorten(need.challenge, _LONGEST), ("practice",), goals, scopes)),
    ]
    return _panel(groups)


def _other(need: Need) -> str:
    return str(Side.OFFER if need.is_need else Side.NEED)


def _cards(
    need: Need, text: str, kinds: tuple[str, ...], goals: tuple[int, ...], scopes: tuple[str, ...] = ()
) -> list[SafeString]:
    boosts = [("goal", str(goal), _GOAL) for goal in goals] + [("scope", ref, _PLACE) for ref in scopes]
    found = engine.find(
        Query(text=text, kinds=kinds, boosts=tuple(boosts), size=SHOWN + 1, with_facets=False, any_word=True)
    )
    if found.state != State.READY:
        return []
    return [card_html(card_of(hit)) for hit in found.hits if hit.ref != need.ref][:SHOWN]


def _panel(groups: list[tuple[str, list[SafeString]]]) -> Panel | None:
    told = [group for group in groups if group[1]]
    return Panel(_TEMPLATE, {"groups": told}) if told else None
