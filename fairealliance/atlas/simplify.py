"""Fewer points for the same look. A border shared by two territories is cut once, so that no gap opens between them."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from fairealliance.atlas.drawing import Spot

Ring = list[Spot]
Arc = tuple[Spot, ...]


class Simplifier:
    """All the rings of a level together: it must see both sides of a border to treat them alike."""

    def __init__(self, rings: Iterable[Ring], tolerance: float) -> None:
        self._tolerance = tolerance
        self._nodes = _nodes(rings)
        self._kept: dict[Arc, Arc] = {}

    def simplify(self, ring: Ring) -> Ring:
        """`ring` with fewer points; empty when nothing of it can be seen any more."""
        arcs = self._arcs(ring)
        found = [spot for arc in arcs for spot in self._arc(arc)[:-1]]
        return found if len(found) >= 3 else []

    def _arcs(self, ring: Ring) -> list[Arc]:
        """The ring cut where three territories meet; when nowhere, at its own two farthest ends."""
        cuts = [i for i, spot in enumerate(ring) if spot in self._nodes]
        if len(cuts) < 2:
            cuts = _own_cuts(ring, cuts)
        turned = ring[cuts[0] :] + ring[: cuts[0]]
        places = [cut - cuts[0] for cut in cuts] + [len(turned)]
        turned.append(turned[0])
        return [tuple(turned[start : end + 1]) for start, end in pairwise(places)]

    def _arc(self, arc: Arc) -> Arc:
        backward = arc[::-1]
        if backward < arc:
            return self._once(backward)[::-1]
        return self._once(arc)

    def _once(self, arc: Arc) -> Arc:
        if arc not in self._kept:
            self._kept[arc] = thinned(arc, self._tolerance)
        return self._kept[arc]


def thinned(arc: Arc, tolerance: float) -> Arc:
    """Douglas and Peucker (1973): only the points farther than `tolerance` from the line that would replace them."""
    keep = {0, len(arc) - 1}
    waiting = [(0, len(arc) - 1)]
    while waiting:
        start, end = waiting.pop()
        farthest, distance = start, tolerance
        for i in range(start + 1, end):
            away = _away(arc[i], arc[start], arc[end])
            if away > distance:
                farthest, distance = i, away
        if farthest != start:
            keep.add(farthest)
            waiting += [(start, farthest), (farthest, end)]
    return tuple(arc[i] for i in sorted(keep))


def area(ring: Ring) -> float:
    """Surface of a ring, in cells of the grid."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _nodes(rings: Iterable[Ring]) -> set[Spot]:
    """Points with more than two neighbours: borders meet there."""
    around: dict[Spot, set[Spot]] = defaultdict(set)
    for ring in rings:
        for before, here, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            around[here].update((before, after))
    return {spot for spot, near in around.items() if len(near) > 2}


def _own_cuts(ring: Ring, cuts: list[int]) -> list[int]:
    """Two cuts that do not depend on where the file begins the ring, nor on its direction."""
    first = cuts[0] if cuts else ring.index(min(ring))
    x, y = ring[first]
    other = max(range(len(ring)), key=lambda i: ((ring[i][0] - x) ** 2 + (ring[i][1] - y) ** 2, ring[i]))
    return sorted({first, other}) if other != first else [first]


def _away(point: Spot, start: Spot, end: Spot) -> float:
    """Distance from a point to the segment between two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
    gap_x, gap_y = px - ax - along * dx, py - ay - along * dy
    return float((gap_x * gap_x + gap_y * gap_y) ** 0.5)
