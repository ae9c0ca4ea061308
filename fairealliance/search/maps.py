"""The map beside a list: the page's hits over a dotted France, as near as they allow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib import geo
from fairealliance.search.explore.labels import City
from fairealliance.search.explore.places import Place
from fairealliance.search.query import Hit
from fairealliance.territories.enums import SURE
from fairealliance.territories.stipple import background

WIDTH = 420.0
_MAINLAND = (140.0, 0.0, 840.0, 800.0)
_WHOLE = (0.0, 0.0, 1000.0, 1000.0)
_SMALLEST = 180.0
"""Side of the nearest view, in units of the drawing: closer, nothing would tell where it is."""
_KM = 0.72
_CITIES = 6

Window = tuple[float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """Parameters of a point of the component `map`. Hits at one place make one point, with their number."""

    x: float
    y: float
    label: str
    ref: str
    number: str = ""
    level: str = ""
    sphere: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A town's name on the drawing."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The circle within which one searches."""

    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What lies under the points."""

    dots: SafeString
    transform: str
    frames: list[geo.Inset]
    towns: list[Town]
    reach: Reach | None


@dataclass(frozen=True, slots=True)
class ResultsMap:
    """Everything the template needs; `places` ties each hit's ref to its point."""

    points: list[Point]
    width: float
    height: float
    backdrop: Backdrop
    note: str
    places: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Spot:
    hit: Hit
    x: float
    y: float
    inset: str


def results_map(hits: Sequence[Hit], place: Place | None, cities: Iterable[City]) -> ResultsMap | None:
    """None when no hit falls on the drawing."""
    spots = [spot for hit in hits if (spot := _spot(hit))]
    if not spots:
        return None
    here = (
        geo.project(place.latitude, place.longitude)
        if place and place.near and place.latitude and place.longitude
        else None
    )
    window, insets = _window(spots, here)
    scale = WIDTH / window[2]
    placed = _points(spots, window, scale)
    points = [point for point, _refs in placed]
    if here and place:
        points.append(Point(*_on(here[0], here[1], window, scale), place.name, "here", level="own"))
    frames = [inset for inset in geo.INSETS if inset.slug in insets]
    return ResultsMap(
        points=points,
        width=WIDTH,
        height=round(window[3] * scale, 1),
        backdrop=Backdrop(
            SafeString(background()),  # made of our own numbers
            f"scale({scale:.4f}) translate({-window[0]:.1f} {-window[1]:.1f})",
            frames if window == _WHOLE else [],
            _towns(cities, window, scale, [(point.x, point.y) for point in points]),
            _reach(here, place, window, scale),
        ),
        note=_note(hits, spots),
        places={ref: point.ref for point, refs in placed for ref in refs},
    )


def _spot(hit: Hit) -> _Spot | None:
    if hit.latitude is None or hit.longitude is None:
        return None
    place = geo.project(hit.latitude, hit.longitude)
    return _Spot(hit, *place) if place else None


def _window(spots: list[_Spot], here: tuple[float, float, str] | None) -> tuple[Window, set[str]]:
    """The part of the drawing to show (x, y, width, height), and the overseas frames in it."""
    found = [(spot.x, spot.y, spot.inset) for spot in spots] + ([here] if here else [])
    insets = {inset for _x, _y, inset in found} - {geo.MAINLAND}
    if insets:
        only = next((one for one in geo.INSETS if {one.slug} == insets), None)
        if only and all(inset == only.slug for _x, _y, inset in found):
            return (only.x, only.y, only.width, only.height), insets
        return _WHOLE, insets
    xs, ys = [x for x, _y, _i in found], [y for _x, y, _i in found]
    side = max(1.3 * (max(xs) - min(xs)), 1.3 * (max(ys) - min(ys)), _SMALLEST)
    if side > 0.7 * _MAINLAND[2]:
        return _MAINLAND, insets
    left = (max(xs) + min(xs) - side) / 2
    top = (max(ys) + min(ys) - side) / 2
    return (left, top, side, side), insets


def _on(x: float, y: float, window: Window, scale: float) -> tuple[float, float]:
    return round((x - window[0]) * scale, 1), round((y - window[1]) * scale, 1)


def _points(spots: list[_Spot], window: Window, scale: float) -> list[tuple[Point, list[str]]]:
    """One point per place of the drawing: hits a few pixels apart would hide each other."""
    groups: dict[tuple[int, int], list[_Spot]] = {}
    for spot in spots:
        x, y = _on(spot.x, spot.y, window, scale)
        groups.setdefault((round(x / 12), round(y / 12)), []).append(spot)
    return [
        (_point(group, f"p{number}", window, scale), [spot.hit.ref for spot in group])
        for number, group in enumerate(groups.values())
    ]


def _point(group: list[_Spot], ref: str, window: Window, scale: float) -> Point:
    first = group[0].hit
    titles = [spot.hit.title for spot in group]
    names = ", ".join(titles[:3]) + ("…" if len(titles) > 3 else "")
    if len(group) > 1:
        names = ngettext("%(n)d résultat : %(names)s", "%(n)d résultats : %(names)s", len(group)) % {
            "n": len(group),
            "names": names,
        }
    spheres = {spot.hit.spheres for spot in group}
    alone = next(iter(spheres)) if len(spheres) == 1 else ()
    sure = any(spot.hit.precision in SURE for spot in group)
    return Point(
        *_on(group[0].x, group[0].y, window, scale),
        names,
        ref,
        number=str(len(group)) if len(group) > 1 else "",
        level="" if sure else "approximate",
        sphere=alone[0] if len(alone) == 1 and first.kind == "organisation" else "",
    )


def _towns(cities: Iterable[City], window: Window, scale: float, taken: list[tuple[float, float]]) -> list[Town]:
    """The largest towns of the view, written over neither a point nor another town."""
    kept: list[Town] = []
    held = [(x - 9, y - 9, x + 9, y + 9) for x, y in taken]
    for city in cities:
        x, y = _on(city.x, city.y, window, scale)
        box = _written(city.name, x, y)
        inside = box[0] >= 4 and box[1] >= 4 and box[2] <= WIDTH - 4 and y <= window[3] * scale - 6
        if inside and not any(_overlap(box, other) for other in held):
            kept.append(Town(x, y, city.name))
            held.append((box[0] - 24, box[1] - 24, box[2] + 24, box[3] + 24))
        if len(kept) == _CITIES:
            break
    return kept


def _written(name: str, x: float, y: float) -> Box:
    """The place a name takes, centred above its town."""
    half = 3.4 * len(name)
    return x - half, y - 18, x + half, y + 4


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _reach(here: tuple[float, float, str] | None, place: Place | None, window: Window, scale: float) -> Reach | None:
    """Overseas frames have each their own scale: no circle there."""
    if here is None or place is None or here[2] != geo.MAINLAND:
        return None
    return Reach(*_on(here[0], here[1], window, scale), round(place.km * _KM * scale, 1))


def _note(hits: Sequence[Hit], spots: list[_Spot]) -> str:
    """What the map does not show, or not exactly."""
    said = []
    if any(spot.hit.precision not in SURE for spot in spots):
        said.append(_("Cercle en pointillé : position approximative."))
    if missing := len(hits) - len(spots):
        said.append(
            ngettext(
                "%(n)d résultat de cette page n’a pas de lieu connu.",
                "%(n)d résultats de cette page n’ont pas de lieu connu.",
                missing,
            )
            % {"n": missing}
        )
    return " ".join(said)
