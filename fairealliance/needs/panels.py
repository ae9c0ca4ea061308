"""What this room shows on the pages of the rooms below."""

from typing import Protocol

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from fairealliance.design.panels import Panel
from fairealliance.needs.enums import Side
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Territory

SHOWN = 6
ON_A_SHEET = 3


class Where(Protocol):
    @property
    def ref(self) -> str: ...


class AboutPlace(Protocol):
    """An action sheet, which this room does not know."""

    @property
    def territory(self) -> Where: ...


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """What it seeks and what it brings, as whoever reads may see it. Five queries at most."""
    needs = Need.objects.listed_for(request.user).filter(organisation=organisation).for_cards()
    told = needs.order_by("-told_at", "-pk")
    sides = [(side.value, list(told.filter(side=side)[:SHOWN])) for side in (Side.NEED, Side.OFFER)]
    shown = [side for side in sides if side[1]]
    return Panel("needs/parts/of_organisation.html", {"sides": shown}) if shown else None


def of_sheet(request: HttpRequest, sheet: AboutPlace) -> Panel | None:
    """Who seeks and who offers in that place, in what contains it and in what it contains; what was told last first."""
    try:
        territory = Territory.objects.resolve(sheet.territory.ref)
    except (ValueError, Territory.DoesNotExist):
        return None
    listed = Need.objects.listed_for(request.user).around(territory)
    query = urlencode({"ou": territory.ref})
    sides = [
        (side.value, list(listed.filter(side=side).for_cards()[:ON_A_SHEET]), f"{reverse(f'needs:{side}s')}?{query}")
        for side in (Side.NEED, Side.OFFER)
    ]
    shown = [side for side in sides if side[1]]
    return Panel("needs/parts/of_sheet.html", {"sides": shown}) if shown else None
