"""Territories as documents: from the communes up; what a commune once was leads to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import joined
from fairealliance.search.sources.places import Places, Whereabouts
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former, Territory
from fairealliance.territories.words import inhabitants

_LEVELS = (Level.COMMUNE, Level.EPCI, Level.EPT, Level.DEPARTEMENT, Level.REGION)


def keys() -> Iterable[str]:
    rows = Territory.objects.filter(level__in=_LEVELS).order_by("pk").values_list("level", "code")
    return (f"{level}:{code}" for level, code in rows.iterator())


def build(wanted: Sequence[str]) -> Iterable[Doc]:
    """Four queries: territories, former names, ancestors, names."""
    codes: dict[str, list[str]] = defaultdict(list)
    for key in wanted:
        level, _separator, code = key.partition(":")
        codes[level].append(code)
    chosen = Q(pk__in=[])
    for level in _LEVELS:
        if level in codes:
            chosen |= Q(level=level, code__in=codes[level])
    territories = list(Territory.objects.filter(chosen).order_by("pk"))
    formers: dict[int, list[str]] = defaultdict(list)
    for territory_id, name in Former.objects.filter(territory__in=territories).values_list("territory_id", "name"):
        if name:
            formers[territory_id].append(name)
    places = Places.of(territory.pk for territory in territories)
    for territory in territories:
        yield _doc(territory, formers[territory.pk], places.whereabouts([territory.pk]))


def _doc(territory: Territory, formers: list[str], where: Whereabouts) -> Doc:
    label = territory.get_level_display()
    return Doc(
        ref=f"territory:{territory.ref}",
        kind="territory",
        title=territory.name,
        url=territory.get_absolute_url(),
        names=(territory.name, *dict.fromkeys(formers)),
        keywords=joined(territory.code, *territory.postal_codes, *where.names),
        standing=len(str(territory.population or 0)),
        summary=_summary(territory),
        label=label,
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=territory.name,
        territory_ref=territory.ref,
        latitude=territory.latitude,
        longitude=territory.longitude,
        precision=territory.precision,
    )


def _summary(territory: Territory) -> str:
    return "" if territory.population is None else inhabitants(territory.population)
