"""Lists, the page of one, and what goes by link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.accounts.models import User
from fairealliance.goals.vocabulary import GOALS
from fairealliance.lib.text_fr import shorten
from fairealliance.needs.enums import Side, Status, Visibility
from fairealliance.needs.filters import Filters
from fairealliance.needs.life import LISTED, READABLE, Verb, can
from fairealliance.needs.models import Need
from fairealliance.needs.permissions import can_moderate, can_write_for
from fairealliance.organisations.enums import Exchange
from fairealliance.organisations.places import places_of
from fairealliance.organisations.tags import tags_of
from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import Trail, page_of, trail_to


def _name(side: str) -> str:
    return _("Besoins") if side == Side.NEED else _("Offres")


def list_address(side: str) -> str:
    return reverse("needs:needs" if side == Side.NEED else "needs:offers")


@require_safe
def index(request: HttpRequest, side: Side) -> HttpResponse:
    """Those that whoever reads may see, newest told first. Four queries at most, whatever their number."""
    filters = Filters.of(request.GET)
    needs = filters.narrow(Need.objects.listed_for(request.user).filter(side=side)).for_cards()
    context = {
        "side": side.value,
        "filters": filters,
        "page": page_of(request, needs),
        "exchanges": Exchange.choices,
        "goals": list(GOALS.values()),
        "own_address": list_address(side),
        "other_address": list_address(Side.OFFER if side == Side.NEED else Side.NEED),
        "feed": reverse(f"needs:{side}s-feed"),
        "trail": trail_to((_name(side), "")),
    }
    return render(request, "needs/index.html", context)


@require_safe
def detail(request: HttpRequest, pk: int, slug: str, side: Side) -> HttpResponse:
    """What one may not see is as what does not exist."""
    held = get_object_or_404(_whole().readable_by(request.user), pk=pk, side=side)
    if moved := moved_to(request, held.get_absolute_url()):
        return moved
    return _page(request, held)


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever was given the link, while it is meant for them."""
    held = get_object_or_404(_whole(), token=token, visibility=Visibility.LINK, status__in=READABLE)
    answer = _page(request, held)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _whole() -> Any:
    return Need.objects.select_related("organisation").defer("content")


def _page(request: HttpRequest, held: Need) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    is_own = user is not None and can_write_for(user, held.organisation_id)
    context = {
        **telling(held),
        "is_own": is_own,
        "may_close": user is not None and not is_own and can_moderate(user) and can(Verb.CLOSE, held.status),
        "is_open": held.status in LISTED,
        "is_indexed": held.status in LISTED and held.visibility == Visibility.PUBLIC and not held.organisation.is_demo,
        "trail": trail(held),
    }
    return render(request, "needs/detail.html", context)


def trail(held: Need) -> Trail:
    return trail_to((_name(held.side), list_address(held.side)), (shorten(held.name, 60), ""))


def telling(held: Need) -> dict[str, Any]:
    """What its page tells, published."""
    return {
        "need": held,
        "tags": tags_of(held),
        "places": places_of(held.territories.all()),
        "is_over": held.status in (Status.MET, Status.EXPIRED, Status.CLOSED),
    }
