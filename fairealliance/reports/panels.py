"""The way to the report, on a territory's portrait."""

from django.http import HttpRequest

from fairealliance.design.panels import Panel
from fairealliance.reports.addresses import address_of, document_of, whole_of
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory


def of_territory(request: HttpRequest, territory: Territory) -> Panel | None:
    """A commune is led to its intercommunality's; the country has none. One query at most."""
    if territory.level == Level.COUNTRY:
        return None
    whole = whole_of(territory)
    if whole is None:
        return None
    context = {"whole": whole, "own": whole.pk == territory.pk, "page": address_of(whole), "pdf": document_of(whole)}
    return Panel("reports/panel.html", context)
