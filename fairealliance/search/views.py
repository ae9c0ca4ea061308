"""The explorer's page: one search over everything public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from fairealliance.audience.searches import found_nothing
from fairealliance.search import engine
from fairealliance.search.explore import page
from fairealliance.search.explore.criteria import PAGE_SIZE, Asked, read
from fairealliance.search.explore.facets import WHOLE
from fairealliance.search.explore.labels import gazetteer
from fairealliance.search.query import MAX_DEPTH, Results, State

RETRY_SECONDS = 30


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Results, facets, map. 400 for what cannot be read, 404 beyond the last page, 503 without an index."""
    names = gazetteer()
    asked = read(request.GET, names)
    results, status = _answer(asked)
    template = "search/parts/exploration.html" if _is_partial(request) else "search/explore.html"
    response = render(request, template, page.context(asked, results, names, request.GET.get(WHOLE, "")), status=status)
    patch_vary_headers(response, ["HX-Request"])
    if asked.criteria.pairs():
        response["X-Robots-Tag"] = "noindex"
    if status == 200 and not asked.errors and not results.total and not any(asked.criteria.chosen.values()):
        found_nothing(request, asked.text)
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _answer(asked: Asked) -> tuple[Results, int]:
    if asked.errors:
        # Several places of one name is a question to the user, not a mistake of theirs.
        return Results(), 200 if asked.candidates and set(asked.errors) == {"pres"} else 400
    if asked.criteria.page * PAGE_SIZE > MAX_DEPTH:
        return Results(), 404
    results = engine.find(asked.criteria.query())
    if results.state != State.READY:
        return results, 503
    return results, 404 if asked.criteria.page > page.pages_of(results.total) else 200


def _is_partial(request: HttpRequest) -> bool:
    """htmx asks for the part that changes, but for the whole page when it goes back in history."""
    asked_by: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by the middleware
    return bool(asked_by) and not asked_by.history_restore_request
