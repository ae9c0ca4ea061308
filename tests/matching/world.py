"""Small worlds of matching, and the same answers reckoned one by one, in plain Python, from the README's formulas."""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from fairealliance.lib.geo import haversine_km
from fairealliance.matching.asking import Asker
from fairealliance.matching.bits import ALL_SPHERES, EXCHANGES, SKILLS_BIT, SPHERES
from fairealliance.matching.columns import NEVER, NO_LIMIT, UNKNOWN_DAY, Places, Scopes, Sites, Units, day, units
from fairealliance.matching.engine import Engine
from fairealliance.matching.policy import Policy, current

TODAY = date(2026, 11, 21)
POLICY = current()

# 0 France, 1 région, 2 département, 3 EPCI, 4 and 5 its communes, 6 a commune of the région only; 7 is remote.
PLACES = Places(
    [10, 11, 12, 13, 14, 15, 16],
    ["pays", "region", "departement", "epci", "commune", "commune", "commune"],
    ["France", "Auvergne", "Loire", "Saint-Étienne Métropole", "Saint-Étienne", "Firminy", "Lyon"],
    {
        11: [10],
        12: [11, 10],
        13: [12, 11, 10],
        14: [13, 12, 11, 10],
        15: [13, 12, 11, 10],
        16: [11, 10],
    },
)


@dataclass(frozen=True)
class One:
    """A unit with its places."""

    owner: int
    seeks: int = 0
    brings: int = 0
    goals: int = 0
    themes: tuple[int, int] = (0, 0)
    skills_sought: int = 0
    skills_brought: int = 0
    sphere: int = 1
    welcomes: int = ALL_SPHERES
    opens: int = 0
    closes: int = NEVER
    room: int = NO_LIMIT
    network_only: bool = False
    invented: bool = False
    told_on: int = UNKNOWN_DAY
    asked: int = 0
    answered: int = 0
    sites: tuple[tuple[float, float, int], ...] = ()
    scopes: tuple[int, ...] = ()


def columns(some: list[One]) -> tuple[Units, Sites, Scopes]:
    names = [name for name in One.__dataclass_fields__ if name not in ("owner", "sites", "scopes", "themes")]
    held = units(
        [one.owner for one in some],
        themes=[one.themes for one in some] or 0,
        **{name: [getattr(one, name) for one in some] for name in names},
    )
    sites = [(i, *site) for i, one in enumerate(some) for site in one.sites]
    return held, Sites.of(sites), Scopes.of([(i, place) for i, one in enumerate(some) for place in one.scopes])


def engine(some: list[One], policy: Policy = POLICY, spare: int = 0) -> Engine:
    return Engine.build(*columns(some), PLACES, policy, spare=spare)


# --- One by one -----------------------------------------------------------------------------------


def gates(one: One, asker: Asker, policy: Policy = POLICY) -> set[str]:
    """Those that stay shut, but for territory."""
    shut = set()
    today = day(asker.today)
    if not one.opens <= today <= one.closes:
        shut.add("dates")
    shown = policy.gates.shown_to[asker.sphere] & asker.welcomes
    if not shown >> one.sphere & 1 or not one.welcomes >> asker.sphere & 1:
        shut.add("spheres")
    if one.owner == asker.owner or one.owner in asker.excluded:
        shut.add("exclusions")
    if one.room == 0:
        shut.add("capacity")
    if one.network_only and not asker.in_network:
        shut.add("audience")
    if one.invented != asker.invented:
        shut.add("world")
    return shut


def nearness(one: One, asker: Asker, policy: Policy = POLICY) -> list[tuple[float, bool]]:
    """One value per place where it can be shown, and whether that is wide."""
    radius = asker.radius_km or policy.gates.radius_km
    found = [
        (1 - km / radius, False)
        for latitude, longitude, _place in one.sites
        for point in asker.points
        if (km := haversine_km(*point, latitude, longitude)) <= radius
    ]
    around = PLACES.around(asker.places)
    for place in one.scopes:
        if place in around:
            level = PLACES.levels[place]
            found.append((policy.place[level], level in policy.wide_levels))
    return found


def score(one: One, asker: Asker, near: float, policy: Policy = POLICY) -> float:
    w = policy.weights
    return (
        w.complementarity * complementarity(one, asker, policy)
        + w.goals * closeness(one, asker, policy)
        + w.skills * skills(one, asker)
        + w.place * near
        + w.freshness * freshness(one, asker, policy)
        + w.reliability * (one.answered + policy.prior * policy.strength) / (one.asked + policy.strength)
    )


def complementarity(one: One, asker: Asker, policy: Policy) -> float:
    brings, seeks = one.brings, one.seeks
    if asker.skills_sought and one.skills_brought and not asker.skills_sought & one.skills_brought:
        brings &= ~SKILLS_BIT
    if asker.skills_brought and one.skills_sought and not asker.skills_brought & one.skills_sought:
        seeks &= ~SKILLS_BIT
    got = (brings & asker.seeks).bit_count() / max(asker.seeks.bit_count(), 1)
    given = (seeks & asker.brings).bit_count() / max(seeks.bit_count(), 1)
    if not asker.brings:
        return got
    if not asker.seeks:
        return given
    harmonic = 2 * got * given / (got + given) if got + given else 0.0
    return (1 - policy.reciprocity) * (got + given) / 2 + policy.reciprocity * harmonic


def cosine(ours: int, theirs: int) -> float | None:
    if not ours or not theirs:
        return None
    return (ours & theirs).bit_count() / math.sqrt(ours.bit_count() * theirs.bit_count())


def closeness(one: One, asker: Asker, policy: Policy) -> float:
    goals = cosine(asker.goals, one.goals)
    themes = cosine(asker.themes[0] | asker.themes[1] << 64, one.themes[0] | one.themes[1] << 64)
    if goals is None and themes is None:
        return policy.unknown_goals
    if goals is None or themes is None:
        return goals if themes is None else themes
    return (1 - policy.themes) * goals + policy.themes * themes


def skills(one: One, asker: Asker) -> float:
    sides = [
        (theirs & ours).bit_count() / ours.bit_count()
        for ours, theirs in ((asker.skills_sought, one.skills_brought), (asker.skills_brought, one.skills_sought))
        if ours
    ]
    return sum(sides) / len(sides) if sides else 0.0


def freshness(one: One, asker: Asker, policy: Policy) -> float:
    if one.told_on == UNKNOWN_DAY:
        return policy.unknown_freshness
    return 0.5 ** (max(day(asker.today) - one.told_on, 0) / policy.freshness_half_life_days)


drawn = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine fails no test."""

# --- Drawn worlds ---------------------------------------------------------------------------------

_BITS = st.integers(0, (1 << len(EXCHANGES)) - 1)
_FEW = st.integers(0, 15)
_DAYS = st.integers(-400, 400).map(lambda n: day(TODAY + timedelta(days=n)))
# On a lattice of about 1.1 by 0.8 km: no drawn place lies a metre from the edge of a circle drawn from another.
_POINTS = st.tuples(
    st.integers(0, 60).map(lambda n: round(45.2 + n / 100, 4)),
    st.integers(0, 60).map(lambda n: round(4.1 + n / 100, 4)),
)
_SPHERES = st.integers(0, len(SPHERES))


def ones(owner: int) -> st.SearchStrategy[One]:
    return st.builds(
        One,
        owner=st.just(owner),
        seeks=_BITS,
        brings=_BITS,
        goals=_FEW,
        themes=st.tuples(_FEW, _FEW),
        skills_sought=_FEW,
        skills_brought=_FEW,
        sphere=_SPHERES,
        welcomes=st.sampled_from([ALL_SPHERES, ALL_SPHERES, 0b110]),
        opens=st.sampled_from([0, 0, day(TODAY), day(TODAY) + 1]),
        closes=st.sampled_from([NEVER, NEVER, day(TODAY), day(TODAY) - 1]),
        room=st.sampled_from([NO_LIMIT, NO_LIMIT, 0, 3]),
        network_only=st.sampled_from([False, False, True]),
        invented=st.sampled_from([False, False, False, True]),
        told_on=st.one_of(st.just(UNKNOWN_DAY), _DAYS),
        asked=st.integers(0, 6),
        answered=st.just(0),
        sites=st.lists(st.tuples(st.one_of(_POINTS), st.integers(-1, 6)), max_size=3).map(
            lambda found: tuple((*point, place) for point, place in found)
        ),
        scopes=st.lists(st.integers(0, 7), max_size=2, unique=True).map(tuple),
    ).map(lambda one: replace(one, answered=one.asked // 2))


@st.composite
def worlds(draw: st.DrawFn, at_most: int = 40) -> list[One]:
    """Some owners have two units."""
    owners = draw(st.lists(st.integers(1, 30), max_size=at_most))
    return [draw(ones(owner)) for owner in owners]


askers = st.builds(
    Asker,
    owner=st.integers(1, 40),
    today=st.just(TODAY),
    points=st.lists(_POINTS, max_size=2).map(tuple),
    places=st.lists(st.integers(4, 6), max_size=1).map(tuple),
    radius_km=st.sampled_from([None, 7.3, 23.7]),
    seeks=_BITS,
    brings=_BITS,
    goals=_FEW,
    themes=st.tuples(_FEW, _FEW),
    skills_sought=_FEW,
    skills_brought=_FEW,
    sphere=_SPHERES,
    welcomes=st.sampled_from([ALL_SPHERES, 0b1110]),
    in_network=st.booleans(),
    invented=st.sampled_from([False, False, False, True]),
    excluded=st.frozensets(st.integers(1, 30), max_size=4),
    limit=st.integers(1, 12),
)
