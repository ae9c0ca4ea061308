"""Quantiles of Student's law, so that no statistics package is needed to serve."""

import math
from functools import lru_cache
from statistics import NormalDist

_MANY = 1000  # beyond, the expansion is exact to twelve digits


@lru_cache(maxsize=1024)
def quantile(probability: float, freedom: int) -> float:
    """The t such that P(T ≤ t) = `probability` (above 0.5) with `freedom` degrees (1 or more)."""
    normal = NormalDist().inv_cdf(probability)
    return _expanded(normal, freedom) if freedom >= _MANY else _searched(probability, freedom, normal)


def _expanded(z: float, freedom: int) -> float:
    """Cornish-Fisher expansion (Abramowitz & Stegun 26.7.5)."""
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return sum(term / freedom**power for power, term in enumerate(terms))


def _searched(probability: float, freedom: int, start: float) -> float:
    """Bisection on the tail, which is I_x(freedom/2, 1/2)/2 with x = freedom/(freedom + t²)."""
    tail = 1 - probability
    low, high = 0.0, start
    while _tail(high, freedom) > tail:
        high *= 2
    for _step in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _tail(middle, freedom) > tail else (low, middle)
    return high


def _tail(t: float, freedom: int) -> float:
    return _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Regularised, by its continued fraction (Numerical Recipes § 6.4)."""
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x) if x < 1 else -1e9
    )
    if x >= 1:
        return 1.0
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1), tiny)
    value = d
    for m in range(1, 10_000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + step * d, tiny)
            c = _away(1 + step / c, tiny)
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def _away(number: float, tiny: float) -> float:
    return number if abs(number) > tiny else tiny
