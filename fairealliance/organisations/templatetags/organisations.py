"""What templates ask of an organisation's parts."""

from typing import Any

from django import template

from fairealliance.accounts.models import User
from fairealliance.organisations.identifiers import establishment_address
from fairealliance.organisations.models import Claim, Establishment
from fairealliance.territories.models import Territory

register = template.Library()


@register.inclusion_tag("organisations/parts/for_whom.html")
def for_whom_first(user: User, why: str) -> dict[str, Any]:
    """To whoever acts for nobody yet: say for whom, or wait where one has asked. One query."""
    return {"waits": Claim.objects.waiting_of(user), "why": why}


@register.filter
def directory_address(establishment: Establishment) -> str:
    """Its page in the State's directory; empty for a place that no register holds."""
    return establishment_address(establishment.siret) if establishment.siret else ""


@register.filter
def place_words(said: Any) -> str:
    """The name of the territory that a field holds as a ref (`commune:42218`); else what was typed."""
    text = str(said or "")
    if ":" not in text:
        return text
    try:
        return Territory.objects.resolve(text).name
    except (ValueError, Territory.DoesNotExist):
        return text
