"""Gates decide who can be shown. Nothing here knows of a weight, and nothing of `ranking` opens a gate.

Each gate is a conjunction: asking for more (a smaller radius, one more exclusion, fewer spheres) only ever closes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairealliance.matching.asking import Asker
from fairealliance.matching.columns import Floats, Ints, day
from fairealliance.matching.policy import Policy
from fairealliance.matching.rows import INVENTED, NETWORK, ROOM, WELCOMES, Rows, chord

NAMES = ("territory", "dates", "spheres", "exclusions", "capacity", "audience")


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gates let through for one who asks."""

    spheres: int
    must: int
    """Bits of `tags` that are looked at, and in `are` what they must be."""
    are: int
    today: int
    excluded: Ints
    reach: float
    """Square of the chord."""

    @classmethod
    def of(cls, asker: Asker, policy: Policy) -> "Gate":
        welcomed = 1 << (WELCOMES + asker.sphere)
        return cls(
            spheres=policy.gates.shown_to[asker.sphere] & asker.welcomes,
            must=welcomed | ROOM | INVENTED | (0 if asker.in_network else NETWORK),
            are=welcomed | ROOM | (INVENTED if asker.invented else 0),
            today=day(asker.today),
            excluded=np.array(sorted({asker.owner, *asker.excluded}), np.int64),
            reach=chord(radius(asker, policy)) ** 2,
        )

    def open_to(self, rows: Rows, at: slice | NDArray[np.intp]) -> NDArray[np.bool_]:
        """All but territory and exclusions, for each row."""
        tags = rows.tags[at]
        opened = (tags & np.uint32(self.spheres)) != 0
        opened &= (tags & np.uint32(self.must)) == self.are
        opened &= rows.opens[at] <= self.today
        opened &= rows.closes[at] >= self.today
        return opened

    def within(self, rows: Rows, at: slice, point: tuple[np.float32, ...]) -> tuple[NDArray[np.bool_], Floats]:
        """Which rows lie within reach of the point, and the square of the chord to each."""
        far = rows.x[at] - point[0]
        far *= far
        for column, value in ((rows.y, point[1]), (rows.z, point[2])):
            gap = column[at] - value
            gap *= gap
            far += gap
        return far <= np.float32(self.reach), far

    def admits(self, owners: Ints) -> NDArray[np.bool_]:
        """Exclusions."""
        if len(self.excluded) == 1:
            return owners != self.excluded[0]
        return ~np.isin(owners, self.excluded)


def radius(asker: Asker, policy: Policy) -> float:
    """Raises ValueError, in French, for one that is no distance."""
    km = policy.gates.radius_km if asker.radius_km is None else asker.radius_km
    if not 0 < km <= policy.gates.radius_at_most_km:
        raise ValueError(f"Le rayon doit être positif, et d’au plus {policy.gates.radius_at_most_km:.0f} km.")
    return km
