"""Everything the explorer's page shows, from what was asked and what was found."""

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.french_numbers import format_number
from fairealliance.search.explore.criteria import LONGEST_TEXT, PAGE_SIZE, Asked, Criteria
from fairealliance.search.explore.facets import facets_of, removables
from fairealliance.search.explore.labels import SORTS, Gazetteer
from fairealliance.search.explore.places import CHOICES_KM, NEAR_KM, Place
from fairealliance.search.maps import results_map
from fairealliance.search.query import MAX_DEPTH, Hit, Results, State


@dataclass(frozen=True, slots=True)
class Card:
    """Parameters of the component `card`."""

    ref: str
    kind: str
    kicker: str
    title: str
    href: str
    summary: str
    snippet: SafeString
    spheres: tuple[str, ...]
    goals: tuple[int, ...]
    territory: str
    when: str
    source: str
    is_demo: bool
    reasons: tuple[str, ...]


def card_html(card: Card, level: int = 3) -> SafeString:
    """The card drawn. The same ones come back on many pages: they are kept, except while developing."""
    return _draw(card, level) if settings.DEBUG else _drawn(card, level)


def _draw(card: Card, level: int) -> SafeString:
    parameters = {name: getattr(card, name) for name in _PARAMETERS}
    return render_to_string("design/components/card/card.html", {**parameters, "level": level})


_PARAMETERS = tuple(field.name for field in fields(Card))
_drawn = lru_cache(maxsize=4_000)(_draw)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list to choose from."""

    value: str
    label: str
    selected: bool


def pages_of(total: int) -> int:
    """How many pages there are to turn; beyond `MAX_DEPTH` hits one narrows instead."""
    return max(1, -(-min(total, MAX_DEPTH) // PAGE_SIZE))


def context(asked: Asked, results: Results, names: Gazetteer, whole: str = "") -> dict[str, Any]:
    """The template's context. No query of its own but for the map's background, kept in memory."""
    criteria, path = asked.criteria, reverse("search:explore")
    place_words = _place_words(criteria.place)
    drawn = results_map(results.hits, criteria.place, names.cities)
    places = drawn.places if drawn else {}
    return {
        "asked": asked,
        "criteria": criteria,
        "longest": LONGEST_TEXT,
        "ready": results.state == State.READY,
        "total": results.total,
        "total_words": _total_words(results.total),
        "corrected": results.corrected,
        "facets": facets_of(criteria, results.facets, names, whole),
        "chips": removables(criteria, names, path, place_words),
        "cards": [card_html(card_of(hit, places.get(hit.ref, ""))) for hit in results.hits],
        "map": drawn,
        "page": criteria.page,
        "pages": pages_of(results.total),
        "beyond": results.total > MAX_DEPTH,
        "query": criteria.address().removeprefix("?"),
        "feed": reverse("search:feed") + criteria.address(),
        "clear": path + Criteria(text=criteria.text).address(),
        "kms": _kms(criteria.place, asked.km),
        "sorts": _sorts(criteria),
        "ways_out": _ways_out(criteria, path),
    }


def card_of(hit: Hit, place: str = "", reasons: tuple[str, ...] = ()) -> Card:
    """A hit as a card; `place` ties it to a point of the map."""
    said = list(reasons)
    if hit.distance_km is not None:
        said.append(_distance_words(hit.distance_km))
    return Card(
        ref=place,
        kind=hit.kind,
        kicker=hit.label[:1].upper() + hit.label[1:],
        title=hit.title,
        href=hit.url,
        summary=hit.summary,
        snippet=highlighted(hit.snippet),
        spheres=hit.spheres,
        goals=hit.goals,
        territory=hit.territory,
        when=hit.day or (str(hit.year) if hit.year else ""),
        source=hit.source,
        is_demo=hit.is_demo,
        reasons=tuple(said),
    )


def highlighted(snippet: tuple[tuple[str, bool], ...]) -> SafeString:
    """Pieces of text, each escaped; those that matched are marked."""
    if not any(matched for _text, matched in snippet):
        return SafeString("")
    return format_html_join("", "{}{}{}", ((_MARK[matched][0], text, _MARK[matched][1]) for text, matched in snippet))


_MARK = {True: (SafeString("<mark>"), SafeString("</mark>")), False: (SafeString(""), SafeString(""))}


def _distance_words(km: float) -> str:
    if km < 1:
        return _("Sur place")
    return _("À %s km à vol d’oiseau") % format_number(km)


def _place_words(place: Place | None) -> str:
    if place is None:
        return ""
    if not place.km:
        return _("Dans : %s") % place.name
    return _("À %(km)s km au plus : %(name)s") % {"km": format_number(place.km), "name": place.name}


def _total_words(total: int) -> str:
    return ngettext("%(n)s résultat", "%(n)s résultats", total) % {"n": format_number(total)}


def _kms(place: Place | None, asked: float | None) -> list[Choice]:
    """How far from the place; the usual distance while there is no place, inside only where a point says nothing."""
    current = int(place.km) if place else asked
    inside = [Choice("0", _("dans ses limites"), current == 0)] if place is None or place.ref else []
    if place is not None and not place.is_point:
        return inside
    listed = sorted({*CHOICES_KM, int(current or NEAR_KM)})
    if current is None:
        # Not chosen yet, so not said: inside an EPCI, 30 km around a commune.
        return inside + [Choice("" if km == NEAR_KM else str(km), _("%d km") % km, km == NEAR_KM) for km in listed]
    return inside + [Choice(str(km), _("%d km") % km, km == current) for km in listed]


def _sorts(criteria: Criteria) -> list[Choice]:
    """Distance is offered once there is somewhere to be close to."""
    order = criteria.order
    usable = [
        sort
        for sort in SORTS
        if (sort != "distance" or (criteria.place and criteria.place.is_point))
        and (sort != "pertinence" or criteria.text)
    ]
    # The usual order goes without saying: it stays out of addresses.
    usual = replace(criteria, sort="").order
    return [Choice("" if sort == usual else sort, str(SORTS[sort]), sort == order) for sort in usable]


def _ways_out(criteria: Criteria, path: str) -> list[tuple[str, str]]:
    """What to try when nothing was found: (words, address), the smallest change first."""
    ways = []
    if criteria.place and criteria.place.is_point and criteria.place.km < 200:
        km = max(50, int(criteria.place.km * 2))
        pairs = [pair for pair in criteria.pairs() if pair[0] != "km"] + [("km", str(km))]
        ways.append((_("Chercher à %d km au plus") % km, _address(path, pairs)))
    if criteria.place:
        ways.append((_("Chercher dans toute la France"), path + criteria.without("pres", "").address()))
    if any(criteria.chosen.values()) and criteria.text:
        ways.append((_("Garder les mots, enlever tous les filtres"), path + Criteria(text=criteria.text).address()))
    if criteria.text:
        ways.append((_("Partir de votre défi et de votre commune"), _address("/agir/", [("defi", criteria.text)])))
    ways.append((_("Tout voir"), path))
    return ways


def _address(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}"
