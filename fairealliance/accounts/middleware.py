"""When each session was last seen: written every ten minutes at most."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

_EVERY = 600
_KEY = "seen"


class SeenMiddleware:
    """A visitor without a session costs nothing: their session is not even opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _note(request)
        return response


def _note(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(_KEY, 0) < _EVERY:
        return
    request.session[_KEY] = now
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
