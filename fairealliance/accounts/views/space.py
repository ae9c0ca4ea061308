"""The home of whoever is signed in: what awaits them, told by the rooms."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairealliance.accounts import awaiting
from fairealliance.accounts.models import User


@login_required
@require_safe
def space(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    return render(request, "accounts/space.html", {"cards": awaiting.of(request.user), "name": request.user.name})
