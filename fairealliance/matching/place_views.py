"""Which alliances are possible: in a territory, for all to read; where one helps, for its catalysts and mediators."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.accounts.actors import who
from fairealliance.accounts.models import User
from fairealliance.matching import pairs
from fairealliance.needs import querysets as needs
from fairealliance.network.models import Catalyst, Mediator
from fairealliance.network.permissions import is_catalyst
from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import trail_to
from fairealliance.territories import former_address
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory


def address_of(territory: Territory) -> str:
    return reverse("alliances:of-territory", args=[territory.level, territory.code, territory.slug])


@require_safe
def of_territory(request: HttpRequest, level: str, code: str, slug: str = "") -> HttpResponseBase:
    """From what is public alone, the same for all; the invented see their own world. A country is no place to meet."""
    found = former_address.today_of(level, code.upper())
    if found is None or found[0].level == Level.COUNTRY:
        raise Http404
    territory = found[0]
    if moved := moved_to(request, address_of(territory)):
        return moved
    trail = trail_to(
        (_("Territoires"), reverse("territories:index")),
        (territory.name, territory.get_absolute_url()),
        (_("Alliances possibles"), ""),
    )
    invented = isinstance(request.user, User) and request.user.is_demo
    possible = pairs.possible([territory.pk], invented=invented)
    context = {"territory": territory, "possible": possible, "trail": trail}
    return render(request, "matching/of_territory.html", context)


@login_required
@require_safe
def where_one_helps(request: HttpRequest) -> HttpResponse:
    """`ou`: one of their territories; all of them without it. What the network is told, to those who are of it."""
    user = who(request)
    territories, is_of_network = _theirs(user), needs.is_of_network(user)
    if not territories:
        raise PermissionDenied(_("Cette page est celle des catalyseurs et des médiateurs, là où ils agissent."))
    chosen = [each for each in territories if each.ref == request.GET.get("ou", "")]
    if request.GET.get("ou") and not chosen:
        raise Http404
    possible = pairs.possible(
        [each.pk for each in chosen or territories], in_network=is_of_network, invented=user.is_demo
    )
    context = {
        "territories": territories,
        "chosen": chosen[0] if chosen else None,
        "possible": possible,
        "is_of_network": is_of_network,
        "may_propose": is_catalyst(user),
    }
    return render(request, "matching/where_one_helps.html", context)


def _theirs(user: User) -> list[Territory]:
    """Where they are a catalyst in activity or mediate for the State."""
    covered = Catalyst.objects.active().filter(user=user).values("territories")
    mediated = Mediator.objects.filter(user=user).values("territory")
    found = Territory.objects.filter(pk__in=covered) | Territory.objects.filter(pk__in=mediated)
    return list(found.distinct().order_by("slug", "name", "pk"))
