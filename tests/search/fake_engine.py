"""A small engine in memory, for pages and the API. `test_fake_engine.py` holds it to the real one's answers."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fairealliance.lib.geo import haversine_km
from fairealliance.lib.text_fr import fold
from fairealliance.search.query import Hit, Query, Results, State


@dataclass
class FakeEngine:
    """Holds hits; finds those that bear every word asked. Remembers the questions."""

    hits: list[Hit] = field(default_factory=list)
    state: State = State.READY
    corrected: tuple[tuple[str, str], ...] = ()
    asked: list[Query] = field(default_factory=list)

    def find(self, query: Query) -> Results:
        self.asked.append(query)
        if self.state != State.READY:
            return Results(state=self.state)
        found = [placed for hit in self.hits if (placed := _answering(hit, query))]
        told = query.text.strip() or query.boosts
        found.sort(key=_ORDERS["date" if query.sort == "relevance" and not told else query.sort])
        start = (query.page - 1) * query.size
        return Results(
            hits=tuple(found[start : start + query.size]),
            total=len(found),
            facets=self._counts(query) if query.with_facets else {},
            corrected=self.corrected,
        )

    def _counts(self, query: Query) -> dict[str, dict[str, int]]:
        """What is chosen in a facet does not lower the counts of its other values."""
        counts = {}
        for facet, (own, values) in _FACETS.items():
            open_query = replace(query, **{own: ()})
            found = [placed for hit in self.hits if (placed := _answering(hit, open_query))]
            counts[facet] = dict(Counter(value for hit in found for value in values(hit)))
        return counts


def a_hit(number: int, **fields: Any) -> Hit:
    """A practice, unless told otherwise."""
    given = {"kind": "practice", "title": f"Pratique {number}", "score": 1 / number, "added": number} | fields
    kind = given["kind"]
    return Hit(**{"ref": f"{kind}:{number}", "url": f"/{kind}s/{number}/", "precision": "exact"} | given)


_ORDERS = {
    "relevance": lambda hit: (-hit.score, hit.ref),
    "date": lambda hit: (-(hit.year or 0), -(hit.added // 86_400), zlib.crc32(hit.ref.encode()) * -1),
    "added": lambda hit: (-hit.added, hit.ref),
    "title": lambda hit: (fold(hit.title), hit.ref),
    "distance": lambda hit: (hit.distance_km if hit.distance_km is not None else 1e9, hit.ref),
}


def _answering(hit: Hit, query: Query) -> Hit | None:
    words = fold(query.text).split()
    text = fold(f"{hit.title} {hit.summary}")
    kept = (
        all(word in text for word in words)
        and (not query.kinds or hit.kind in query.kinds)
        and _meet(query.goals, hit.goals)
        and _meet(query.themes, hit.themes)
        and _meet(query.spheres, hit.spheres)
        and _meet(query.scopes, hit.scopes)
        and _meet([f"region:{code}" for code in query.regions], hit.scopes)
        and _meet([f"departement:{code}" for code in query.departements], hit.scopes)
        and (not query.years or hit.year in query.years)
    )
    if not kept or query.near is None:
        return hit if kept else None
    if hit.latitude is None or hit.longitude is None:
        return None
    km = haversine_km(query.near.latitude, query.near.longitude, hit.latitude, hit.longitude)
    return replace(hit, distance_km=km) if km <= query.near.km else None


def _meet(wanted: Iterable[object], held: Iterable[object]) -> bool:
    asked = set(wanted)
    return not asked or bool(asked & set(held))


def _codes(level: str) -> Callable[[Hit], list[str]]:
    return lambda hit: [scope.split(":")[1] for scope in hit.scopes if scope.startswith(f"{level}:")]


_FACETS: dict[str, tuple[str, Callable[[Hit], Iterable[str]]]] = {
    "kind": ("kinds", lambda hit: [hit.kind]),
    "goal": ("goals", lambda hit: [str(goal) for goal in hit.goals]),
    "theme": ("themes", lambda hit: hit.themes),
    "sphere": ("spheres", lambda hit: hit.spheres),
    "region": ("regions", _codes("region")),
    "departement": ("departements", _codes("departement")),
    "year": ("years", lambda hit: [str(hit.year)] if hit.year else []),
}
