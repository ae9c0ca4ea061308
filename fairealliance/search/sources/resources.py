"""Resources as documents."""

from collections.abc import Iterable, Sequence

from fairealliance.resources.models import Resource
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import added, aims, aims_in_words, joined, numeric, origin, summary
from fairealliance.search.sources.places import Places, Whereabouts, by_thing


def keys() -> Iterable[str]:
    return map(str, Resource.objects.order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterable[Doc]:
    """Four queries: resources, territories, ancestors, names."""
    resources = list(Resource.objects.filter(pk__in=numeric(wanted)).with_origin().order_by("pk"))
    links = Resource.territories.through.objects.filter(resource__in=resources).order_by("pk")
    territories = by_thing(links.values_list("resource_id", "territory_id"))
    places = Places.of(pk for ids in territories.values() for pk in ids)
    for resource in resources:
        yield _doc(resource, places.whereabouts(territories[resource.pk]))


def _doc(resource: Resource, where: Whereabouts) -> Doc:
    producer = resource.producer.name if resource.producer else resource.producer_name
    sphere = resource.producer.sphere if resource.producer else ""
    return Doc(
        ref=f"resource:{resource.pk}",
        kind="resource",
        title=resource.title,
        url=resource.get_absolute_url(),
        body=resource.summary,
        keywords=joined(producer, resource.get_kind_display(), aims_in_words(resource), where.words),
        summary=summary(resource.summary),
        label=resource.get_kind_display(),
        spheres=(sphere,) if sphere else (),
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        year=resource.year,
        medoc=resource.medoc.value,
        stages=tuple(resource.stage),
        source=origin(resource),
        is_demo=resource.is_demo,
        added=added(resource),
        **aims(resource),
    )
