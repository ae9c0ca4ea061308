"""France in dots: one per intercommunality, enough to recognise the country without drawing a contour.

A background for small maps, made of our own points: no outside drawing, no request to anyone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache

from fairealliance.lib import geo
from fairealliance.territories.enums import Level, Precision
from fairealliance.territories.models import Territory

WIDTH, HEIGHT = geo.VIEWBOX_WIDTH, geo.VIEWBOX_HEIGHT
_CACHE_KEY = "territories.stipple"
_KEPT_SECONDS = 3600  # the intercommunalities move once a year


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of the component `map`."""

    x: float
    y: float
    label: str
    href: str = ""
    sphere: str = ""
    number: str = ""
    ref: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """Something to show: degrees, what it is, where it leads, how well its place is known."""

    latitude: float
    longitude: float
    label: str
    href: str = ""
    precision: str = Precision.EXACT


@dataclass(frozen=True, slots=True)
class SmallMap:
    """What the component `map` takes, and the words about how exact it is."""

    points: list[MapPoint]
    background: list[str]
    note: str
    width: int = WIDTH
    height: int = HEIGHT


def small_map(pins: Sequence[Pin]) -> SmallMap | None:
    """The pins that fall on the drawing, on the dotted country; None when none does."""
    points = []
    for pin in pins:
        place = geo.project(pin.latitude, pin.longitude)
        if place:
            points.append(MapPoint(round(place[0], 1), round(place[1], 1), pin.label, pin.href))
    if not points:
        return None
    return SmallMap(points, [background()], _worst_precision(pins))


def background() -> str:
    """One SVG path: a short stroke at each intercommunality's place. Kept an hour, unless there is none yet."""
    known = cache.get(_CACHE_KEY)
    if known is None:
        rows = Territory.objects.filter(level=Level.EPCI, latitude__isnull=False, longitude__isnull=False)
        known = _dots(list(rows.order_by("pk").values_list("latitude", "longitude")))
        if known:
            cache.set(_CACHE_KEY, known, _KEPT_SECONDS)
    return str(known)


def _dots(places: list[tuple[float, float]]) -> str:
    spots = (geo.project(latitude, longitude) for latitude, longitude in places)
    return "".join(f"M{spot[0]:.0f} {spot[1]:.0f}h.1" for spot in spots if spot)


def _worst_precision(pins: Sequence[Pin]) -> str:
    """A label when a place is not exact; the least sure speaks for all."""
    order = [Precision.UNKNOWN, Precision.APPROXIMATE, Precision.TOWN]
    found = {pin.precision for pin in pins}
    return next((str(precision.label) for precision in order if precision in found), "")
