"""The territories of things, with all that contain them: kept from one batch to the next while they hold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fairealliance.lib import bulk
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.enums import Level, Precision
from fairealliance.territories.models import Membership, Territory

# The smaller a territory, the better it says where something is.
_FINENESS = {level: rank for rank, level in enumerate(Level.values)}
# The middle of a département or a région is nobody's address: it would be told as a distance.
_TOO_WIDE = {Level.DEPARTEMENT, Level.REGION, Level.COUNTRY}
_NAMED = {Level.EPCI, Level.EPT, Level.DEPARTEMENT, Level.REGION}
_REMEMBERED = 50_000
_MANY = 500  # unknown at once


class Whereabouts(NamedTuple):
    """Where a thing is: the territory that names it, and the refs by which it is found."""

    territory: str = ""
    territory_ref: str = ""
    scopes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Of its territories and of those that contain them."""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"


class Refs(NamedTuple):
    """What territories give to a Whereabouts."""

    scopes: tuple[str, ...]
    regions: tuple[str, ...]
    departements: tuple[str, ...]
    names: tuple[str, ...]


class Place(NamedTuple):
    """The columns of a territory that say something here, under the names of the table."""

    id: int
    level: str
    code: str
    name: str
    latitude: float | None
    longitude: float | None
    precision: str

    @property
    def ref(self) -> str:
        return f"{self.level}:{self.code}"


@dataclass(slots=True)
class Places:
    """Territories by id, and the ids of those that contain them."""

    territories: dict[int, Place] = field(default_factory=dict)
    parents: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _told: dict[tuple[int, ...], Whereabouts] = field(default_factory=dict)
    _around: dict[tuple[int, ...], Refs] = field(default_factory=dict)  # communes of one EPCI and département share it

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Places":
        """Where `whereabouts` can be asked of territories among `ids`. Three queries at most, one when all is known."""
        places = _kept.get()
        places._learn({pk for pk in ids if pk not in places.parents})
        return places

    def _learn(self, wanted: set[int]) -> None:
        if not wanted:
            return
        if len(wanted) > _MANY:
            self._learn_all()
            self.parents.update((pk, ()) for pk in wanted.difference(self.parents))  # asked once, though unknown
            return
        above: defaultdict[int, list[int]] = defaultdict(list)
        for child, parent in bulk.select_in(Membership, ("child_id", "parent_id"), "child_id", wanted):
            above[child].append(parent)
        needed = wanted.union(*above.values()).difference(self.territories)
        found = map(Place._make, bulk.select_in(Territory, Place._fields, "id", needed))
        self.territories.update((place.id, place) for place in found)
        self.parents.update((pk, tuple(sorted(above[pk]))) for pk in wanted)

    def _learn_all(self) -> None:
        """An import from all over the country asks for new ones in each batch: read once, they cost less."""
        above: defaultdict[int, list[int]] = defaultdict(list)
        for child, parent in bulk.select_all(Membership, ("child_id", "parent_id")):
            above[child].append(parent)
        self.territories.update(
            (place.id, place) for place in map(Place._make, bulk.select_all(Territory, Place._fields))
        )
        self.parents.update((pk, tuple(sorted(above.get(pk, ())))) for pk in self.territories)

    def whereabouts(self, ids: Sequence[int]) -> Whereabouts:
        """For a thing in these territories; the smallest one, then the first given, names the place."""
        key = tuple(ids)
        told = self._told.get(key)
        if told is None:
            if len(self._told) > _REMEMBERED:
                self._told.clear()
                self._around.clear()
            told = self._told[key] = self._tell(key)
        return told

    def _tell(self, ids: tuple[int, ...]) -> Whereabouts:
        own = [self.territories[pk] for pk in dict.fromkeys(ids) if pk in self.territories]
        if not own:
            return Whereabouts()
        own.sort(key=lambda each: _FINENESS[each.level])
        mine = {each.id for each in own}
        above = tuple(dict.fromkeys(pk for each in own for pk in self.parents.get(each.id, ()) if pk not in mine))
        around = self._around.get(above)
        if around is None:
            held = [self.territories[pk] for pk in above if pk in self.territories]
            around = self._around[above] = _refs(held, [each for each in held if each.level in _NAMED])
        refs = _refs(own, own)
        main = own[0]
        located = main.level not in _TOO_WIDE
        return Whereabouts(
            territory=main.name,
            territory_ref=main.ref,
            scopes=refs.scopes + around.scopes,
            regions=refs.regions + around.regions,
            departements=refs.departements + around.departements,
            names=tuple(dict.fromkeys(refs.names + around.names)),
            latitude=main.latitude if located else None,
            longitude=main.longitude if located else None,
            precision=main.precision if located else Precision.UNKNOWN.value,
        )


def _refs(territories: Sequence[Place], named: Sequence[Place]) -> Refs:
    return Refs(
        tuple([each.ref for each in territories]),
        _codes(territories, Level.REGION.value),
        _codes(territories, Level.DEPARTEMENT.value),
        tuple([each.name for each in named]),
    )


def _codes(territories: Iterable[Place], level: str) -> tuple[str, ...]:
    return tuple([each.code for each in territories if each.level == level])


_kept: PerEdition[Places] = PerEdition(Places, "reference", "coordinates")
