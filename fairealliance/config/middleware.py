"""What no page could sensibly read is refused before any page sees it; a database that is away is told."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
RETRY_SECONDS = "30"


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


class AwayMiddleware:
    """The database stopped, is out of reach or too busy: 503, for nothing in the page is broken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer: %s", " ".join(str(error).split()))
        answer: HttpResponse
        if request.path.startswith("/api/"):
            answer = JsonResponse({"detail": _("Le site est en travaux : revenez dans quelques minutes.")}, status=503)
        else:
            answer = render(request, "503.html", status=503)
        answer["Retry-After"] = RETRY_SECONDS
        return answer
