"""Asking the product itself, as anyone of the cast, and reading its answer as « allowed » or « refused »."""

import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode
from zipfile import ZipFile

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import RequestFactory
from django.urls import resolve, reverse

from fairealliance.accounts import middleware
from fairealliance.config.access.routes import Route
from tests.access.cast import Someone
from tests.access.known import ABSENCE, Known
from tests.access.world import old_stamp

# What any request may write, allowed or not.
_TRACES = re.compile(r"django_session|accounts_ratecount|accounts_shared_cache|usersessions_usersession", re.IGNORECASE)
_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_NOISE = re.compile(
    rb'name="(?:csrfmiddlewaretoken|page|page_key|cle|editing)" value="[^"]*"|nonce-[\w+/=-]+|value="[\w:-]{40,}"'
    rb"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*"
)
# Where whoever may not is led: to sign in, to a second proof, to where the thing stands now.
_LEADS = (re.compile(r"^/connexion/(?:\?|$)"), re.compile(r"^/compte/protection/$"))
_LEADS_OF = {
    "contributions:step": re.compile(r"^/contribuer/cas/[\w-]+/$"),
    "contributions:review": re.compile(r"^/contribuer/cas/[\w-]+/$"),
}
_SAMPLES = {"design:error-sample"}  # pages that show what a refusal looks like
_REFUSED = {401, 403, 404, 405, 409, 410}


@dataclass
class Answer:
    """What came back, and what was written meanwhile."""

    status: int
    place: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    error: str = ""

    def allows(self, route: str) -> bool:
        if route in _SAMPLES:
            return self.status != 405
        leads = (*_LEADS, _LEADS_OF[route]) if route in _LEADS_OF else _LEADS
        return self.status not in _REFUSED and not any(lead.search(self.place) for lead in leads)

    def told(self, *names: object) -> tuple[int, str, bytes]:
        """What can be read of it, whatever the thing is called."""
        place, body = self.place, _NOISE.sub(b"", _unpacked(self.body))
        for name in sorted(map(str, names), key=len, reverse=True):
            place, body = place.replace(name, "·"), body.replace(name.encode(), "·".encode())
        return self.status, place, body


def _unpacked(body: bytes) -> bytes:
    """The sheets of a workbook, without the moment it was made."""
    if not body.startswith(b"PK\x03\x04"):
        return body
    with ZipFile(BytesIO(body)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist() if not name.startswith("docProps"))


class Asking:
    """Each request is undone once it is answered."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.factory = RequestFactory()

    @cached_property
    def handler(self) -> BaseHandler:
        handler = BaseHandler()
        handler.load_middleware()
        return handler

    def address(self, route: Route, words: dict[str, Any]) -> str | None:
        """None when what is at that address is another route, tried before."""
        names = parameters(route)
        if words is ABSENCE and not _can_lack(route, names):
            return None
        filled = {name: self._word(route, name, words) for name in names}
        if route.name == "wagtail_serve":
            address = "/" + words["page"]
        elif route.name == "wagtaildocs_serve":
            address = f"/documents/{words['document']}/{words.get('file', 'x.txt')}"
        elif "." in route.name:  # a view without a name
            address = route.path.replace("^.*/$", "nulle-part/")
        else:
            args = list(_unnamed(route))
            address = reverse(route.name, args=args) if args else reverse(route.name, kwargs=filled)
        found = resolve(address).view_name
        return address + self.known.besides.get(f"{route.name}?", "") if found == route.name else None

    def _word(self, route: Route, name: str, words: dict[str, Any]) -> Any:
        besides = self.known.besides.get(f"{route.name}:{name}")
        if words is ABSENCE and name in ABSENCE:
            return ABSENCE[name]
        if besides is not None:
            return besides
        return words[name] if name in words else _ANY.get(name, lambda route: 1)(route)

    def ask(self, someone: Someone, method: str, address: str, data: dict[str, Any] | None = None) -> Answer:
        sent = urlencode(data or {}, doseq=True)
        kind = "application/x-www-form-urlencoded"
        request = self.factory.generic(method, address, sent if method == "POST" else "", kind)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        if someone.cookie:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = someone.cookie
        writes: list[str] = []
        # Undone, the note that they were seen would be made again by each: PostgreSQL keeps them all until the end.
        unseen = patch.object(middleware, "_EVERY", 10**12)
        with unseen, _undone(), _heard() as errors, connection.execute_wrapper(_listen(writes)):
            response = self.handler.get_response(request)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            for close in response._resource_closers:  # `close()` itself would end the connection
                close()
        return Answer(
            response.status_code, response.get("Location", ""), body, dict(response.items()), writes, "".join(errors)
        )


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _can_lack(route: Route, names: list[str]) -> bool:
    """Whether its address tells one thing from another: that of the only programme does not."""
    return bool(ABSENCE.keys() & set(names)) or route.name in ("wagtail_serve", "wagtaildocs_serve")


def parameters(route: Route) -> list[str]:
    """The names in its address."""
    return [
        name
        for pattern in route.patterns
        for name in (*getattr(pattern, "converters", {}), *getattr(getattr(pattern, "regex", None), "groupindex", {}))
    ]


def _unnamed(route: Route) -> Iterator[str]:
    if not parameters(route) and "(" in route.path:
        yield from ("1", "live", "latest") if "compare" in route.path else ()


def _listen(writes: list[str]) -> Any:
    def hear(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if _WRITES.match(str(sql)) and not _TRACES.search(str(sql)[:200]):
            writes.append(str(sql)[:200])
        return execute(sql, params, many, context)

    return hear


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What broke, in words."""
    errors: list[str] = []

    def hear(**kwargs: Any) -> None:
        errors.append("".join(traceback.format_exception(*sys.exc_info())[-6:]))

    got_request_exception.connect(hear)
    try:
        yield errors
    finally:
        got_request_exception.disconnect(hear)


_EXTENSIONS = {
    "observatory:question-file": "svg",
    "observatory:series-file": "json",
    "lasting:file": "json",
    "observatory:study-file": "csv",
    "observatory:studies-file": "csv",
}
_KINDS = {"staff_imports:template": "pratiques"}
_NAMES = {"staff-guide-picture": "bureau"}
# What stands in addresses and tells no thing from another.
_ANY: dict[str, Any] = {
    "status": lambda route: 404,
    "digest": lambda route: "0" * 12,
    "form": lambda route: "csv",
    "extension": lambda route: _EXTENSIONS.get(route.name, "jpg"),
    "rubric": lambda route: "actualites",
    "section": lambda route: "etudes",
    "kind": lambda route: _KINDS.get(route.name, "forces"),
    "name": lambda route: _NAMES.get(route.name, "inexistant"),
    "level": lambda route: "commune",
    "slug": lambda route: "inexistant",
    "step": lambda route: "quoi",
    "rest": lambda route: "reste",
}


def form(route: Route, someone: Someone, words: dict[str, Any]) -> dict[str, Any]:
    """What is sent: enough for the thing itself to be asked. What is not written right is refused in words (422)."""
    sent: dict[str, Any] = {}
    if "version" in words:
        sent = {"version": words["version"], "text": "Des mots.", "reason": "Un motif.", "page": old_stamp()}
    return sent | _FORMS.get(route.name, {})


_FORMS: dict[str, dict[str, Any]] = {
    "contributions:answer": {"text": "Une réponse."},
    "contributions:step": {"version": "1", "editing": "essai"},
    "staff_organisations:claim-accept": {"role": "member"},
    "staff_organisations:claim-refuse": {"reason": "Un motif."},
    "staff_team:person": {"act": "rien"},
    "staff_resources:decide": {"act": "ignore"},
    "staff_roadmap:draft": {"act": "drop", "lock": "1"},
    "staff_network:refuse": {"reason": "Hors sujet."},
    "staff_network:request": {"act": "terminer", "words": "Une réponse."},
    "my_network:answer": {"words": "Des mots."},
    "sheets:share": {"territoire": "commune:42218", "defi": "des jeunes décrochent"},
}
