"""Resources as documents."""

from collections.abc import Iterable, Sequence

from fairealliance.resources.models import Resource
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import (
    added,
    aims_in_words,
    joined,
    known_goals,
    known_themes,
    linked,
    numeric,
    summary,
)
from fairealliance.search.sources.places import Places, Whereabouts


def keys() -> Iterable[str]:
    return map(str, Resource.objects.order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterable[Doc]:
    """At most five queries: resources, territories; places have three."""
    resources = list(Resource.objects.filter(pk__in=numeric(wanted)).with_origin().order_by("pk"))
    ids = [resource.pk for resource in resources]
    links = linked(Resource.territories.through, ("resource_id", "territory_id"), ids)
    territories = {pk: tuple(each for (each,) in held) for pk, held in links.items()}
    places = Places.of(pk for each in territories.values() for pk in each)
    for resource in resources:
        yield _doc(resource, places.whereabouts(territories.get(resource.pk, ())))


def _doc(resource: Resource, where: Whereabouts) -> Doc:
    producer = resource.producer.name if resource.producer else resource.producer_name
    sphere = resource.producer.sphere if resource.producer else ""
    goals, themes = known_goals(tuple(resource.goals)), known_themes(tuple(resource.themes))
    return Doc(
        ref=f"resource:{resource.pk}",
        kind="resource",
        title=resource.title,
        url=resource.get_absolute_url(),
        body=resource.summary,
        keywords=joined(producer, resource.get_kind_display(), aims_in_words(goals, themes)),
        summary=summary(resource.summary),
        label=resource.get_kind_display(),
        goals=goals,
        themes=themes,
        spheres=(sphere,) if sphere else (),
        places=where.names,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        year=resource.year,
        medoc=resource.medoc.value,
        stages=tuple(resource.stage),
        source=resource.source.label if resource.source else "",
        is_demo=resource.is_demo,
        added=added(resource),
    )
