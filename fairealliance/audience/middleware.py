"""Counts pages once they are answered: in memory only, no query, nothing written."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from fairealliance.audience.buffer import Key, buffer
from fairealliance.audience.searches import missed_by
from fairealliance.audience.visits import visit_of


class AudienceMiddleware:
    """Stands last, so that it sees the page itself and not "304, you have it already"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        visit = visit_of(request, response)
        if visit:
            keys = [Key("page", (visit.rubric, visit.page))]
            if visit.territory:
                keys.append(Key("territory", (visit.rubric, visit.territory)))
            if words := missed_by(request):
                keys.append(Key("missed", (words,)))
            buffer.add(*keys)
        return response
