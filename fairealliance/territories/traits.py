"""What territories are compared on, and how each likeness is told in words."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.text_fr import typeset
from fairealliance.territories.words import inhabitants

Numbers = NDArray[np.float32]

# What the mayor can weigh, from 0 (leave it out) to 3, and what it weighs unless told otherwise.
GROUPS: dict[str, tuple[Promise, int]] = {
    "taille": (gettext_lazy("La taille"), 2),
    "ruralite": (gettext_lazy("Le caractère rural ou urbain"), 1),
    "centralite": (gettext_lazy("Le rôle de centre"), 1),
    "revenus": (gettext_lazy("Les revenus"), 1),
    "pauvrete": (gettext_lazy("La pauvreté"), 1),
    "zones": (gettext_lazy("Les zonages d’aide (ruralité, quartiers)"), 1),
    "intercommunalite": (gettext_lazy("L’intercommunalité"), 1),
    "cadre": (gettext_lazy("Les alentours"), 1),
    "proximite": (gettext_lazy("La proximité"), 0),
}
MAX_WEIGHT = 3

# Two territories drawn at random are at a squared distance of 2 on a standardised figure; two different
# words count as much.
_STRANGER = 2.0
# Beyond three standard deviations, far is far: one extreme figure must not hide all the others.
_FAR = np.float32(9)
# Within this many standard deviations (and, for sizes, the double) one may say "close".
_CLOSE = 0.6


@dataclass
class Trait:
    """One figure (or one word) for every territory of a level.

    `raw` holds NaN where unknown; words are held as their position in `names`. `say(value, same)` tells a
    likeness: the neighbour's own value, and whether it is nearly the same or only close.
    """

    slug: str
    group: str
    label: str
    raw: Numbers
    say: Callable[[float, bool], str]
    log: bool = False
    names: list[str] | None = None
    share: float = 1.0
    known: NDArray[np.bool_] = field(init=False)
    present: Numbers = field(init=False)  # 1 where known, 0 elsewhere
    complete: bool = field(init=False)  # known everywhere
    _scaled: Numbers = field(init=False)  # standardised, 0 where unknown
    _sorted: Numbers = field(init=False)

    def __post_init__(self) -> None:
        values = np.log10(np.maximum(self.raw, 1)) if self.log else self.raw
        self.known = ~np.isnan(values)
        self.present = self.known.astype(np.float32)
        self.complete = bool(self.known.all())
        if self.names is None and self.known.any():
            values = (values - np.nanmean(values)) / (float(np.nanstd(values)) or 1.0)
        self._scaled = np.where(self.known, values, 0).astype(np.float32)
        self._sorted = np.sort(self._scaled[self.known])

    @property
    def useful(self) -> bool:
        """Does it tell territories apart at all?"""
        return len(self._sorted) > 1 and bool(self._sorted[0] != self._sorted[-1])

    def add_squares(self, row: int, weight: float, total: Numbers) -> None:
        """Adds to `total` the weighted squared distance of each to the one at `row`, where known."""
        if self.names is not None:
            gaps = (self._scaled != self._scaled[row]).astype(np.float32)
            gaps *= np.float32(weight * _STRANGER)
        else:
            gaps = self._scaled - self._scaled[row]
            gaps *= gaps
            np.minimum(gaps, _FAR, out=gaps)
            gaps *= np.float32(weight)
        if not self.complete:
            gaps *= self.present
        total += gaps

    def rarities(self, row: int, others: NDArray[np.intp]) -> Numbers:
        """For each of `others`, share of territories at least as close to `row`: small ones say more."""
        here = self._scaled[row]
        gaps = np.abs(self._scaled[others] - here)
        low = np.searchsorted(self._sorted, here - gaps, side="left")
        high = np.searchsorted(self._sorted, here + gaps, side="right")
        return ((high - low) / len(self._sorted)).astype(np.float32)

    def tell(self, row: int, other: int) -> str | None:
        """The likeness in words, None when there is none to tell."""
        mine, theirs = float(self.raw[row]), float(self.raw[other])
        if np.isnan(mine) or np.isnan(theirs) or (self.names is not None and mine != theirs):
            return None
        gap = abs(float(self._scaled[row] - self._scaled[other]))
        if self.names is None and (gap > _CLOSE or (self.log and max(mine, theirs, 1) > 2 * max(min(mine, theirs), 1))):
            return None
        if self.names is None and round(theirs, 2) == 0:
            return None
        same = abs(theirs - mine) <= 0.05 * max(abs(mine), 1e-9)
        return typeset(self.say(theirs, same)) or None


def tell_number(same: str, close: str, decimals: int = 0) -> Callable[[float, bool], str]:
    """`même taille : %(people)s` or `taille proche : …`, with the neighbour's figure; `n` is the bare number."""

    def say(value: float, is_same: bool) -> str:
        if decimals == 0 and abs(value) >= 1000:
            value = round(value, -2)
        told = {"n": format_number(value, decimals), "people": inhabitants(round(value))}
        return (same if is_same else close) % told

    return say


def tell_share(same: str, close: str) -> Callable[[float, bool], str]:
    """Shares between 0 and 1, told in percent."""

    def say(value: float, is_same: bool) -> str:
        return (same if is_same else close) % {"n": format_number(value * 100)}

    return say


def tell_word(template: str, names: list[str]) -> Callable[[float, bool], str]:
    """A word both have: `même rôle : centre local…`."""

    def say(value: float, _same: bool) -> str:
        name = names[int(value)]
        return template % {"name": name[:1].lower() + name[1:]} if name else ""

    return say


def tell_of(phrases: dict[str, str], names: list[str]) -> Callable[[float, bool], str]:
    """A sentence for each word; nothing for those without one."""
    return lambda value, _same: phrases.get(names[int(value)], "")


def seat_phrases() -> dict[str, str]:
    return {
        "prefecture-region": _("préfecture de région, elle aussi"),
        "prefecture": _("préfecture, elle aussi"),
        "sous-prefecture": _("sous-préfecture, elle aussi"),
    }
