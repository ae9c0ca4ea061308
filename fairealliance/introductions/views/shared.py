"""Whose an introduction is: to anybody else it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from fairealliance.accounts.actors import who
from fairealliance.introductions.models import Introduction

Page = Callable[..., HttpResponseBase]


def for_visible(page: Page) -> Page:
    """Gives the page the introduction `pk`, if they may open it. Raises Http404."""

    @login_required
    @wraps(page)
    def checked(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        seen = Introduction.objects.visible_to(who(request)).with_parties()
        return page(request, get_object_or_404(seen, pk=pk), **kwargs)

    return checked
