"""Signing out; of the provider one came by as well, when it says how."""

import secrets
from typing import Any

import requests
from allauth.account.views import LogoutView
from allauth.socialaccount.models import SocialApp
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from fairealliance.accounts.mail import absolute
from fairealliance.accounts.provider import AT_LEAVING, OpenIDAdapter, leave


class LeaveView(LogoutView):
    """Signed out here first, whatever the provider answers."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        came_by = self.request.session.get(AT_LEAVING)
        answer: HttpResponse = super().post(*args, **kwargs)
        return _leave_provider(self.request, came_by) or answer if came_by else answer


def _leave_provider(request: HttpRequest, came_by: dict[str, str]) -> HttpResponse | None:
    try:
        adapter = OpenIDAdapter(request, came_by["provider"])
        address = adapter.openid_config.get("end_session_endpoint")
        name = adapter.get_provider().name
    except (requests.RequestException, SocialApp.DoesNotExist, ValueError):
        return None
    if not address:
        return None
    told = {"id_token_hint": came_by["id_token"], "post_logout_redirect_uri": absolute("/")}
    query = urlencode(told | {"state": secrets.token_urlsafe(12)})
    return leave(request, HttpResponseRedirect(f"{address}?{query}"), name)


logout = LeaveView.as_view()
