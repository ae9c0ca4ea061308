"""Within so many kilometres: a box read from the index, then the exact distance of what is in it."""

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Occur, Searcher
from tantivy import Query as Tantivy

from fairealliance.lib.geo import EARTH_RADIUS_KM, bbox
from fairealliance.search.narrowing import Clause, Narrowing, all_of
from fairealliance.search.query import Near
from fairealliance.search.schema import schema

Floats = NDArray[np.float64]


def around(searcher: Searcher, narrowing: Narrowing, near: Near, others: list[Clause]) -> list[Clause]:
    """Clauses for `near`: the box, less what lies in its corners among what answers `others`."""
    box = narrowing.within(bbox(near.latitude, near.longitude, near.km))
    inside = candidates(searcher, all_of([*others, *box]))
    if not inside:
        return box
    far = distances(searcher, inside, near) > near.km
    if not far.any():
        return box
    numbers = searcher.fast_field_values("number", [inside[i] for i in np.flatnonzero(far)])
    corners = Tantivy.term_set_query(schema(), "number", numbers)
    return [*box, (Occur.MustNot, corners)]


def candidates(searcher: Searcher, query: Tantivy) -> list[DocAddress]:
    """Every document that answers, in the index's own order."""
    limit = max(searcher.num_docs, 1)
    found = searcher.search(query, limit, count=False, order_by_field="number")
    return [address for _, address in found.hits]


def distances(searcher: Searcher, addresses: list[DocAddress], near: Near) -> Floats:
    """Kilometres from the point; infinite for what has no place."""
    latitudes = _column(searcher, "latitude", addresses)
    longitudes = _column(searcher, "longitude", addresses)
    phi, phi0 = np.radians(latitudes), np.radians(near.latitude)
    half_lat = np.sin((phi - phi0) / 2)
    half_lon = np.sin(np.radians(longitudes - near.longitude) / 2)
    chord = half_lat**2 + np.cos(phi) * np.cos(phi0) * half_lon**2
    found = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return np.where(np.isnan(found), np.inf, found)


def _column(searcher: Searcher, name: str, addresses: list[DocAddress]) -> Floats:
    values = searcher.fast_field_values(name, addresses)
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
