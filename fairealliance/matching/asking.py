"""What is asked of the engine: for whom, around where, on which day."""

from dataclasses import dataclass
from datetime import date

from fairealliance.matching.bits import ALL_SPHERES, UNKNOWN_SPHERE
from fairealliance.matching.columns import NO_LIMIT

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Asker:
    """An organisation, one of its needs or offers, or (with `areas` alone) a whole territory."""

    owner: int
    """Never suggested to itself; 0 for a territory."""
    today: date
    points: tuple[tuple[float, float], ...] = ()
    """Latitude and longitude, in degrees, of the places it asks from."""
    places: tuple[int, ...] = ()
    """Territories (indices in Places) where it is: who acts in one, or in one that contains it, can be shown."""
    areas: tuple[int, ...] = ()
    """Territories to be looked at whole: départements, régions, countries where it acts; those of whoever looks."""
    looks_on: bool = False
    """Whether `areas` are those of whoever looks, a third; else it acts there."""
    radius_km: float | None = None
    """None for the policy's."""
    seeks: int = 0
    brings: int = 0
    goals: int = 0
    themes: tuple[int, int] = (0, 0)
    skills_sought: int = 0
    skills_brought: int = 0
    sphere: int = UNKNOWN_SPHERE
    welcomes: int = ALL_SPHERES
    in_network: bool = True
    """Whether those who show themselves to members only may be shown."""
    invented: bool = False
    """Who is made up is shown to whoever is, and to nobody else."""
    excluded: frozenset[int] = frozenset()
    """Owners said "not for us", by either side, or already in touch."""
    room: int = NO_LIMIT
    """How many more it can take: whoever can take none asks, and is told that it is shown to nobody."""
    limit: int = LIMIT
