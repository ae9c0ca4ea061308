"""The drawing all our maps share: the projection of `lib.geo`, on a grid of half units, in whole numbers."""

from collections.abc import Iterable, Sequence

from fairealliance.lib import geo

GRID = 2
WIDTH, HEIGHT = geo.VIEWBOX_WIDTH * GRID, geo.VIEWBOX_HEIGHT * GRID
_DOT = 3  # cells in which several communes of one territory make one dot
Spot = tuple[int, int]


def spot(latitude: float, longitude: float) -> Spot | None:
    """A point in degrees, on the grid. None when it falls outside the drawing."""
    place = geo.project(latitude, longitude)
    return (round(place[0] * GRID), round(place[1] * GRID)) if place else None


def ring(points: Sequence[Sequence[float]]) -> list[Spot]:
    """A closed line (longitude, latitude) on the grid, consecutive repeats gone, without its closing point.

    The whole ring lies in the inset of its first point on the drawing: an island is never cut by a frame.
    """
    inset = next((found for lon, lat, *_z in points if (found := _inset_of(lat, lon))), None)
    spots: list[Spot] = []
    for lon, lat, *_z in points:
        here = _place(lat, lon, inset)
        if here and (not spots or spots[-1] != here):
            spots.append(here)
    if len(spots) > 1 and spots[0] == spots[-1]:
        spots.pop()
    return spots


def _inset_of(latitude: float, longitude: float) -> str:
    place = geo.project(latitude, longitude)
    return place[2] if place else ""


def _place(latitude: float, longitude: float, inset: str | None) -> Spot | None:
    frame = next((each for each in geo.INSETS if each.slug == inset), None)
    if frame is None:
        return spot(latitude, longitude)
    x, y = frame.place(latitude, longitude)
    return round(x * GRID), round(y * GRID)


def path(rings: Iterable[Sequence[Spot]]) -> str:
    """Closed lines as one SVG path: an absolute start, then steps, which are shorter to send."""
    drawn = []
    for spots in rings:
        (x, y), *rest = spots
        steps = []
        for to_x, to_y in rest:
            steps.append(_pair(to_x - x, to_y - y))
            x, y = to_x, to_y
        drawn.append(f"M{spots[0][0]} {spots[0][1]}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(drawn)


def dots(places: Iterable[Spot]) -> str:
    """Places as one SVG path of the shortest strokes, which round ends turn into dots; one per cell."""
    cells = sorted({(x // _DOT, y // _DOT) for x, y in places})
    drawn: list[str] = []
    here = (0, 0)
    for column, row in cells:
        x, y = column * _DOT + 1, row * _DOT + 1
        drawn.append(("m" if drawn else "M") + _pair(x - here[0], y - here[1]) + "h1")
        here = (x + 1, y)
    return "".join(drawn)


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"
