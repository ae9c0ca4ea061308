"""How far two figures go together, by their ranks: one extreme territory weighs no more than another."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fairealliance.lib.french_numbers import format_number

# Under this many territories nothing is said.
FEWEST = 10
# Thresholds in use for a rank correlation (Cohen, 1988), told in words.
_STRONG, _MODERATE, _WEAK = 0.5, 0.3, 0.1


@dataclass(frozen=True, slots=True)
class Correlation:
    """Spearman's rho over `number` territories; `low` and `high` hold it at 95 %. None when too few or all alike."""

    number: int
    rho: float | None
    low: float = 0.0
    high: float = 0.0


def spearman(xs: Sequence[float], ys: Sequence[float]) -> Correlation:
    """Correlation of ranks (Spearman, 1904), ties at their mean rank; interval by Fisher's z, with the variance of
    Bonett and Wright (2000)."""
    size = len(xs)
    if size < FEWEST:
        return Correlation(size, None)
    one, two = _ranks(np.asarray(xs, dtype=np.float64)), _ranks(np.asarray(ys, dtype=np.float64))
    if one.std() == 0 or two.std() == 0:
        return Correlation(size, None)
    rho = float(np.clip(np.corrcoef(one, two)[0, 1], -1, 1))
    z = np.arctanh(min(max(rho, -0.999999), 0.999999))
    reach = 1.959964 * sqrt((1 + rho * rho / 2) / (size - 3))
    return Correlation(size, rho, float(np.tanh(z - reach)), float(np.tanh(z + reach)))


def told(found: Correlation, x: str, y: str, plural: str) -> str:
    """The link in a prudent sentence."""
    if found.number < FEWEST:
        return _("Trop peu de %(plural)s ont les deux chiffres (%(n)s) pour dire s’ils vont ensemble.") % {
            "plural": plural,
            "n": found.number,
        }
    if found.rho is None:
        return _("L’un des deux chiffres est le même partout : rien à dire de leur lien.")
    words = {
        "x": x,
        "y": y,
        "plural": plural,
        "n": format_number(found.number),
        "rho": format_number(found.rho, 2),
        "low": format_number(found.low, 2),
        "high": format_number(found.high, 2),
    }
    measured = _("Corrélation de rang %(rho)s (de %(low)s à %(high)s, à 95 %%), sur %(n)s %(plural)s.") % words
    return f"{_link(found) % words} {measured}"


def _link(found: Correlation) -> str:
    rho = found.rho or 0.0
    size = abs(rho)
    if found.low < 0 < found.high and size >= _WEAK:
        return _("Sur si peu de territoires, aucun lien ne peut être affirmé entre « %(x)s » et « %(y)s ».")
    if size < _WEAK:
        return _("« %(x)s » et « %(y)s » varient à peu près indépendamment l’un de l’autre.")
    if rho > 0:
        if size >= _STRONG:
            return _("Là où « %(x)s » est élevé, « %(y)s » l’est le plus souvent aussi.")
        if size >= _MODERATE:
            return _("Là où « %(x)s » est élevé, « %(y)s » tend à l’être aussi, avec beaucoup d’exceptions.")
        return _("« %(x)s » et « %(y)s » vont à peine dans le même sens.")
    if size >= _STRONG:
        return _("Là où « %(x)s » est élevé, « %(y)s » est le plus souvent bas.")
    if size >= _MODERATE:
        return _("Là où « %(x)s » est élevé, « %(y)s » tend à être bas, avec beaucoup d’exceptions.")
    return _("« %(x)s » et « %(y)s » vont à peine en sens contraire.")


def caution() -> str:
    """What a correlation does not say."""
    return _(
        "Deux chiffres qui vont ensemble ne disent pas que l’un cause l’autre : une troisième chose (la taille, l’âge,"
        " l’emploi, la région…) peut expliquer les deux. Et ce qui vaut pour des territoires ne vaut pas pour les"
        " personnes qui y vivent."
    )


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _unique, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return ((last - counts + 1 + last) / 2)[inverse]
