"""The list of a rubric: articles of editors and what the base holds, asked of our search engine."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import counted
from fairealliance.pages.enums import RubricSlug
from fairealliance.pages.rubrics import scope
from fairealliance.search import engine
from fairealliance.search.explore.criteria import PAGE_SIZE, Asked, Criteria, read
from fairealliance.search.explore.facets import WHOLE, facets_of, removables
from fairealliance.search.explore.labels import SORTS, gazetteer
from fairealliance.search.explore.page import Choice, card_html, card_of, pages_of
from fairealliance.search.query import MAX_DEPTH, Hit, Query, Results, State

FACETS = ("kind", "goal", "region", "departement", "year")
_OFFERED = ("date", "titre")
FEED_ENTRIES = 50


def question(rubric: RubricSlug, criteria: Criteria) -> Query:
    """What to ask of the index. News are in the order they came; the rest by the year of the thing."""
    asked = replace(criteria.query(), scopes=(scope(rubric),), near=None)
    if criteria.order == "date" and rubric == RubricSlug.NEWS:
        return replace(asked, sort="added")
    return asked


def latest(rubric: RubricSlug, size: int = FEED_ENTRIES) -> Results:
    """What came last, for feeds and the home page."""
    asked = Query(scopes=(scope(rubric),), sort="added", size=size, with_facets=False, with_snippets=False)
    return engine.find(replace(asked, with_total=False))


def context(request: HttpRequest, rubric: RubricSlug, path: str) -> dict[str, Any]:
    """All that the page shows under its introduction. No query of its own but the names of places, kept in memory."""
    names = gazetteer()
    asked = _asked(request)
    results, status = _answer(rubric, asked)
    criteria = asked.criteria
    counts = {facet: counted for facet, counted in results.facets.items() if facet in FACETS}
    facets = facets_of(criteria, counts, names, request.GET.get(WHOLE, ""))
    return {
        "status": status,
        "errors": list(asked.errors.values()),
        "ready": results.state == State.READY,
        "total": results.total,
        "total_words": _total_words(results.total),
        "facets": [
            each for each in facets if each.name in FACETS and (len(each.options) > 1 or criteria.values(each.name))
        ],
        "chips": removables(criteria, names, path, ""),
        "cards": [_card(hit) for hit in results.hits],
        "page_number": criteria.page,
        "pages": pages_of(results.total),
        "beyond": results.total > MAX_DEPTH,
        "criteria_address": criteria.address().removeprefix("?"),
        "sorts": [
            Choice("" if sort == "date" else sort, str(SORTS[sort]), sort == criteria.order) for sort in _OFFERED
        ],
        "path": path,
        "text": asked.text,
        "is_filtered": bool(criteria.pairs()),
    }


def _asked(request: HttpRequest) -> Asked:
    asked = read(request.GET, gazetteer())
    chosen = {facet: values for facet, values in asked.criteria.chosen.items() if facet in FACETS}
    asked.criteria = replace(asked.criteria, place=None, chosen=chosen)
    for unused in ("pres", "km", *(set(asked.criteria.chosen) - set(FACETS))):
        asked.errors.pop(unused, None)
    return asked


def _answer(rubric: RubricSlug, asked: Asked) -> tuple[Results, int]:
    if asked.errors:
        return Results(), 400
    if asked.criteria.page * PAGE_SIZE > MAX_DEPTH:
        return Results(), 404
    results = engine.find(question(rubric, asked.criteria))
    if results.state != State.READY:
        return results, 503
    return results, 404 if asked.criteria.page > pages_of(results.total) else 200


def _card(hit: Hit) -> str:
    return card_html(card_of(hit))


def _total_words(total: int) -> str:
    return counted(total, _("élément"), _("éléments"))
