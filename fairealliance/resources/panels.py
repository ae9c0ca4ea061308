"""What this room shows on the pages of the rooms below."""

from django.http import HttpRequest

from fairealliance.design.panels import Panel
from fairealliance.organisations.models import Organisation
from fairealliance.resources.models import Resource

SHOWN = 6


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """The latest resources an organisation made. Two queries."""
    made = Resource.objects.made_by(organisation)
    count = made.count()
    context = {"organisation": organisation, "resources": list(made[:SHOWN]), "count": count}
    return Panel("resources/parts/made_by.html", context) if count else None
