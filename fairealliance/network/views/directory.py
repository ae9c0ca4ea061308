"""The directory of catalysts, and the page of one: those who consent, and nobody else."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fairealliance.lib.text_fr import fold
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
    """By name, the real ones first, narrowed by what is asked. Eight queries at most, whatever their number."""
    filters = Filters.of(request.GET)
    found = filters.narrow(Catalyst.objects.active())
    page = page_of(request, found.for_cards().order_by("user__is_demo", "slug", "name", "pk"))
    invented = found.of_world(is_demo=True).count()
    context = {
        "filters": filters,
        "page": page,
        "real": page.paginator.count - invented,
        "invented": invented,
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
        "places": sorted((each.name for each in catalyst.territories.all()), key=fold),
    }


def _map(found: CatalystQuerySet) -> SmallMap | None:
    """One dot for each territory that somebody covers. A country has no place of its own."""
    places = (
        Territory.objects.filter(catalysts__in=found, latitude__isnull=False, longitude__isnull=False)
        .exclude(level=Level.COUNTRY)
        .annotate(people=_count(is_demo=False), invented=_count(is_demo=True))
        .order_by("level", "code")
    )
    return small_map(
        [
            Pin(each.latitude, each.longitude, _told(each.name, each.people, each.invented))
            for each in places
            if each.latitude is not None and each.longitude is not None
        ]
    )


def _count(*, is_demo: bool) -> Count:
    return Count("catalysts", filter=Q(catalysts__user__is_demo=is_demo), distinct=True)


def _told(name: str, people: int, invented: int) -> str:
    counts = [ngettext("%d catalyseur", "%d catalyseurs", people) % people] if people else []
    counts += [ngettext("%d profil inventé", "%d profils inventés", invented) % invented] if invented else []
    return f"{name} : {', '.join(counts)}"


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
