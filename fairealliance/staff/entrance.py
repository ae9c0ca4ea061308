"""The desk has no sign-in of its own: whoever comes to Wagtail's is led to ours."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from fairealliance.staff.middleware import DESK


def login(request: HttpRequest) -> HttpResponse:
    """What was typed in a form kept from before is dropped; whoever signed in and may not enter is told so."""
    if request.user.is_authenticated or request.method not in {"GET", "HEAD"}:
        raise PermissionDenied
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or DESK
    return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")


def forgotten(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("account_reset_password")


def account(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("accounts:account")


def nowhere(request: HttpRequest) -> HttpResponse:
    raise Http404
