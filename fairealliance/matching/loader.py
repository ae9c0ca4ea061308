"""Columns from the database: organisations as they are known today.

What one seeks and brings, whom it welcomes, and when it last said so, its profile tells, then each of its needs and
offers that is open, a unit of its own. Where there is none those columns are left empty, and suggestions say so.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
from django.db.models import QuerySet

from fairealliance.goals import skills
from fairealliance.matching.asking import LIMIT, Asker
from fairealliance.matching.bits import (
    ALL_SPHERES,
    EXCHANGES,
    SKILLS_BIT,
    SPHERES,
    exchange_bits,
    goal_bits,
    sphere_bits,
    sphere_index,
    theme_bits,
)
from fairealliance.matching.columns import (
    NEVER,
    NO_LIMIT,
    TELLS_BRINGS,
    TELLS_SEEKS,
    UNKNOWN_DAY,
    Places,
    Scopes,
    Sites,
    Units,
    day,
    units,
)
from fairealliance.matching.room import left
from fairealliance.needs.enums import Visibility
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Establishment, Organisation, OrganisationTerritory, Profile
from fairealliance.organisations.profiles.skills import brought, sought
from fairealliance.territories.editions import PerEdition
from fairealliance.territories.models import Membership, Territory

_AT_ONCE = 2_000
_CHUNK = 20_000
_MOST_COUNTED = 65_535
_OF_PROFILE = (
    "organisation_id",
    "seeks",
    "seeks_words",
    "brings",
    "brings_words",
    "skills",
    "capacity",
    "welcomes",
    "told_at",
)
_FIELDS = ("pk", "sphere", "goals", "themes", "seat_id", "latitude", "longitude", "closed_on", "is_demo")


Answers = Callable[[Sequence[int]], Mapping[int, tuple[int, int]]]
_answers: list[Answers] = []


def register_answers(counted: Answers) -> None:
    """Have `counted(organisations)` tell of each how many requests it got, and how many of them it answered. For the
    higher room that knows; what changes there is told to the outbox under the organisation.
    """
    _answers[:] = [counted]


@dataclass
class Loaded:
    """Columns in the making."""

    owner: list[int] = field(default_factory=list)
    key: list[int] = field(default_factory=list)
    sphere: list[int] = field(default_factory=list)
    goals: list[int] = field(default_factory=list)
    themes: list[tuple[int, int]] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    invented: list[bool] = field(default_factory=list)
    said: list["Said"] = field(default_factory=list)
    answers: dict[int, tuple[int, int]] = field(default_factory=dict)
    room: dict[int, int] = field(default_factory=dict)
    """Of owners that set a limit."""
    sites: list[tuple[int, float, float, int]] = field(default_factory=list)
    scopes: list[tuple[int, int]] = field(default_factory=list)

    def columns(self) -> tuple[Units, Sites, Scopes]:
        told = units(
            self.owner,
            key=self.key,
            sphere=self.sphere,
            goals=np.array(self.goals, np.uint64),
            themes=np.array(self.themes, np.uint64).reshape(-1, 2),
            closes=self.closes,
            seeks=[each.seeks for each in self.said],
            brings=[each.brings for each in self.said],
            skills_sought=np.array([each.skills_sought for each in self.said], np.uint64),
            skills_brought=np.array([each.skills_brought for each in self.said], np.uint64),
            room=[self.room.get(owner, NO_LIMIT) for owner in self.owner],
            welcomes=[each.welcomes for each in self.said],
            told_on=[each.told_on for each in self.said],
            network_only=[each.network_only for each in self.said],
            invented=self.invented,
            tells=self._tells(),
            asked=[min(self.answers.get(owner, (0, 0))[0], _MOST_COUNTED) for owner in self.owner],
            answered=[min(self.answers.get(owner, (0, 0))[1], _MOST_COUNTED) for owner in self.owner],
        )
        return told, Sites.of(self.sites), Scopes.of(self.scopes)

    def _tells(self) -> list[int]:
        """By unit, what its owner says in any of them that all may read."""
        found: dict[int, int] = defaultdict(int)
        for owner, said in zip(self.owner, self.said, strict=True):
            if not said.network_only:
                found[owner] |= (TELLS_SEEKS if said.seeks else 0) | (TELLS_BRINGS if said.brings else 0)
        return [found[owner] for owner in self.owner]


@dataclass(frozen=True, slots=True)
class Said:
    """What a profile, a need or an offer tells, as the columns hold it."""

    seeks: int = 0
    brings: int = 0
    skills_sought: int = 0
    skills_brought: int = 0
    capacity: int | None = None
    welcomes: int = ALL_SPHERES
    told_on: int = UNKNOWN_DAY
    network_only: bool = False


_NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Geography:
    """Territories, and the point of each by id."""

    places: Places
    points: dict[int, tuple[float, float]]


def _geography() -> Geography:
    parents: dict[int, list[int]] = defaultdict(list)
    links = Membership.objects.order_by("pk").values_list("child_id", "parent_id")
    for child, parent in links.iterator(chunk_size=_CHUNK):
        parents[child].append(parent)
    rows = list(Territory.objects.order_by("pk").values_list("pk", "level", "name", "latitude", "longitude"))
    places = Places([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], parents)
    points = {pk: (lat, lon) for pk, _level, _name, lat, lon in rows if lat is not None and lon is not None}
    return Geography(places, points)


geography = PerEdition(_geography, "reference", "coordinates")
"""`geography.get()`: of the territories that are loaded."""


def load(known: Geography, ids: Sequence[int] | None = None) -> Loaded:
    """All organisations, or those of these ids that exist; six queries for every two thousand, and those of
    the higher rooms.
    """
    loaded = Loaded()
    for rows in _batches(ids):
        numbers = {row[0]: len(loaded.owner) + i for i, row in enumerate(rows)}
        for counted in _answers:
            loaded.answers |= counted(list(numbers))
        sites, scopes, profiles = _sites(rows, known), _scopes(numbers), _profiles(numbers)
        loaded.room |= _room(profiles)
        for pk, sphere, goals, themes, _seat, _lat, _lon, closed_on, is_demo in rows:
            loaded.owner.append(pk)
            loaded.key.append(0)
            loaded.sphere.append(sphere_index(sphere))
            loaded.goals.append(goal_bits(_listed(goals)))
            loaded.themes.append(theme_bits(_listed(themes)))
            loaded.closes.append(NEVER if closed_on is None else day(closed_on - timedelta(days=1)))
            loaded.invented.append(bool(is_demo))
            loaded.said.append(profiles.get(pk, _NOTHING))
            for latitude, longitude, territory in sites[pk]:
                loaded.sites.append((numbers[pk], latitude, longitude, known.places.index.get(territory or 0, -1)))
            for territory in scopes[pk]:
                if territory in known.places.index:
                    loaded.scopes.append((numbers[pk], known.places.index[territory]))
        _add_needs(loaded, rows, known, profiles)
    return loaded


def _add_needs(
    loaded: Loaded, rows: Sequence[tuple[Any, ...]], known: Geography, profiles: Mapping[int, "Said"]
) -> None:
    """Units of those that are open; what goes by link is shown to nobody. Two queries."""
    owners = {row[0]: row for row in rows}
    needs = list(_open_needs(owners))
    where: dict[int, list[int]] = defaultdict(list)
    links = Need.territories.through.objects.filter(need__in=[need.pk for need in needs]).order_by("pk")
    for pk, territory in links.values_list("need_id", "territory_id"):
        where[pk].append(territory)
    for need in needs:
        number, owner = len(loaded.owner), owners[need.organisation_id]
        loaded.owner.append(need.organisation_id)
        loaded.key.append(need.pk)
        loaded.sphere.append(sphere_index(owner[1]))
        loaded.goals.append(goal_bits(need.goals))
        loaded.themes.append(theme_bits(need.themes))
        closed_on = owner[7]
        ends = [end for end in (need.expires_on, closed_on and closed_on - timedelta(days=1)) if end]
        loaded.closes.append(day(min(ends)))
        loaded.invented.append(bool(owner[8]))
        loaded.said.append(_said_by(need, profiles.get(need.organisation_id, _NOTHING)))
        for territory in where[need.pk]:
            index = known.places.index.get(territory)
            if index is None:
                continue
            loaded.scopes.append((number, index))
            if territory in known.points and known.places.levels[index] in _NEAR:
                loaded.sites.append((number, *known.points[territory], index))
        if need.is_remote:
            loaded.scopes.append((number, known.places.remote))


def _open_needs(owners: Iterable[int]) -> "QuerySet[Need]":
    shown = Need.objects.listed().exclude(visibility=Visibility.LINK).filter(organisation__in=list(owners))
    return shown.defer("content", "conditions", "challenge").order_by("pk")


def _said_by(need: Need, profile: "Said") -> "Said":
    kind = exchange_bits([need.exchange])
    told = skills.read(f"{need.title}.\n{need.description}") if kind == SKILLS_BIT else 0
    return Said(
        seeks=kind if need.is_need else 0,
        brings=0 if need.is_need else kind,
        skills_sought=told if need.is_need else 0,
        skills_brought=0 if need.is_need else told,
        welcomes=profile.welcomes,
        told_on=day(need.told_at.date() if need.told_at else None),
        network_only=need.visibility == Visibility.NETWORK,
    )


def asker(known: Geography, organisation_id: int, today: date, limit: int = LIMIT) -> Asker:
    """An organisation as it asks. Raises Organisation.DoesNotExist."""
    found = askers(known, [organisation_id], today, limit)
    if not found:
        raise Organisation.DoesNotExist
    return found[organisation_id]


def askers(
    known: Geography, ids: Sequence[int], today: date, limit: int = LIMIT, *, in_network: bool = True
) -> dict[int, Asker]:
    """Those of these that exist, by id; `in_network`: with what they tell to members only. Six queries."""
    rows = list(Organisation.objects.filter(pk__in=ids).order_by("pk").values_list(*_FIELDS))
    numbers = [row[0] for row in rows]
    sites, scopes, profiles = _sites(rows, known), _scopes(numbers), _profiles(numbers)
    told: dict[int, list[Said]] = defaultdict(list)
    for need in _open_needs(numbers):
        said = _said_by(need, profiles.get(need.organisation_id, _NOTHING))
        if _is_now(need, today) and (in_network or not said.network_only):
            told[need.organisation_id].append(said)
    room = _room(profiles)
    found: dict[int, Asker] = {}
    for row in rows:
        pk, sphere, goals, themes, seat, *_rest = row
        said = profiles.get(pk, _NOTHING)
        found[pk] = Asker(
            owner=pk,
            today=today,
            points=tuple((latitude, longitude) for latitude, longitude, _territory in sites[pk]),
            places=_places(known, sites[pk], scopes[pk], seat),
            areas=_areas(known, scopes[pk]),
            goals=goal_bits(_listed(goals)),
            themes=theme_bits(_listed(themes)),
            seeks=_any(each.seeks for each in (said, *told[pk])),
            brings=_any(each.brings for each in (said, *told[pk])),
            skills_sought=_any(each.skills_sought for each in (said, *told[pk])),
            skills_brought=_any(each.skills_brought for each in (said, *told[pk])),
            room=room.get(pk, NO_LIMIT),
            welcomes=said.welcomes,
            sphere=sphere_index(sphere),
            in_network=in_network,
            invented=bool(row[8]),
            limit=limit,
        )
    return found


def _places(
    known: Geography, sites: Sequence[tuple[float, float, int | None]], scopes: Sequence[int], seat: int | None
) -> tuple[int, ...]:
    """Who acts in a commune is there; who acts in a région is not in each of its communes."""
    index, levels = known.places.index, known.places.levels
    where = [territory for _lat, _lon, territory in sites] + ([seat] if seat else [])
    where += [pk for pk in scopes if pk in index and levels[index[pk]] in _NEAR]
    return tuple(dict.fromkeys(index[each] for each in where if each in index))


def _areas(known: Geography, scopes: Sequence[int]) -> tuple[int, ...]:
    """Who acts in a whole région is of use to whoever is there, and may be shown them."""
    index, levels = known.places.index, known.places.levels
    return tuple(index[pk] for pk in scopes if pk in index and levels[index[pk]] not in _NEAR)


def asker_of_need(known: Geography, need: Need, today: date, limit: int = LIMIT) -> Asker:
    """A need or an offer as it asks: its own words and places, its organisation's place when it names none."""
    whole = asker(known, need.organisation_id, today, limit)
    said = _said_by(need, _NOTHING)
    index = known.places.index
    where = [pk for pk in need.territories.order_by("pk").values_list("pk", flat=True) if pk in index]
    near = [pk for pk in where if known.places.levels[index[pk]] in _NEAR]
    return replace(
        whole,
        points=tuple(known.points[pk] for pk in near if pk in known.points) if where else whole.points,
        places=tuple(index[pk] for pk in near) if where else whole.places,
        areas=_areas(known, where) if where else whole.areas,
        goals=goal_bits(need.goals),
        themes=theme_bits(need.themes),
        seeks=said.seeks,
        brings=said.brings,
        skills_sought=said.skills_sought,
        skills_brought=said.skills_brought,
    )


def _room(profiles: Mapping[int, Said]) -> dict[int, int]:
    return left({pk: said.capacity for pk, said in profiles.items() if said.capacity is not None})


def _is_now(need: Need, today: date) -> bool:
    return need.expires_on is not None and need.expires_on >= today


def _any(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


_NEAR = ("commune", "commune-deleguee", "commune-associee", "arrondissement-municipal", "epci", "ept")


def _batches(ids: Sequence[int] | None) -> Iterator[list[tuple[Any, ...]]]:
    found = Organisation.objects.order_by("pk").values_list(*_FIELDS)
    if ids is not None:
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), _AT_ONCE):
            yield list(found.filter(pk__in=wanted[start : start + _AT_ONCE]))
        return
    last = 0
    while rows := list(found.filter(pk__gt=last)[:_AT_ONCE]):
        yield rows
        last = rows[-1][0]


_Points = dict[int, list[tuple[float, float, int | None]]]


def _sites(rows: Sequence[tuple[Any, ...]], known: Geography) -> _Points:
    """Its own point and those of its establishments, each once; failing any, that of the commune of its seat."""
    points: _Points = defaultdict(list)
    seats = {}
    for pk, _sphere, _goals, _themes, seat, latitude, longitude, _closed, _is_demo in rows:
        seats[pk] = seat
        if latitude is not None and longitude is not None:
            points[pk].append((latitude, longitude, seat))
    established = Establishment.objects.filter(
        organisation_id__in=list(seats), latitude__isnull=False, longitude__isnull=False
    ).order_by("-is_seat", "siret", "pk")
    for pk, latitude, longitude, territory in established.values_list(
        "organisation_id", "latitude", "longitude", "territory_id"
    ):
        assert latitude is not None
        assert longitude is not None
        if (latitude, longitude) not in [point[:2] for point in points[pk]]:
            points[pk].append((latitude, longitude, territory))
    for pk, seat in seats.items():
        if not points[pk] and seat in known.points:
            points[pk].append((*known.points[seat], seat))
    return points


def _scopes(ids: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    links = OrganisationTerritory.objects.filter(organisation_id__in=list(ids)).order_by("pk")
    for pk, territory in links.values_list("organisation_id", "territory_id"):
        found[pk].append(territory)
    return found


def _profiles(ids: Iterable[int]) -> dict[int, Said]:
    told = Profile.objects.filter(organisation__in=list(ids)).order_by("pk")
    return {profile.organisation_id: _said_of(profile) for profile in told.only(*_OF_PROFILE)}


def _said_of(profile: Profile) -> Said:
    welcomes = [each for each in profile.welcomes if each in SPHERES]
    return Said(
        seeks=exchange_bits(each for each in profile.seeks if each in EXCHANGES),
        brings=exchange_bits(each for each in profile.brings if each in EXCHANGES),
        skills_sought=sought(profile.seeks, profile.seeks_words),
        skills_brought=brought(profile.skills, profile.brings, profile.brings_words),
        capacity=profile.capacity,
        # Whoever names no sphere welcomes all; one that is not known is turned away by nobody.
        welcomes=sphere_bits([*welcomes, ""]) if profile.welcomes else ALL_SPHERES,
        told_on=day(profile.told_at.date()),
    )


def _listed(value: Any) -> list[Any]:
    """A list of JSON, however the database's driver gives it."""
    held = json.loads(value) if isinstance(value, str) else value
    return held if isinstance(held, list) else []
