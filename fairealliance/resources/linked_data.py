"""schema.org facts about a resource."""

from fairealliance.resources.enums import ResourceKind
from fairealliance.resources.models import Resource

_TYPES: dict[str, str] = {
    ResourceKind.DATASET: "Dataset",
    ResourceKind.METHOD: "HowTo",
    ResourceKind.STUDY: "Report",
    ResourceKind.REPORT: "Report",
    ResourceKind.TRAINING: "Course",
    ResourceKind.REPLAY: "VideoObject",
    ResourceKind.SITE: "WebSite",
}


def resource_data(resource: Resource, address: str, producer: str) -> dict[str, object] | None:
    """None for an invented one: machines would take it for a fact."""
    if resource.is_demo:
        return None
    facts: dict[str, object] = {
        "@type": _TYPES.get(resource.kind, "CreativeWork"),
        "@id": address,
        "name": resource.title,
        "description": resource.summary,
        "url": resource.link,
        "inLanguage": resource.language,
        "datePublished": str(resource.year) if resource.year else "",
        "license": resource.licence,
    }
    if producer:
        facts["publisher"] = {"@type": "Organization", "name": producer}
    return {key: value for key, value in facts.items() if value}
