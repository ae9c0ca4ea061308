"""From sums to shares and their intervals.

With w the weight of a respondent, y whether it gave the answer, and all sums over a group's respondents who answered:

- share p = Σwy / Σw;
- without strata or units, design effect of unequal weights alone (Kish 1965, *Survey Sampling*, § 11.7; 1992,
  J. Off. Stat. 8) = n Σw² / (Σw)², the same for all answers of a group; with them, that of each share (Kish, § 8.2)
  = V / (p (1 - p) / n), V being the variance below; undefined for a share of 0 or 1, where V and p (1 - p) are both 0;
- effective n = n / design effect: how large a simple random sample would tell as much;
- variance of p by Taylor linearisation (Wolter 2007, *Introduction to Variance Estimation*, ch. 6; Lohr 2010, § 9.1),
  the group being a domain of all those who answered: z = w (y - p) / Σw in the group, 0 outside, and
  V = Σ over strata of m/(m - 1) Σ over units (z_unit - mean)², m units in the stratum. Without a stratum all are one;
  without a unit each respondent is one, and V = m/(m - 1) × [(1 - p)² Σw²y + p² Σw²(1 - y)] / (Σw)²;
- 95 % interval on the logit scale (Korn & Graubard 1999, *Analysis of Health Surveys*, § 3.2), which stays
  between 0 and 1: logit(p) ± t √V / (p (1 - p)), t being Student's quantile with (units - strata) degrees.
  A share of exactly 0 or 1 has no width on that scale: low = high = share, as the reference package tells it.

These are the numbers of `samplics` (`TaylorEstimator`, proportions, `ciprop_method="logit"`); tests hold them to 1e-9.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fairealliance.observatory.microdata.student import quantile

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
_NO_EFFECT = 1e-9


def with_margins(leaves: npt.NDArray, first: int = 1) -> npt.NDArray:
    """Adds a last place to each axis from `first` on: the sum over that axis."""
    for axis in range(first, leaves.ndim):
        leaves = np.concatenate([leaves, leaves.sum(axis=axis, keepdims=True)], axis=axis)
    return leaves


@dataclass(frozen=True, slots=True)
class Sums:
    """Answers × groups, margins included. Respondents, weights, squared weights."""

    n: npt.NDArray[np.int64]
    w: Floats
    w2: Floats

    @classmethod
    def of(cls, leaves: Floats) -> "Sums":
        """`leaves`: (3, answers, groups…) of n, w, w2."""
        whole = with_margins(leaves, first=2)
        return cls(whole[0].astype(np.int64), whole[1], whole[2])

    @property
    def base(self) -> npt.NDArray[np.int64]:
        return self.n.sum(axis=0)

    @property
    def answered(self) -> int:
        """Respondents who answered, all groups together."""
        return int(self.base[(-1,) * (self.n.ndim - 1)])


@dataclass(frozen=True, slots=True)
class Estimates:
    """Of each answer in each group. NaN where undefined."""

    share: Floats
    variance: Floats
    low: Floats
    high: Floats
    design_effect: Floats
    effective_n: Floats


def estimate(sums: Sums, variance: Floats | None = None, freedom: int | None = None) -> Estimates:
    """`variance` and degrees of `freedom` come from the sampling design; without one, from simple weighting."""
    with np.errstate(invalid="ignore", divide="ignore"):
        weight, squares = sums.w.sum(axis=0), sums.w2.sum(axis=0)
        share = sums.w / weight
        if variance is None:
            variance = simple_variance(sums, share, weight, squares)
            effect = np.broadcast_to(sums.base * squares / weight**2, share.shape)
        else:
            spread = np.where(_is_whole(sums), np.nan, share * (1 - share))
            effect = variance * sums.base / spread
        low, high = _interval(sums, share, variance, sums.answered - 1 if freedom is None else freedom)
        # A variance null but for rounding tells of no sample size.
        effective = sums.base / np.where(effect > _NO_EFFECT, effect, np.nan)
        return Estimates(share, variance, low, high, effect, effective)


def _is_whole(sums: Sums) -> npt.NDArray[np.bool_]:
    """Nobody of the group gave the answer, or everybody did."""
    whole: npt.NDArray[np.bool_] = (sums.n == 0) | (sums.n == sums.base)
    return whole


def simple_variance(sums: Sums, share: Floats, weight: Floats, squares: Floats) -> Floats:
    """Each respondent is its own unit, in one stratum. NaN when one respondent alone answered."""
    answered = sums.answered
    spread = (1 - share) ** 2 * sums.w2 + share**2 * (squares - sums.w2)
    factor = answered / (answered - 1) if answered > 1 else np.nan
    result: Floats = factor * spread / weight**2
    return result


def stratified_variance(share: Floats, w: Floats, w2: Floats, members: Sequence[int]) -> Floats:
    """`w`, `w2`: (answers, groups…, strata) with margins; `members`: respondents who answered, per stratum."""
    m = np.asarray(members, np.float64)
    every, every2 = w.sum(axis=0), w2.sum(axis=0)
    total = every.sum(axis=-1)[..., None]
    result = np.zeros_like(share)
    with np.errstate(invalid="ignore", divide="ignore"):
        for answer in range(len(share)):
            p = share[answer][..., None]
            squares = ((1 - p) ** 2 * w2[answer] + p**2 * (every2 - w2[answer])) / total**2
            sums = (w[answer] - p * every) / total
            result[answer] = (m / (m - 1) * (squares - sums**2 / m)).sum(axis=-1)
    return result


def clustered_variance(share: Floats, w: Floats, strata: npt.NDArray[np.int64]) -> Floats:
    """`w`: (answers, groups…, units) with margins; `strata`: the stratum of each unit, in growing order."""
    starts = np.flatnonzero(np.r_[True, strata[1:] != strata[:-1]])
    m = np.diff(np.r_[starts, len(strata)]).astype(np.float64)
    every = w.sum(axis=0)
    total = every.sum(axis=-1)[..., None]
    result = np.zeros_like(share)
    with np.errstate(invalid="ignore", divide="ignore"):
        for answer in range(len(share)):
            z = (w[answer] - share[answer][..., None] * every) / total
            means = np.add.reduceat(z, starts, axis=-1) / m
            spread = np.add.reduceat((z - np.repeat(means, m.astype(int), axis=-1)) ** 2, starts, axis=-1)
            result[answer] = (m / (m - 1) * spread).sum(axis=-1)
    return result


def _interval(sums: Sums, share: Floats, variance: Floats, freedom: int) -> tuple[Floats, Floats]:
    none, all_of_them = sums.n == 0, (sums.n == sums.base) & (sums.n > 0)
    t = quantile((1 + LEVEL) / 2, freedom) if freedom > 0 else np.nan
    half = t * np.sqrt(variance) / (share * (1 - share))
    middle = np.log(share / (1 - share))
    empty = np.broadcast_to(sums.base == 0, share.shape)

    def bound(scale: Floats) -> Floats:
        with np.errstate(over="ignore"):
            inner = 1 / (1 + np.exp(-scale))
        return np.where(empty, np.nan, np.where(none, 0.0, np.where(all_of_them, 1.0, inner)))

    return bound(middle - half), bound(middle + half)
