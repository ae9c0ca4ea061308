"""What this room shows on the pages of the rooms below."""

from django.http import HttpRequest

from fairealliance.design.panels import Panel
from fairealliance.organisations.models import Organisation
from fairealliance.roadmap.models import Facilitator


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """The measures it carries. One query."""
    rows = Facilitator.objects.filter(organisation=organisation).select_related("measure__programme")
    rows = rows.order_by("measure__programme__title", "measure__number")
    return Panel("roadmap/parts/panel.html", {"carried": list(rows)}) if rows else None
