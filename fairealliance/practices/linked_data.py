"""schema.org facts about a practice."""

from fairealliance.organisations.places import Place
from fairealliance.practices.models import Practice


def practice_data(practice: Practice, title: str, address: str, places: list[Place]) -> dict[str, object] | None:
    """None for an invented one: machines would take it for a fact."""
    if practice.is_demo:
        return None
    names = dict.fromkeys(partner.name for partner in practice.partners.all())
    facts: dict[str, object] = {
        "@type": "CreativeWork",
        "@id": address,
        "name": title,
        "abstract": practice.summary or practice.challenge,
        "temporalCoverage": _interval(practice),
        "spatialCoverage": [{"@type": "Place", "name": place.territory.name} for place in places],
        "contributor": [{"@type": "Organization", "name": name} for name in names],
        "isBasedOn": practice.source_url,
        "license": practice.source.licence_url or practice.source.licence if practice.source else "",
    }
    return {key: value for key, value in facts.items() if value}


def _interval(practice: Practice) -> str:
    years = [str(year) for year in (practice.start_year, practice.end_year) if year]
    return "/".join(years)
