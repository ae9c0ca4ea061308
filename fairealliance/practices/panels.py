"""What this room shows on the pages of the rooms below."""

from django.http import HttpRequest
from django.urls import reverse

from fairealliance.design.panels import Panel
from fairealliance.organisations.models import Organisation
from fairealliance.practices.cards import cards_of
from fairealliance.practices.models import Practice
from fairealliance.practices.querysets import PracticeQuerySet
from fairealliance.resources.models import Resource

SHOWN = 6
TEMPLATE = "practices/parts/panel.html"


def of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """What an organisation did with others, and in which role."""
    address = reverse("practices:of-organisation", args=[organisation.pk, organisation.slug or "organisation"])
    return _panel(Practice.objects.with_partner(organisation), address, organisation)


def of_resource(request: HttpRequest, resource: Resource) -> Panel | None:
    """Who used it."""
    address = reverse("practices:of-resource", args=[resource.pk, resource.slug or "ressource"])
    return _panel(Practice.objects.that_used(resource), address, None)


def _panel(practices: PracticeQuerySet, address: str, partner: Organisation | None) -> Panel | None:
    """Four queries, whatever the number of practices; one when there is none."""
    count = practices.count()
    if not count:
        return None
    cards = cards_of(practices.for_cards().told()[:SHOWN], partner)
    return Panel(TEMPLATE, {"cards": cards, "count": count, "address": address, "as_partner": partner is not None})
