"""What this room shows on the pages of the rooms below: the way to who can help. No query: the directory answers."""

from typing import Protocol

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from fairealliance.design.panels import Panel
from fairealliance.territories.models import Territory


class Where(Protocol):
    @property
    def ref(self) -> str: ...

    @property
    def name(self) -> str: ...


class AboutPlace(Protocol):
    """An action sheet, which this room does not know."""

    @property
    def territory(self) -> Where: ...


def of_territory(request: HttpRequest, territory: Territory) -> Panel:
    return _panel(territory)


def of_sheet(request: HttpRequest, sheet: AboutPlace) -> Panel:
    return _panel(sheet.territory)


def _panel(place: Where) -> Panel:
    query = urlencode({"ou": place.ref})
    address = f"{reverse('network:catalysts')}?{query}"
    return Panel("network/parts/of_place.html", {"name": place.name, "address": address, "query": query})
