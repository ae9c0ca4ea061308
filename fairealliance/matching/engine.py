"""From one who asks to the list: gates, then ranking, then evening out. Knows neither database nor words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fairealliance.lib.geo import bbox
from fairealliance.matching.asking import Asker
from fairealliance.matching.columns import Floats, Ints, Places, Scopes, Sites, Units, day
from fairealliance.matching.exposure import Accounts, Share, contenders, raised, shares
from fairealliance.matching.gates import Gate, radius
from fairealliance.matching.policy import PARTS, Policy
from fairealliance.matching.ranking import Ranking, lots
from fairealliance.matching.rows import (
    INVENTED,
    NETWORK,
    ROOM,
    Full,
    Rows,
    arc_km,
    arranged,
    chord,
    lay_out,
    on_sphere,
    standing,
)

_FINE = 1e-6
"""Scores closer than that are equal: lots are drawn."""
_MANY = 20_000
"""Rows that are sooner counted whole than sorted out further."""
_SLACK = 1e-5
"""What rounding of float32 could hide."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of the list. `parts` times the policy's weights add up to `score`; `raised` is not in it."""

    owner: int
    unit: int
    score: float
    raised: float
    parts: dict[str, float]
    km: float | None
    """From the nearest point of who asks; None when shown for where it acts."""
    place: int
    """Where its site is, or the territory where it acts; -1 when unknown."""
    seeks: int
    brings: int
    """Without skills that turned out to be others."""
    wide: bool
    """Shown for acting in a whole région, in France or remotely."""


@dataclass(frozen=True, slots=True)
class Found:
    suggestions: tuple[Suggestion, ...]
    shares: tuple[Share, ...]
    """To be added to the accounts if the list is shown."""
    passed: int
    """Places (of organisations) that passed the gates; 0 says that nobody can be shown."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows past the gates of territory, and how near each counts."""

    at: NDArray[np.intp]
    place: Floats

    @classmethod
    def joined(cls, some: list["Candidates"]) -> "Candidates":
        if not some:
            return cls(np.empty(0, np.intp), np.empty(0, np.float32))
        return cls(np.concatenate([one.at for one in some]), np.concatenate([one.place for one in some]))

    def only(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "Candidates":
        if which.dtype == np.bool_:
            which = np.flatnonzero(which)
        return Candidates(self.at.take(which), self.place.take(which))


class Engine:
    """Columns laid out. Answers any number of threads; `standing` follows the day."""

    def __init__(self, units: Units, rows: Rows, places: Places, policy: Policy, *, count: int) -> None:
        """`count` of the units are in use."""
        self.count = count
        self.units, self.rows, self.places, self.policy = units, rows, places, policy
        self._level_place = np.array([policy.place.get(_coarse(level), 0.0) for level in places.levels], np.float32)
        self._wide = np.array([level in policy.wide_levels for level in places.levels], bool)
        self._standing: tuple[date | None, Floats] = (None, np.empty(0, np.float32))

    @classmethod
    def build(
        cls, units: Units, sites: Sites, scopes: Scopes, places: Places, policy: Policy, *, spare: int = 0
    ) -> "Engine":
        """Units are put in the order of their first site: those near one another are read together.

        `spare` units, and four times as many rows, are kept for what `take_in` brings.
        """
        order, sites, scopes = arranged(len(units), sites, scopes)
        units = units.take(order)
        rows = lay_out(units, sites, scopes, 4 * spare)
        return cls(units.padded(spare), rows, places, policy, count=len(order))

    def take_in(self, changed: Ints, units: Units, sites: Sites, scopes: Scopes) -> None:
        """Owners that changed: what is known of them now takes the place of what was. Raises Full, changing nothing."""
        if self.count + len(units) > len(self.units):
            raise Full
        old = np.flatnonzero(np.isin(self.units.owner[: self.count], changed))
        new = slice(self.count, self.count + len(units))
        self.units.put(new, units)
        at = self.rows.append(lay_out(units, sites, scopes), self.count)
        self.count = new.stop
        made_on, values = self._standing
        if made_on is not None:
            values[at] = standing(units, self.policy, made_on)[self.rows.unit[at] - new.start]
        self.rows.bury(old)

    def standing(self, today: date) -> Floats:
        """By row, what freshness and reliability add to a score that day."""
        made_on, values = self._standing
        if made_on != today:
            values = standing(self.units, self.policy, today)[self.rows.unit]
            self._standing = (today, values)
        return values

    def pool(self, asker: Asker) -> "Pool":
        """The best local ones, and the best of those who act wide, best first: more than the list can hold."""
        near, wide = self.candidates(asker)
        ranking = Ranking(asker, self.policy, self.rows, self.units)
        best = Candidates.joined(
            [
                self._best(ranking, near, max(asker.limit, self.policy.exposure.contenders)),
                self._best(ranking, wide, asker.limit),
            ]
        )
        parts = ranking.parts(best.at, best.place)
        scores = self._scores(parts)
        owners = self._owners(best.at)
        order = np.lexsort((best.at, owners, lots(owners, asker.owner), -scores))
        _owners, firsts = np.unique(owners[order], return_index=True)
        kept = order[np.sort(firsts)]
        return Pool(
            ranking=ranking,
            places=self.places,
            best=best.only(kept),
            owners=owners[kept],
            scores=scores[kept],
            parts={name: part[kept] for name, part in parts.items()},
            wide=~self.rows.is_site(best.at[kept]) & self._wide[self.rows.place[best.at[kept]]],
            passed=len(near.at) + len(wide.at),
        )

    # --- Gates ----------------------------------------------------------------------------------

    def candidates(self, asker: Asker) -> tuple[Candidates, Candidates]:
        """All that may be shown, but for exclusions: those around, and those that act wide."""
        gate = Gate.of(asker, self.policy)
        near = [*self._around(asker, gate), *self._inside(asker, gate)]
        wide: list[Candidates] = []
        for place, at in self.rows.acting_in(self.places.around(asker.places)):
            opened = gate.open_to(self.rows, at)
            acting = np.flatnonzero(opened) + at.start if isinstance(at, slice) else at[opened]
            found = Candidates(acting, np.full(len(acting), self._level_place[place], np.float32))
            (wide if self._wide[place] else near).append(found)
        return Candidates.joined(near), Candidates.joined(wide)

    def _around(self, asker: Asker, gate: Gate) -> Iterator[Candidates]:
        km = radius(asker, self.policy)
        across = np.float32(np.sqrt(gate.reach))
        for latitude, longitude in asker.points[: self.policy.gates.points_at_most]:
            x, y, z = on_sphere(np.array([latitude]), np.array([longitude]))
            point = (x[0], y[0], z[0])
            for at in self.rows.in_box(bbox(latitude, longitude, km)):
                within, far = gate.within(self.rows, at, point)
                within &= gate.open_to(self.rows, at)
                passed = np.flatnonzero(within)
                place = np.sqrt(far.take(passed))
                place /= -across
                place += np.float32(1)
                yield Candidates(passed + at.start, place)

    def _inside(self, asker: Asker, gate: Gate) -> Iterator[Candidates]:
        """Sites and scopes in the territories looked at whole, all counted as near as one another."""
        if not asker.areas:
            return
        at = np.flatnonzero(self._is_inside(asker.areas)[self.rows.place[: int(self.rows.end[0])]])
        at = at[gate.open_to(self.rows, at)]
        yield Candidates(at, np.full(len(at), _within_an_area(self.policy), np.float32))

    def telling(self, areas: tuple[int, ...], today: date, *, in_network: bool, invented: bool = False) -> Ints:
        """Who lies in these territories, or acts in them, and says what it seeks or brings: the latest first."""
        rows, used = self.rows, slice(0, int(self.rows.end[0]))
        at = np.flatnonzero(self._is_inside(areas)[rows.place[used]] & ((rows.seeks[used] | rows.brings[used]) != 0))
        tags = rows.tags[at]
        opened = (tags & np.uint32(ROOM | INVENTED)) == (ROOM | (INVENTED if invented else 0))
        opened &= (rows.opens[at] <= day(today)) & (rows.closes[at] >= day(today))
        if not in_network:
            opened &= (tags & np.uint32(NETWORK)) == 0
        at = at[opened]
        owners = self._owners(at)
        order = np.lexsort((lots(owners, 0), -self.units.told_on[rows.unit[at]].astype(np.int32)))
        _owners, firsts = np.unique(owners[order], return_index=True)
        return owners[order[np.sort(firsts)]]

    def _is_inside(self, areas: tuple[int, ...]) -> NDArray[np.bool_]:
        """By place, whether it is one of `areas` or lies in one; the last, for rows of no known place (-1), is not."""
        return np.append(self.places.within(areas), False)

    # --- Ranking --------------------------------------------------------------------------------

    def _best(self, ranking: Ranking, among: Candidates, count: int) -> Candidates:
        """The best row of each of the `count` best organisations, but for those too low to be contenders."""
        gate = Gate.of(ranking.asker, self.policy)
        early = ranking.early(among.at, among.place, self.standing(ranking.asker.today))
        among, scores, floor = self._within_reach(ranking, gate, among, early, count)
        high = np.flatnonzero(scores >= np.float32(floor - _SLACK))
        among, scores = among.only(high), scores[high]
        wanted = 3 * count
        while True:
            some = _first(scores, wanted)
            best = self._one_each(ranking.asker, among.only(some), scores[some], count)
            if len(best.at) == count or len(some) == len(scores):
                return best
            wanted *= 4

    def _within_reach(
        self, ranking: Ranking, gate: Gate, among: Candidates, early: Floats, count: int
    ) -> tuple[Candidates, Floats, float]:
        """Those that could be among the best, their scores, and the floor under which nobody is waited for.

        `late` adds a known amount at the most: what lies lower than that under the floor can wait for ever. The more
        are counted whole, the higher the floor: more are, until few are left.
        """
        counted = 4 * count
        while counted < len(early):
            kept = _first(early, counted)
            some, scores = self._whole(ranking, gate, among.only(kept), early[kept])
            floor = self._floor(ranking, some, scores, count)
            reachable = early >= np.float32(floor - ranking.late_at_most - _SLACK)
            left = int(np.count_nonzero(reachable))
            if left <= len(kept):
                return some, scores, floor
            if left <= _MANY:
                kept = np.flatnonzero(reachable)
                return *self._whole(ranking, gate, among.only(kept), early[kept]), floor
            counted *= 8
        return *self._whole(ranking, gate, among, early), -np.inf

    def _floor(self, ranking: Ranking, some: Candidates, scores: Floats, count: int) -> float:
        """What the `count`-th organisation has; or, if higher, what a contender must have (see `exposure`)."""
        if len(scores) > 8 * count:  # any of them give a floor that holds; sorting many equals would cost
            high = np.argpartition(scores, len(scores) - 8 * count)[-8 * count :]
            some, scores = some.only(high), scores[high]
        best = _best_of_each(self._owners(some.at), scores)
        limit = min(ranking.asker.limit, count)
        last = float(best[count - 1]) if len(best) >= count else -np.inf
        contending = float(best[limit - 1]) - self.policy.exposure.most if len(best) >= limit else -np.inf
        return max(last, contending)

    def _whole(self, ranking: Ranking, gate: Gate, among: Candidates, early: Floats) -> tuple[Candidates, Floats]:
        """Those whom nobody excluded, and all of their scores."""
        admitted = gate.admits(self._owners(among.at))
        if not admitted.all():
            among, early = among.only(admitted), early[admitted]
        return among, early + ranking.late(among.at)

    def _one_each(self, asker: Asker, among: Candidates, scores: Floats, count: int) -> Candidates:
        owners = self._owners(among.at)
        fine = -np.round(scores / np.float32(_FINE)).astype(np.int64)
        order = np.lexsort((among.at, owners, lots(owners, asker.owner), fine))
        _owners, firsts = np.unique(owners[order], return_index=True)
        return among.only(order[np.sort(firsts)[:count]])

    def _scores(self, parts: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        total = np.zeros(len(parts["place"]))
        for name in PARTS:
            total += getattr(self.policy.weights, name) * parts[name]
        return np.round(total, 6)

    def _owners(self, at: NDArray[np.intp]) -> Ints:
        return self.units.owner.take(self.rows.unit.take(at))


@dataclass(frozen=True, slots=True)
class Pool:
    """Those past the gates who could be in the list, best first, each organisation once."""

    ranking: Ranking
    places: Places
    best: Candidates
    owners: Ints
    scores: NDArray[np.float64]
    parts: dict[str, NDArray[np.float64]]
    wide: NDArray[np.bool_]
    passed: int

    def listed(self, accounts: Accounts) -> Found:
        """The list: contenders evened out, then those who act wide held to their share."""
        asker, policy = self.ranking.asker, self.ranking.policy
        count = contenders(self.scores, asker.limit, policy.exposure)
        added = np.zeros(len(self.scores))
        added[:count] = raised(accounts.owed(self.owners[:count]), policy.exposure)
        lifted = self.scores + added
        # Only contenders move, and only among themselves.
        order = np.append(np.argsort(-lifted[:count], kind="stable"), np.arange(count, len(self.scores)))
        chosen = order[self._shared_out(order)]
        concerned = np.union1d(chosen, np.arange(count))
        given = shares(self.owners[concerned].tolist(), self.scores[concerned], self.owners[chosen].tolist())
        told = self._told(chosen, added[chosen])
        return Found(told, tuple(given), self.passed)

    def _shared_out(self, order: NDArray[np.intp]) -> NDArray[np.intp]:
        """Those who act wide have at most their share while there are others, and at least theirs if they complete."""
        limit, policy = self.ranking.asker.limit, self.ranking.policy
        wide = self.wide[order]
        near_at, wide_at = np.flatnonzero(~wide), np.flatnonzero(wide)
        useful = wide_at[self.parts["complementarity"][order][wide_at] > 0]
        most = max(round(limit * policy.wide_at_most), limit - len(near_at))
        least = min(round(limit * policy.wide_at_least), len(useful))
        by_merit = min(int(wide[:limit].sum()), most)
        kept = useful[:least] if by_merit < least else wide_at[:by_merit]
        return np.sort(np.concatenate([kept, near_at[: limit - len(kept)]]))

    def _told(self, chosen: NDArray[np.intp], added: NDArray[np.float64]) -> tuple[Suggestion, ...]:
        ranking, rows, asker = self.ranking, self.ranking.rows, self.ranking.asker
        at, near = self.best.at[chosen], self.best.place[chosen].tolist()
        unit, place = rows.unit[at], rows.place[at].tolist()
        seeks, brings = (bits.tolist() for bits in ranking.exchanged(at, ranking.units.traits[unit]))
        inside = _within_an_area(ranking.policy) if asker.areas else np.float32(np.nan)
        around = (rows.is_site(at) & (self.best.place[chosen] != inside)).tolist()
        owners, units, wide = self.owners[chosen].tolist(), unit.tolist(), self.wide[chosen].tolist()
        scores, lifted = self.scores[chosen].tolist(), np.round(added, 6).tolist()
        parts = {name: part[chosen].tolist() for name, part in self.parts.items()}
        across = chord(radius(asker, ranking.policy))
        return tuple(
            Suggestion(
                owner=owners[i],
                unit=units[i],
                score=scores[i],
                raised=lifted[i],
                parts={name: part[i] for name, part in parts.items()},
                km=arc_km((1 - near[i]) * across) if around[i] else None,
                place=place[i],
                seeks=seeks[i],
                brings=brings[i],
                wide=wide[i],
            )
            for i in range(len(chosen))
        )


def _within_an_area(policy: Policy) -> np.float32:
    """What its place is worth to who lies in a territory where the one who asks acts: no distance is told of it."""
    return np.float32(policy.place["departement"])


def _coarse(level: str) -> str:
    """Levels that the policy has no number for count as the commune that they are part of, or group."""
    if level in ("commune-deleguee", "commune-associee", "arrondissement-municipal"):
        return "commune"
    return "epci" if level == "ept" else level


def _first(scores: Floats, count: int) -> NDArray[np.intp]:
    """Places of the `count` best, and of all that equal the last of them."""
    if len(scores) <= count:
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    return np.flatnonzero(scores >= least - np.float32(_SLACK))


def _best_of_each(owners: Ints, scores: Floats) -> Floats:
    """Score of each organisation at its best, in falling order."""
    order = np.argsort(-scores, kind="stable")
    _owners, firsts = np.unique(owners[order], return_index=True)
    best: Floats = scores[order[np.sort(firsts)]]
    return best
