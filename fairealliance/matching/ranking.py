"""In which order. Every part lies between 0 and 1, the score is their weighted sum; formulas and sources: README.md.

Each function works on whole columns. What is cheap is counted for all (`early`), the rest (`late`) only for those that
could still enter the list: same sums, so same order.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from fairealliance.matching.asking import Asker
from fairealliance.matching.bits import EXCHANGES, SKILLS_BIT, THEME_WORDS
from fairealliance.matching.columns import BROUGHT, GOALS, SOUGHT, THEMES, Floats, Ints, Units
from fairealliance.matching.policy import Policy
from fairealliance.matching.rows import Rows, freshness, reliability

_KINDS = 1 << len(EXCHANGES)
Bits = NDArray[np.uint16]
_MOST = 64 * THEME_WORDS + 1
At = NDArray[np.intp]
Words = NDArray[np.uint64]
Traits = NDArray[np.uint64]


@dataclass
class Ranking:
    """How one who asks ranks rows."""

    asker: Asker
    policy: Policy
    rows: Rows
    units: Units

    def complementarity(self, seeks: Bits, brings: Bits) -> Floats:
        """Both sides counted: what we seek that they bring, what they seek that we bring."""
        got, given, told = self._tables
        both = got.take(brings)
        both += given.take(seeks)
        return told.take(both)

    @cached_property
    def _tables(self) -> tuple[Bits, Bits, Floats]:
        """Few answers are possible, so all are reckoned beforehand: by what they bring, how much of what we seek; by
        what they seek, how much of it we bring and how much they seek; by both numbers together, the part."""
        side = len(EXCHANGES) + 1
        kinds = np.arange(_KINDS, dtype=np.uint16)
        got = np.bitwise_count(kinds & np.uint16(self.asker.seeks)).astype(np.uint16)
        met = np.bitwise_count(kinds & np.uint16(self.asker.brings)).astype(np.uint16)
        given = met * np.uint16(side) + np.bitwise_count(kinds)
        g = (np.arange(side) / max(self.asker.seeks.bit_count(), 1))[:, None]
        h = (np.arange(side)[:, None] / np.maximum(np.arange(side), 1)[None, :]).reshape(1, -1)
        return got * np.uint16(side * side), given, self._fused(g, h).astype(np.float32).ravel()

    def _fused(self, g: NDArray[np.float64], h: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean and harmonic mean of both sides; the side that we tell when we tell one only."""
        if not self.asker.brings or not self.asker.seeks:
            return g + 0 * h if not self.asker.brings else 0 * g + h
        share = self.policy.reciprocity
        # Where nothing is exchanged the product is 0, and so may the sum be.
        return (1 - share) * (g + h) / 2 + share * 2 * g * h / np.maximum(g + h, 1e-9)

    def early(self, at: At, place: Floats, standing: Floats) -> Floats:
        """At least the score less `late_at_most`: kinds are taken at their word, skills not looked at."""
        score = self.complementarity(self.rows.seeks.take(at), self.rows.brings.take(at))
        score *= np.float32(self.policy.weights.complementarity)
        score += place * np.float32(self.policy.weights.place)
        score += standing.take(at)
        return score

    @property
    def late_at_most(self) -> float:
        w, told = self.policy.weights, self.asker.skills_sought or self.asker.skills_brought
        return w.goals + (w.skills if told else 0.0)

    def late(self, at: At) -> Floats:
        """Goals and skills; less what was counted for skills that turn out to be others than those sought."""
        traits, w = self.units.traits.take(self.rows.unit.take(at), axis=0), self.policy.weights
        score: Floats = (w.goals * self.goals(traits) + w.skills * self.skills(traits)).astype(np.float32)
        if (self.asker.seeks | self.asker.brings) & SKILLS_BIT:
            seeks, brings = self.rows.seeks[at], self.rows.brings[at]
            at_word = self.complementarity(seeks, brings)
            score -= np.float32(w.complementarity) * (at_word - self.complementarity(*self.exchanged(at, traits)))
        return score

    def exchanged(self, at: At, traits: Traits) -> tuple[Bits, Bits]:
        """What they seek and bring, without skills where both sides name theirs and have none in common."""
        without = np.uint16(0xFFFF ^ SKILLS_BIT)
        seeks, brings = self.rows.seeks[at].copy(), self.rows.brings[at].copy()
        for bits, theirs, ours in (
            (brings, traits[:, BROUGHT], self.asker.skills_sought),
            (seeks, traits[:, SOUGHT], self.asker.skills_brought),
        ):
            if ours:
                bits[(theirs != 0) & ((theirs & np.uint64(ours)) == 0)] &= without
        return seeks, brings

    def goals(self, traits: Traits) -> Floats:
        """Cosine of both sets of goals, and of themes where both tell theirs; a constant where nothing compares."""
        unknown = np.float32(self.policy.unknown_goals)
        goals = _cosine(traits[:, GOALS], self.asker.goals)
        if not any(self.asker.themes):
            return np.where(np.isnan(goals), unknown, goals)
        first, second = self.asker.themes
        themes = _cosine(traits[:, THEMES.start], first, traits[:, THEMES.start + 1], second)
        share = np.float32(self.policy.themes)
        both = (1 - share) * goals + share * themes
        both = np.where(np.isnan(themes), goals, np.where(np.isnan(goals), themes, both))
        return np.where(np.isnan(both), unknown, both)

    def skills(self, traits: Traits) -> Floats:
        """Share of the skills we seek that they bring, and of those we bring that they seek; mean of what we tell."""
        total, sides = np.zeros(len(traits), np.float32), 0
        for ours, theirs in ((self.asker.skills_sought, BROUGHT), (self.asker.skills_brought, SOUGHT)):
            if ours:
                common = np.bitwise_count(traits[:, theirs] & np.uint64(ours))
                total += common * np.float32(1 / ours.bit_count())
                sides += 1
        if sides > 1:
            total /= np.float32(sides)
        return total

    def parts(self, at: At, place: Floats) -> dict[str, NDArray[np.float64]]:
        """Each part by name, before weights: for those that are shown."""
        own = self.units.take(self.rows.unit[at])
        return {
            "complementarity": self.complementarity(*self.exchanged(at, own.traits)).astype(float),
            "goals": self.goals(own.traits).astype(float),
            "skills": self.skills(own.traits).astype(float),
            "place": place.astype(float),
            "freshness": freshness(own, self.policy, self.asker.today),
            "reliability": reliability(own, self.policy),
        }


def _cosine(theirs: Words, ours: int, theirs_too: Words | None = None, ours_too: int = 0) -> Floats:
    """Of two sets of one or two words (Ochiai): NaN where one is empty, that is, not told."""
    common, size = np.bitwise_count(theirs & np.uint64(ours)), np.bitwise_count(theirs)
    if theirs_too is not None:
        common += np.bitwise_count(theirs_too & np.uint64(ours_too))
        size += np.bitwise_count(theirs_too)
    return _ochiai(ours.bit_count() + ours_too.bit_count()).take(size.astype(np.intp) * _MOST + common)


@cache
def _ochiai(ours: int) -> Floats:
    """By how many they have and how many are common: sets are small, so all answers are known beforehand."""
    most = _MOST
    with np.errstate(invalid="ignore", divide="ignore"):
        table = np.arange(most)[None, :] / np.sqrt(np.arange(most)[:, None] * float(ours))
    table[0, :] = np.nan
    if not ours:
        table[:] = np.nan
    return table.astype(np.float32)


def lots(owners: Ints, asker: int) -> NDArray[np.uint64]:
    """Draws the order of equals: the same each time for one who asks, and favouring nobody (SplitMix64)."""
    mixed = owners.astype(np.uint64) ^ (np.array([asker + 1], np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed
