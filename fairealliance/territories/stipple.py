"""France in dots: one per intercommunality, enough to recognise the country without drawing a contour.

A background for small maps, made of our own points: no outside drawing, no request to anyone.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from django.core.cache import cache

from fairealliance.lib import geo
from fairealliance.territories.enums import Level, Precision
from fairealliance.territories.models import Territory

_CACHE_KEY = "territories.stipple.parts"
_KEPT_SECONDS = 3600  # the intercommunalities move once a year
_WHOLE = "0 0 1000 1000"
_MAINLAND = "140 0 840 800"


@dataclass(frozen=True, slots=True)
class Pin:
    """Something to show: degrees, what it is, how well its place is known."""

    latitude: float
    longitude: float
    label: str
    precision: str = Precision.EXACT


@dataclass(frozen=True, slots=True)
class Dot:
    """A pin on the drawing."""

    x: float
    y: float
    label: str
    inset: str


@dataclass(frozen=True, slots=True)
class SmallMap:
    """What the template of the small map takes; `note` says in words how exact it is, when it is not."""

    dots: list[Dot]
    background: str
    note: str
    view_box: str
    frames: list[geo.Inset]

    @property
    def keyed(self) -> list[tuple[str, geo.Inset]]:
        """Each frame overseas and the letter that stands beside it."""
        return list(zip(ascii_uppercase, self.frames, strict=False))

    @property
    def labels(self) -> str:
        return ", ".join(dot.label for dot in self.dots)


def small_map(pins: Sequence[Pin]) -> SmallMap | None:
    """The pins that fall on the drawing, over the dotted country; None when none does."""
    dots = [_dot(pin, place) for pin in pins if (place := geo.project(pin.latitude, pin.longitude))]
    if not dots:
        return None
    insets = {dot.inset for dot in dots} - {geo.MAINLAND}
    return SmallMap(
        dots=dots,
        background=background({geo.MAINLAND, *insets}),
        note=_worst_precision(pins),
        view_box=_WHOLE if insets else _MAINLAND,
        frames=[inset for inset in geo.INSETS if inset.slug in insets],
    )


def _dot(pin: Pin, place: tuple[float, float, str]) -> Dot:
    return Dot(round(place[0], 1), round(place[1], 1), pin.label, place[2])


def background(parts: Container[str] | None = None) -> str:
    """One SVG path: a short stroke at each intercommunality's place, or at those of some parts of the drawing (the
    mainland, an inset). Kept an hour.
    """
    known: dict[str, str] | None = cache.get(_CACHE_KEY)
    if known is None:
        rows = Territory.objects.filter(level=Level.EPCI)
        known = _dots(rows.order_by("pk").values_list("latitude", "longitude"))
        if known:
            cache.set(_CACHE_KEY, known, _KEPT_SECONDS)
    return "".join(path for part, path in known.items() if parts is None or part in parts)


def _dots(places: Iterable[tuple[float | None, float | None]]) -> dict[str, str]:
    strokes: defaultdict[str, list[str]] = defaultdict(list)
    for latitude, longitude in places:
        if latitude is not None and longitude is not None and (spot := geo.project(latitude, longitude)):
            strokes[spot[2]].append(f"M{spot[0]:.0f} {spot[1]:.0f}h.1")
    return {part: "".join(each) for part, each in strokes.items()}


def _worst_precision(pins: Sequence[Pin]) -> str:
    """A label when a place is not exact; the least sure speaks for all."""
    order = [Precision.UNKNOWN, Precision.APPROXIMATE, Precision.TOWN]
    found = {pin.precision for pin in pins}
    return next((str(precision.label) for precision in order if precision in found), "")
