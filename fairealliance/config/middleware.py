"""What no page could sensibly read is refused before any page sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class BadInputMiddleware:
    """A NUL byte in an address or a query is refused with 400: PostgreSQL cannot hold it, and nobody types it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any("\x00" in value for values in request.GET.lists() for value in values[1]):
            if request.path.startswith("/api/"):
                return JsonResponse({"detail": _("Un caractère nul n’a pas de sens ici.")}, status=400)
            return render(request, "400.html", status=400)
        return self.get_response(request)
