"""The nearest France services house. Asked of the database: it is there while search is rebuilt, and costs less."""

from fairealliance.lib.geo import bbox
from fairealliance.organisations.models import Organisation
from fairealliance.provenance.models import Source
from fairealliance.sheets.finding import Candidate
from fairealliance.sheets.place import Place, Spot
from fairealliance.territories.enums import SURE

# The slug of the source goes on with the vintage of the list.
SOURCE = "france-services"
_REACH_KM = 40


def nearest(place: Place) -> list[Candidate]:
    """One house or none. One query, on the few thousand houses of the source."""
    here = place.territory
    if not place.is_point or here.latitude is None or here.longitude is None:
        return []
    box = bbox(here.latitude, here.longitude, _REACH_KM)
    rows = Organisation.objects.filter(
        # As a subquery, not a join: the index on the source is used, not a walk through all organisations.
        source__in=Source.objects.filter(slug__startswith=SOURCE).order_by(),
        closed_on__isnull=True,
        latitude__range=(box.south, box.north),
        longitude__range=(box.west, box.east),
    )
    fields = ("pk", "latitude", "longitude", "precision", "seat__level", "seat__code", "seat__name")
    found = list(rows.order_by("pk").values_list(*fields))
    if not found:
        return []
    # Equal distances (houses known by their commune only) are told apart by their number.
    closest = min(found, key=lambda row: (place.km_to(row[1], row[2]) or 0.0, row[0]))
    pk, latitude, longitude, precision, level, code, name = closest
    spot = Spot(
        scopes=frozenset({f"{level}:{code}"}),
        latitude=latitude,
        longitude=longitude,
        name=name or "",
        precise=precision in SURE,
    )
    return [Candidate(f"organisation:{pk}", pk, "", "", 0.0, spot, (), ())]
