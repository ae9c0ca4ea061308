"""Taking one's data away, and erasing one's account. Both ask again who one is, unless one has just come in."""

from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fairealliance.accounts import personal
from fairealliance.accounts.forms import EraseForm
from fairealliance.accounts.models import User


@login_required
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    held = personal.export(request.user)
    rooms = [(holding, holding.name in held) for holding in personal.holdings()]
    return render(request, "accounts/own_data.html", {"rooms": rooms})


@login_required
@reauthentication_required
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    return _file(personal.as_json(request.user), "application/json", "donnees.json")


@login_required
@reauthentication_required
@require_safe
def as_archive(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    return _file(personal.as_archive(request.user), "application/zip", "donnees.zip")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Having just come in is not enough: an open window would do. What stands in the way is said before one types."""
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired
    user = request.user
    assert isinstance(user, User)
    form, status = EraseForm(request.POST if request.method == "POST" else None, email=user.email), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        obstacles, status = _erase(user), HTTPStatus.CONFLICT
        if not obstacles:
            logout(request)
            return redirect("accounts:erased")
    else:
        obstacles = personal.obstacles(user)
        if form.errors:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    is_refused = status == HTTPStatus.CONFLICT
    context = {"form": form, "rooms": personal.holdings(), "obstacles": obstacles, "is_refused": is_refused}
    return render(request, "accounts/erase.html", context, status=status)


def _erase(user: User) -> list[personal.Obstacle]:
    """Why it cannot be yet; nothing when it is done."""
    try:
        personal.erase(User.objects.get(pk=user.pk))
    except personal.Held as error:
        return error.obstacles
    return []


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/erased.html")
