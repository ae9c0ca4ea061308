"""What no page could sensibly read is refused before any page sees it; a database that is away is told."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.staff.microdata.forms import LARGEST_SENT

logger = logging.getLogger(__name__)
RETRY_SECONDS = "30"
_OF_FORMS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})


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


class LargeNumberMiddleware:
    """A number in an address that no row of any database of ours can bear is that of nothing: 404.

    The API says so by itself, in JSON.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if request.path.startswith("/api/"):
            return
        if any(isinstance(each, int) and each > BigIntegerField.MAX_BIGINT for each in kwargs.values()):
            raise Http404


class ApiAnswersMiddleware:
    """A program that is refused is told so in JSON: a wrong host (400), a wrong method (405).

    HEAD is answered as GET is, less its body: operations are told by GET alone, in the schema too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        try:
            request.get_host()
        except DisallowedHost:
            return JsonResponse({"detail": _("Ce nom de machine n’est pas celui de ce site.")}, status=400)
        if request.method == "HEAD":
            request.method = "GET"
            return _without_body(self._told(request))
        return self._told(request)

    def _told(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or "json" in answer.get("Content-Type", ""):
            return answer
        told = JsonResponse({"detail": _("Cette adresse ne se lit qu’avec : %s.") % answer["Allow"]}, status=405)
        told["Allow"] = answer["Allow"]
        return told


def _without_body(answer: HttpResponse) -> HttpResponse:
    """It still tells how long it would be."""
    answer["Content-Length"] = str(len(answer.content))
    answer.content = b""
    return answer


class MethodsMiddleware:
    """No public page takes what no form sends: 405, before the token that such a request cannot have is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _OF_FORMS or request.path.startswith(("/api/", "/gestion/")):
            return self.get_response(request)
        return HttpResponseNotAllowed(sorted(_OF_FORMS))


LARGEST_BODY = 64 << 20
_DRAINED = 512 << 20
_CHUNK = 1 << 20


class LargeBodyMiddleware:
    """What is too large to be any file we take is refused before it fills a disk: 413, in words.

    Only a survey's answers may be larger, on their own screen, from someone who is signed in.

    It is read to its end and dropped: a browser that is answered while it still sends shows an error of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = str(request.META.get("CONTENT_LENGTH") or "0")
        size = int(told) if told.isascii() and told.isdecimal() and len(told) < 20 else 0
        if size <= LARGEST_BODY or (size <= LARGEST_SENT and self._sends_answers(request)):
            return self.get_response(request)
        left = min(size, _DRAINED)
        while left > 0 and (chunk := request.read(min(left, _CHUNK))):
            left -= len(chunk)
        return render(request, "413.html", status=413)

    def _sends_answers(self, request: HttpRequest) -> bool:
        """Looked up before the session's own middleware: the body is read by then."""
        if request.path != reverse("staff_microdata:upload"):
            return False
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        return bool(key) and SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(key)


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
