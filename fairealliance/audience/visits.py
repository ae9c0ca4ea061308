"""What of a request is counted: the page, its rubric, the territory it is about. Nothing of who asked.

The address of the reader, what their browser says of itself, cookies and the page they come from are read nowhere
here but to decide not to count, and never leave this module.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from fairealliance.audience.rubrics import may_name_territory, rubric_of

_ROBOTS = Path(__file__).parent / "data" / "robots.txt"
_TERRITORY = re.compile(r"[a-z-]{4,30}:[0-9A-Za-z]{1,12}\Z")
_LONGEST = 300
_KEPT_FOR_SOME = "audience_kept_for_some"
_HIDDEN = "…"  # stands for the part of an address that opens something to whoever knows it


class Visit(NamedTuple):
    """A page that someone opened."""

    page: str
    rubric: str
    territory: str = ""


def visit_of(request: HttpRequest, response: HttpResponseBase) -> Visit | None:
    """The visit to count, or None: not a page, a robot, someone who asks not to be followed, one of us."""
    if not _is_page(request, response) or not _may_count(request):
        return None
    path = page_of(request)
    rubric = rubric_of(path)
    return None if rubric is None else Visit(path[:_LONGEST], rubric, _territory(request))


def leave_out(request: HttpRequest) -> None:
    """Have this visit not counted: the very address of the page is not for everybody."""
    setattr(request, _KEPT_FOR_SOME, True)


def _is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A whole page that was found: not a file, not a part of a page, not an error."""
    whole = request.method == "GET" and "HX-Request" not in request.headers
    return whole and response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")


def _may_count(request: HttpRequest) -> bool:
    headers = request.headers
    if getattr(request, _KEPT_FOR_SOME, False):
        return False
    if headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1":
        return False
    # A browser that reads ahead: perhaps nobody will look.
    if "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", "")).lower():
        return False
    return not is_robot(headers.get("User-Agent", "")) and not _is_one_of_us(request)


def is_robot(agent: str) -> bool:
    """Whether what a program says of itself is that of a robot. Silence is."""
    said = agent.lower()
    return not said.strip() or any(word in said for word in robot_words())


@cache
def robot_words() -> tuple[str, ...]:
    lines = (line.strip() for line in _ROBOTS.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _is_one_of_us(request: HttpRequest) -> bool:
    """Someone signed in. A session is looked at only when there is one: it costs a query."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and "_auth_user_id" in request.session


def page_of(request: HttpRequest) -> str:
    """The address, without what follows `?`; a token in it is left out."""
    path, match = request.path, request.resolver_match
    for name, value in (match.kwargs if match else {}).items():
        if "token" in name and isinstance(value, str) and value:
            path = path.replace(value, _HIDDEN)
    return path


def _territory(request: HttpRequest) -> str:
    match = request.resolver_match
    kwargs = match.kwargs if match else {}
    if "level" in kwargs and "code" in kwargs:
        ref = f"{kwargs['level']}:{kwargs['code']}"
    elif may_name_territory(request.path):
        ref = request.GET.get("territoire", "")
    else:
        return ""
    return ref if _TERRITORY.match(ref) else ""
