"""Every request passes by the table before any page: a route without a row is nowhere, a method without a rule 405."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from fairealliance.accounts.models import User
from fairealliance.config.access.roles import Role, may_hold
from fairealliance.config.access.rows import TABLE
from fairealliance.config.access.table import NOWHERE, Row

logger = logging.getLogger(__name__)


class AccessMiddleware:
    """The part of the table that needs no object. Before the check of forms' tokens: who may not send is told that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        row = TABLE.row(name)
        if row is None:
            logger.error("The route %s has no row in config/access/rows.py: refused.", name)
            raise Http404
        if row.judge == NOWHERE:
            return None
        return refusal(request, row)


def refusal(request: HttpRequest, row: Row) -> HttpResponseBase | None:
    """None when the page may be asked. Who could enter by signing in, or by a second proof, is led there."""
    if not row.methods:
        raise Http404
    method = request.method or ""
    if method not in row.methods:
        return HttpResponseNotAllowed(sorted(row.methods))
    roles = row.roles(method)
    if may_hold(request.user, roles):
        return None
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if Role.SECRETARIAT in roles and may_hold(request.user, frozenset({Role.UNPROVEN})):
        return redirect("mfa_index")
    raise PermissionDenied
