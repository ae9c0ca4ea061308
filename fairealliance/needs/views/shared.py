"""Whose a need is: its organisation's members. To the others, what is not public does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from fairealliance.accounts.actors import who
from fairealliance.needs.models import Need

Page = Callable[..., HttpResponse]


def for_own(page: Page) -> Page:
    """Gives the page the need `pk`, if it is one's organisation's. Raises Http404."""

    @login_required
    @wraps(page)
    def checked(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        mine = Need.objects.of_member(who(request)).select_related("organisation")
        return page(request, get_object_or_404(mine, pk=pk), **kwargs)

    return checked
