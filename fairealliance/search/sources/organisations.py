"""Organisations as documents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from fairealliance.organisations.models import Establishment, Located, Organisation, OrganisationTerritory
from fairealliance.search.documents import Doc
from fairealliance.search.sources.common import added, aims, aims_in_words, joined, numeric, origin, summary
from fairealliance.search.sources.places import Places, Whereabouts, by_thing


def keys() -> Iterable[str]:
    return map(str, Organisation.objects.order_by("pk").values_list("pk", flat=True).iterator())


def build(wanted: Sequence[str]) -> Iterable[Doc]:
    """Five queries: organisations, territories of action, establishments, ancestors, names."""
    found = Organisation.objects.filter(pk__in=numeric(wanted)).select_related("source").order_by("pk")
    organisations = list(found)
    links = OrganisationTerritory.objects.filter(organisation__in=organisations).order_by("pk")
    seats = [(each.pk, each.seat_id) for each in organisations if each.seat_id]
    territories = by_thing([*seats, *links.values_list("organisation_id", "territory_id")])
    houses: dict[int, list[Establishment]] = defaultdict(list)
    for house in Establishment.objects.filter(organisation__in=organisations):
        houses[house.organisation_id].append(house)
        if house.territory_id:
            territories[house.organisation_id].append(house.territory_id)
    places = Places.of(pk for ids in territories.values() for pk in ids)
    for organisation in organisations:
        yield _doc(organisation, houses[organisation.pk], places.whereabouts(territories[organisation.pk]))


def _doc(organisation: Organisation, houses: list[Establishment], where: Whereabouts) -> Doc:
    spots: list[Located] = [organisation, *houses]
    spot: Located | Whereabouts = next((each for each in spots if each.latitude is not None), where)
    numbers = [organisation.siren or "", organisation.rna or "", *(house.siret for house in houses)]
    return Doc(
        ref=f"organisation:{organisation.pk}",
        kind="organisation",
        title=organisation.name,
        url=organisation.get_absolute_url(),
        body=organisation.description,
        keywords=joined(
            organisation.acronym,
            organisation.get_sphere_display(),
            *(house.name for house in houses),
            *numbers,
            aims_in_words(organisation),
            where.words,
        ),
        summary=summary(organisation.description),
        label=organisation.get_sphere_display() or _("organisation"),
        spheres=(organisation.sphere,) if organisation.sphere else (),
        scopes=where.scopes,
        regions=where.regions,
        departements=where.departements,
        territory=where.territory,
        territory_ref=where.territory_ref,
        latitude=spot.latitude,
        longitude=spot.longitude,
        precision=spot.precision,
        source=origin(organisation),
        is_demo=organisation.is_demo,
        added=added(organisation),
        **aims(organisation),
    )
