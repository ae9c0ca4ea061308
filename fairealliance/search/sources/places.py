"""The territories of a batch of things, with all that contain them. Two queries whatever the batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fairealliance.territories.enums import Level, Precision
from fairealliance.territories.models import Membership, Territory

# The smaller a territory, the better it says where something is.
_FINENESS = {level: rank for rank, level in enumerate(Level.values)}
# The middle of a département or a région is nobody's address: it would be told as a distance.
_TOO_WIDE = {Level.DEPARTEMENT, Level.REGION, Level.COUNTRY}
_NAMED = {Level.EPCI, Level.EPT, Level.DEPARTEMENT, Level.REGION}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a thing is: the territory that names it, and the refs by which it is found."""

    territory: str = ""
    territory_ref: str = ""
    scopes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    words: str = ""
    """Names of its territories and of those that contain them."""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"


def by_thing(links: Iterable[tuple[int, int]]) -> defaultdict[int, list[int]]:
    """Ids of territories by id of the thing that is there."""
    territories: defaultdict[int, list[int]] = defaultdict(list)
    for thing, territory in links:
        territories[thing].append(territory)
    return territories


@dataclass(slots=True)
class Places:
    """Territories by id, and the ids of those that contain them."""

    territories: dict[int, Territory] = field(default_factory=dict)
    parents: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Places":
        wanted, places = set(ids), cls()
        for child, parent in Membership.objects.filter(child__in=wanted).values_list("child_id", "parent_id"):
            places.parents[child].append(parent)
        needed = wanted.union(*places.parents.values())
        fields = ("pk", "level", "code", "name", "latitude", "longitude", "precision")
        places.territories = Territory.objects.only(*fields).in_bulk(list(needed))
        return places

    def whereabouts(self, ids: Sequence[int]) -> Whereabouts:
        """For a thing in these territories; the smallest one, then the first given, names the place."""
        own = [self.territories[pk] for pk in dict.fromkeys(ids) if pk in self.territories]
        if not own:
            return Whereabouts()
        own.sort(key=lambda each: _FINENESS[each.level])
        above = dict.fromkeys(pk for each in own for pk in self.parents.get(each.pk, ()))
        everything = [*own, *(self.territories[pk] for pk in above if pk in self.territories)]
        main = own[0]
        located = main.level not in _TOO_WIDE
        return Whereabouts(
            territory=main.name,
            territory_ref=main.ref,
            scopes=tuple(dict.fromkeys(each.ref for each in everything)),
            regions=_codes(everything, Level.REGION),
            departements=_codes(everything, Level.DEPARTEMENT),
            words=" ".join(dict.fromkeys(each.name for each in everything if each in own or each.level in _NAMED)),
            latitude=main.latitude if located else None,
            longitude=main.longitude if located else None,
            precision=main.precision if located else Precision.UNKNOWN.value,
        )


def _codes(territories: Iterable[Territory], level: Level) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.code for each in territories if each.level == level))
