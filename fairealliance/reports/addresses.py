"""Where reports are, and whose report stands for a territory that has none."""

from django.urls import reverse

from fairealliance.reports.compose import LEVELS
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory


def address_of(territory: Territory) -> str:
    return reverse("reports:page", args=[territory.level, territory.code, territory.slug])


def document_of(territory: Territory) -> str:
    return reverse("reports:pdf", args=[territory.level, territory.code, territory.slug])


def whole_of(territory: Territory) -> Territory | None:
    """The territory whose report tells of this one: itself, its intercommunality, else its département."""
    if territory.level in LEVELS:
        return territory
    above = Territory.objects.containing(territory).filter(level__in=(Level.EPCI, Level.DEPARTEMENT))
    return min(above, key=lambda each: each.level != Level.EPCI, default=None)
