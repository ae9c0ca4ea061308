"""Organisations as they are told to people."""

from fairealliance.organisations.models import Organisation
from fairealliance.territories.words import within


def placed(organisation: Organisation) -> str:
    """« La Halle du Forez (association, à Saint-Étienne) »: who it is and where, less what is not known."""
    known = [organisation.get_sphere_display() if organisation.sphere else ""]
    known.append(within(organisation.seat) if organisation.seat else "")
    told = ", ".join(word for word in known if word)
    return f"{organisation.name} ({told})" if told else organisation.name
