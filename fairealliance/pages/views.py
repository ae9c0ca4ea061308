"""What Wagtail does not serve by itself: an event's calendar file, sharing cards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.models import Page

from fairealliance.pages import calendar, sharing
from fairealliance.pages.models import EventPage
from fairealliance.pages.models.base import absolute

_A_DAY = "public, max-age=86400"
SITE_TITLE = "Un défi, un territoire, avec qui agir"


@require_safe
def event_calendar(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The event, to add to a diary."""
    # By `id`: asked by `pk`, a number too large for the database is an error instead of a page that is not there.
    event = get_object_or_404(EventPage.objects.live().public(), id=pk, slug=slug)
    body = calendar.written(event, absolute(request, event), request.get_host().partition(":")[0])
    headers = {"Content-Disposition": f'attachment; filename="{event.slug[:80]}.ics"'}
    return HttpResponse(body, "text/calendar; charset=utf-8", headers=headers)


@require_safe
def site_card(request: HttpRequest) -> HttpResponse:
    """The card of any page that has none of its own."""
    return _png(sharing.card(SITE_TITLE, ""))


@require_safe
def page_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of an editorial page."""
    page = get_object_or_404(Page.objects.live().public(), pk=pk)
    parent = page.get_parent()
    return _png(sharing.card(page.title, parent.title if parent and parent.depth > 2 else ""))


def _png(drawn: bytes) -> HttpResponse:
    return HttpResponse(drawn, "image/png", headers={"Cache-Control": _A_DAY})
