"""Who may open a page about an organisation: its members. To the others it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import who
from fairealliance.organisations.models import Member

Page = Callable[..., HttpResponse]


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: an empty one that was sent is still one that was sent."""
    return request.POST if request.method == "POST" else None


def own(request: HttpRequest, pk: int) -> Member:
    """The membership of whoever asks, with its organisation. Raises Http404."""
    found = Member.objects.select_related("organisation").filter(organisation=pk, user=who(request)).first()
    if found is None:
        raise Http404
    return found


def require_own_administrator(mine: Member) -> None:
    """By one's own membership: the secretariat has its desk. Raises PermissionDenied."""
    if not mine.is_administrator:
        raise PermissionDenied(_("Seules les personnes qui administrent l’organisation le peuvent."))


def for_members(page: Page) -> Page:
    """Gives the page one's own membership in the organisation `pk`."""

    @login_required
    @wraps(page)
    def checked(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        return page(request, own(request, pk), **kwargs)

    return checked


def for_administrators(page: Page) -> Page:
    """The same, for those who administer it; its other members read why not (403)."""

    @login_required
    @wraps(page)
    def checked(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        mine = own(request, pk)
        require_own_administrator(mine)
        return page(request, mine, **kwargs)

    return checked
