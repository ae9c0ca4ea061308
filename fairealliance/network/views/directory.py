"""The directory of catalysts, and the page of one: those who consent, and nobody else."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fairealliance.network.filters import Filters
from fairealliance.network.models import Catalyst
from fairealliance.network.querysets import CatalystQuerySet
from fairealliance.network.words import SECTORS, TRADES, words_of
from fairealliance.organisations.places import places_of
from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import page_of, trail_to
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory
from fairealliance.territories.stipple import Pin, SmallMap, small_map

_NAME = "Catalyseurs"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """By name, narrowed by what is asked. Seven queries at most, whatever their number."""
    filters = Filters.of(request.GET)
    found = filters.narrow(Catalyst.objects.active())
    page = page_of(request, found.for_cards().order_by("name", "pk"))
    context = {
        "filters": filters,
        "page": page,
        "cards": [_card(each) for each in page],
        "trades": [(slug, name.capitalize()) for slug, name in TRADES.items()],
        "sectors": list(SECTORS.items()),
        "map": _map(found) if page.object_list else None,
        "trail": trail_to((_(_NAME), "")),
    }
    return render(request, "network/index.html", context)


def _card(catalyst: Catalyst) -> dict[str, Any]:
    return {
        "catalyst": catalyst,
        "trades": words_of(catalyst.trades, TRADES),
        "sectors": words_of(catalyst.sectors, SECTORS),
        "places": sorted(each.name for each in catalyst.territories.all()),
    }


def _map(found: CatalystQuerySet) -> SmallMap | None:
    """One dot for each territory that somebody covers. A country has no place of its own."""
    places = (
        Territory.objects.filter(catalysts__in=found, latitude__isnull=False, longitude__isnull=False)
        .exclude(level=Level.COUNTRY)
        .annotate(people=Count("catalysts", distinct=True))
        .order_by("level", "code")
    )
    return small_map(
        [
            Pin(each.latitude, each.longitude, _told(each.name, each.people))
            for each in places
            if each.latitude is not None and each.longitude is not None
        ]
    )


def _told(name: str, people: int) -> str:
    words = ngettext("%(name)s : %(n)d catalyseur", "%(name)s : %(n)d catalyseurs", people)
    return words % {"name": name, "n": people}


@require_safe
def detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Whoever is not listed is as who does not exist."""
    held = get_object_or_404(Catalyst.objects.active().for_cards(), pk=pk)
    if moved := moved_to(request, held.get_absolute_url()):
        return moved
    context = {
        **_card(held),
        "places": places_of(held.territories.all()),
        "has_room": Catalyst.objects.with_room().present().filter(pk=held.pk).exists(),
        "trail": trail_to((_(_NAME), "/catalyseurs/"), (held.name, "")),
    }
    return render(request, "network/catalyst.html", context)
