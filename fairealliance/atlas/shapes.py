"""What stands for each territory on a map: its contour when one was imported, else the dots of its communes."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from functools import partial

from fairealliance.atlas import drawing
from fairealliance.atlas.drawing import Spot
from fairealliance.atlas.models import Contour
from fairealliance.provenance.models import Source
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory

_MAPPED = (Level.REGION, Level.DEPARTEMENT, Level.EPCI)


@dataclass(frozen=True, slots=True)
class Shape:
    """An SVG path, and whether it is a contour to fill or dots to stroke."""

    path: str
    is_contour: bool
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Shapes:
    """By territory id, with the sources of the contours used."""

    by_pk: dict[int, Shape]
    sources: tuple[Source, ...]

    def only(self, pks: Container[int]) -> "Shapes":
        return Shapes({pk: shape for pk, shape in self.by_pk.items() if pk in pks}, self.sources)

    @property
    def contours(self) -> int:
        return sum(shape.is_contour for shape in self.by_pk.values())


def of(level: Level) -> Shapes:
    """The shapes of a level, kept until the geography or the contours change."""
    return _kept[level].get()


def spots() -> dict[int, Spot]:
    """Every commune's place on the drawing, kept likewise."""
    return _spots.get()


def _build(level: Level) -> Shapes:
    found = {pk: _dotted(places) for pk, places in _places_within(level).items()}
    sources: dict[int, Source] = {}
    drawn = Contour.objects.filter(territory__level=level).select_related("source").order_by("pk")
    for each in drawn:
        sources[each.source_id] = each.source
        found[each.territory_id] = Shape(each.path, True, (each.left, each.top, each.right, each.bottom))
    return Shapes(found, tuple(sources.values()))


def _places_within(level: Level) -> dict[int, list[Spot]]:
    """The places of the communes of each territory; its own when none is known."""
    at = spots()
    found: dict[int, list[Spot]] = defaultdict(list)
    pairs = Membership.objects.filter(parent__level=level, child__level=Level.COMMUNE).order_by("pk")
    for child, parent in pairs.values_list("child_id", "parent_id").iterator(chunk_size=20_000):
        if child in at:
            found[parent].append(at[child])
    own = Territory.objects.filter(level=level, latitude__isnull=False, longitude__isnull=False).order_by("pk")
    for pk, latitude, longitude in own.values_list("pk", "latitude", "longitude"):
        if pk not in found and (place := drawing.spot(latitude or 0.0, longitude or 0.0)):
            found[pk].append(place)
    return found


def _dotted(places: list[Spot]) -> Shape:
    xs, ys = [x for x, _y in places], [y for _x, y in places]
    return Shape(drawing.dots(places), False, (min(xs), min(ys), max(xs), max(ys)))


def _spots_of_communes() -> dict[int, Spot]:
    rows = Territory.objects.filter(level=Level.COMMUNE, latitude__isnull=False, longitude__isnull=False)
    found = {}
    for pk, latitude, longitude in rows.order_by("pk").values_list("pk", "latitude", "longitude").iterator(20_000):
        if place := drawing.spot(latitude or 0.0, longitude or 0.0):
            found[pk] = place
    return found


_EDITIONS = ("reference", "coordinates", "contours")
_spots: PerEdition[dict[int, Spot]] = PerEdition(_spots_of_communes, *_EDITIONS)
_kept: dict[Level, PerEdition[Shapes]] = {level: PerEdition(partial(_build, level), *_EDITIONS) for level in _MAPPED}
