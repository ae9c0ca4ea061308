"""Which case of the base resembles what two organisations could do: its goals, its themes, its place, its spheres."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.matching.asking import Asker
from fairealliance.matching.bits import goal_bits, goals, sphere_index, theme_bits, themes
from fairealliance.matching.columns import GOALS as GOAL_BITS
from fairealliance.matching.columns import THEMES as THEME_BITS
from fairealliance.matching.engine import Engine, Suggestion
from fairealliance.practices.models import Practice, PracticePartner, PracticeTerritory


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the base that resembles what both could do."""

    key: int
    title: str
    url: str
    why: str


_THEME, _GOAL, _SPHERE, _PLACE = 3, 1, 2, 2
"""What a theme, a goal, a sphere or a territory in common weighs. Without a theme or goal in common, nothing does."""


@dataclass(frozen=True)
class Cases:
    """All published cases, invented ones apart, as columns: `read` takes a fraction of a second for a few thousand."""

    keys: NDArray[np.int64]
    goals: NDArray[np.uint64]
    themes: NDArray[np.uint64]
    spheres: NDArray[np.uint64]
    territories: dict[int, list[int]]
    """Territory → places in the columns."""

    @classmethod
    def read(cls) -> "Cases":
        rows = list(Practice.objects.filter(is_demo=False).order_by("pk").values_list("pk", "goals", "themes"))
        at = {row[0]: i for i, row in enumerate(rows)}
        spheres = np.zeros(len(rows), np.uint64)
        for practice, sphere in PracticePartner.objects.exclude(sphere="").values_list("practice_id", "sphere"):
            if practice in at:
                spheres[at[practice]] |= np.uint64(1 << sphere_index(sphere))
        territories: dict[int, list[int]] = defaultdict(list)
        for practice, territory in PracticeTerritory.objects.values_list("practice_id", "territory_id"):
            if practice in at:
                territories[territory].append(at[practice])
        return cls(
            keys=np.array([row[0] for row in rows], np.int64),
            goals=np.array([goal_bits(row[1]) for row in rows], np.uint64),
            themes=np.array([theme_bits(row[2]) for row in rows], np.uint64).reshape(-1, 2),
            spheres=spheres,
            territories=dict(territories),
        )

    def nearest(
        self, of_goals: int, of_themes: tuple[int, int], territories: Sequence[int], spheres: tuple[int, int]
    ) -> "Near | None":
        """The case with most in common, the latest of equals; None without a goal or theme in common."""
        if not len(self.keys):
            return None
        common = np.bitwise_count(self.themes & np.array(of_themes, np.uint64)).sum(axis=1) * _THEME
        common = common + np.bitwise_count(self.goals & np.uint64(of_goals)) * _GOAL
        points = common.astype(np.int64)
        wanted = sum(1 << each for each in set(spheres) if each)
        points += np.bitwise_count(self.spheres & np.uint64(wanted)) * _SPHERE
        here = [i for territory in territories for i in self.territories.get(territory, ())]
        points[np.unique(np.array(here, np.intp))] += _PLACE
        points[common == 0] = 0
        best = len(points) - 1 - int(np.argmax(points[::-1]))
        return Near(int(self.keys[best]), self._why(best, of_goals, of_themes)) if points[best] else None

    def _why(self, i: int, of_goals: int, of_themes: tuple[int, int]) -> str:
        first, second = self.themes[i].tolist()
        shared = [THEMES[slug].name for slug in themes((first & of_themes[0], second & of_themes[1]))]
        shared += [f"ODD {n} ({GOALS[n].short})" for n in goals(int(self.goals[i]) & of_goals)]
        return _("Même sujet : %s.") % ", ".join(shared)


@dataclass(frozen=True, slots=True)
class Near:
    """A case to be named, and why that one."""

    key: int
    why: str


def cases_of(held: Cases, engine: Engine, asked: Sequence[tuple[Suggestion, Asker]]) -> list[Case | None]:
    """For each, the case that resembles what both have in common; None where none does. One query."""
    found = [_near(held, engine, each, asker) for each, asker in asked]
    told = _named({near.key for near in found if near})
    return [replace(told[near.key], why=near.why) if near and near.key in told else None for near in found]


def _near(held: Cases, engine: Engine, each: Suggestion, asker: Asker) -> Near | None:
    here = [engine.places.keys[place] for place in engine.places.around(asker.places)]
    traits = engine.units.traits[each.unit].tolist()
    first, second = traits[THEME_BITS]
    common = (asker.themes[0] & first, asker.themes[1] & second)
    spheres = (asker.sphere, int(engine.units.sphere[each.unit]))
    return held.nearest(asker.goals & traits[GOAL_BITS], common, here, spheres)


def _named(keys: Iterable[int]) -> dict[int, Case]:
    """With title and address, by key: one query."""
    found = Practice.objects.filter(pk__in=list(keys)).only("pk", "title", "slug").order_by("pk")
    return {case.pk: Case(case.pk, case.title, case.get_absolute_url(), "") for case in found}
