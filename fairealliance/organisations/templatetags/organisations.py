"""What templates ask of an organisation's parts."""

from django import template

from fairealliance.organisations.identifiers import establishment_address
from fairealliance.organisations.models import Establishment

register = template.Library()


@register.filter
def directory_address(establishment: Establishment) -> str:
    """Its page in the State's directory."""
    return establishment_address(establishment.siret)
