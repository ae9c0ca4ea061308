"""In by the link of a mail: the page that it opens, and the button that signs in."""

from allauth.account.internal.flows.login import record_authentication  # held by the bound on its version
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url, perform_login
from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fairealliance.accounts import mail_link


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Presses are counted, not looks: scanners of mail look often."""
    return _press(request, token) if request.method == "POST" else _look(request, token)


def _look(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever is in already stays who they are, and the link remains unused; so it is when they press."""
    try:
        link = mail_link.read(token)
    except mail_link.Refused as refused:
        return _dead(request, refused)
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    return render(request, "accounts/enter_by_link.html", {"email": link.email, "next": _next(request)})


@rate_limit(action="login")
def _press(request: HttpRequest, token: str) -> HttpResponse:
    """The second proof of those who have one is asked next, as after a password."""
    if request.user.is_authenticated:
        return _look(request, token)
    try:
        link = mail_link.use(request, token)
    except mail_link.Refused as refused:
        return _dead(request, refused)
    record_authentication(request, link.user, method="code", email=link.email)
    answer: HttpResponse = perform_login(request, link.user, redirect_url=_next(request), email=link.email)
    return answer


def _dead(request: HttpRequest, refused: mail_link.Refused) -> HttpResponse:
    return render(request, "accounts/dead_link.html", {"why": refused}, status=refused.status)


def _next(request: HttpRequest) -> str | None:
    found: str | None = get_next_redirect_url(request)
    return found
