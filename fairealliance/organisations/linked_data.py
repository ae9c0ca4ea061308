"""schema.org facts about an organisation."""

from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Organisation

_TYPES: dict[str, str] = {
    Sphere.ASSOCIATION: "NGO",
    Sphere.ENTREPRISE: "Corporation",
    Sphere.COLLECTIVITE: "GovernmentOrganization",
    Sphere.ETAT: "GovernmentOrganization",
}


def organisation_data(organisation: Organisation, address: str) -> dict[str, object] | None:
    """None for an invented one: machines would take it for a fact."""
    if organisation.is_demo:
        return None
    facts = {
        "@type": _TYPES.get(organisation.sphere, "Organization"),
        "@id": address,
        "name": organisation.name,
        "alternateName": organisation.acronym,
        "description": organisation.description,
        "url": organisation.website,
        "email": organisation.email,
        "telephone": organisation.phone,
        "taxID": organisation.siren,
        "location": organisation.seat.name if organisation.seat else "",
    }
    return {key: value for key, value in facts.items() if value}
