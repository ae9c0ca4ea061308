"""What these pages share: the link that leads to a proposal, and answers that no cache keeps."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from fairealliance.contributions import tokens
from fairealliance.lib.lives import NotAllowed

Page = Callable[..., Any]


def by_link(page: Page) -> Page:
    """Gives the page the proposal its token leads to; says so when the link is unknown or too old."""

    @never_cache
    @wraps(page)
    def checked(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        link = tokens.find(token)
        if link is None:
            return private(render(request, "contributions/unknown_link.html", status=404))
        if not tokens.is_good(link):
            context = {"token": token, "proposal": link.proposal, "sent": False, "too_many": False}
            return private(render(request, "contributions/expired_link.html", context, status=410))
        try:
            return private(page(request, link.proposal, token, **kwargs))
        except NotAllowed as error:
            context = {"token": token, "message": str(error)}
            return private(render(request, "contributions/not_now.html", context, status=409))

    return checked


def private(response: HttpResponse) -> HttpResponse:
    """Neither listed, nor followed. The site's own referrer policy keeps the link from other sites."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
