"""Evening out who gets shown: attention follows merit over time, not in each list.

Biega, Gummadi, Weikum, "Equity of Attention: Amortizing Individual Fairness in Rankings", SIGIR 2018: attention that
adds up over lists should be in proportion to relevance that adds up. The way there is the proportional controller of
Morik, Singh, Hong, Joachims, "Controlling Fairness and Bias in Dynamic Learning-to-Rank", SIGIR 2020: rank by score
plus
a gain times what is owed. Nothing is drawn at random. A score is raised by `most` at the most, and only contenders
(those whom that much could bring into the list, all past the gates) are raised: no list is worse than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fairealliance.matching.columns import Ints
from fairealliance.matching.policy import Exposure

Numbers = NDArray[np.float64]


class Accounts(Protocol):
    """What each organisation is owed of attention: merit added up, less attention had."""

    def owed(self, owners: Ints) -> Numbers: ...


@dataclass(frozen=True, slots=True)
class Share:
    """What one list gives one contender."""

    owner: int
    attention: float
    merit: float


def attention(count: int) -> Numbers:
    """What each place of a list gets: 1 for the first, then as the discounted gain falls (1 / log2(1 + place))."""
    places: Numbers = 1 / np.log2(np.arange(2, count + 2))
    return places


def raised(owed: Numbers, policy: Exposure) -> Numbers:
    """What is added to the scores of those who are owed attention."""
    added: Numbers = policy.most * np.clip(owed / policy.span, 0.0, 1.0)
    return added


def contenders(scores: Numbers, limit: int, policy: Exposure) -> int:
    """How many of the first (scores in falling order) could be brought into the list."""
    if len(scores) <= limit:
        return len(scores)
    return min(int((scores >= scores[limit - 1] - policy.most).sum()), max(policy.contenders, limit))


def shares(owners: Sequence[int], scores: Numbers, shown: Sequence[int]) -> list[Share]:
    """Attention as given, merit as it would be if the list's whole attention were shared out by score."""
    given = dict(zip(shown, attention(len(shown)).tolist(), strict=True))
    total = float(scores.sum())
    whole = sum(given.values())
    merits = (scores / total * whole if total > 0 else np.full(len(scores), whole / max(len(scores), 1))).tolist()
    return [Share(owner, given.get(owner, 0.0), merit) for owner, merit in zip(owners, merits, strict=True)]


@dataclass
class Ledger:
    """Accounts in memory."""

    had: dict[int, float] = field(default_factory=dict)
    deserved: dict[int, float] = field(default_factory=dict)

    def owed(self, owners: Ints) -> Numbers:
        return np.array([self.deserved.get(o, 0.0) - self.had.get(o, 0.0) for o in owners.tolist()], float)

    def add(self, given: Sequence[Share]) -> None:
        for share in given:
            self.had[share.owner] = self.had.get(share.owner, 0.0) + share.attention
            self.deserved[share.owner] = self.deserved.get(share.owner, 0.0) + share.merit


@dataclass(frozen=True, slots=True)
class Evenness:
    """What the secretariat reads."""

    organisations: int
    never_shown: int
    gini: float
    """Of attention among contenders: 0 when all had the same, near 1 when a few had all."""
    unfairness: float
    """Sum of |attention − merit|, over the sum of merits: 0 when attention followed merit."""


def evenness(had: Numbers, deserved: Numbers) -> Evenness:
    """Figures of the whole: one value per organisation that was ever a contender."""
    count, total, merits = len(had), float(had.sum()), float(deserved.sum())
    if not count or total <= 0 or merits <= 0:
        return Evenness(count, int((had <= 0).sum()), 0.0, 0.0)
    ranked = np.sort(had)
    gini = float((2 * np.arange(1, count + 1) - count - 1) @ ranked) / (count * total)
    return Evenness(count, int((had <= 0).sum()), gini, float(np.abs(had - deserved).sum()) / merits)
