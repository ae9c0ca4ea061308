"""Asking the index. The same question gives the same answer, whichever page asks."""

import json
import logging
import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from tantivy import DocAddress, Occur, Order
from tantivy import Query as Tantivy

from fairealliance.goals import challenge
from fairealliance.lib.geo import haversine_km
from fairealliance.search import counting
from fairealliance.search.documents import SHOWN
from fairealliance.search.health import Damaged, guarded
from fairealliance.search.narrowing import Clause, Narrowing, all_of
from fairealliance.search.near import around, candidates, distances
from fairealliance.search.query import MAX_DEPTH, MAX_PAGE_SIZE, Hit, Query, Results, State
from fairealliance.search.ranking import Ranker, Reading
from fairealliance.search.reader import Reader, View, reader
from fairealliance.search.schema import schema
from fairealliance.search.snippets import Marker, passage
from fairealliance.search.store import default_store

logger = logging.getLogger(__name__)
PLENTY = 100
"""Hits with most of the words themselves, from which words of their circles only change the order."""
ALL_SAID = 1.0
"""What having most of the words adds, when one is enough for a hit. Found on PIAF: it puts what was sought first a
little more often; twice as much brings no more."""
READ_INTO = (3.0, 1.5, 1.0)
"""What being on the theme adds that the question is read into, the surest first: « garde d'enfants » is about
early childhood, and not about the communes called La Garde."""
_TIES = 20
_MOST_TIES = 40_000
_BOOSTED = {"goal", "theme", "scope", "sphere"}
_TUPLES = ("goals", "themes", "spheres", "scopes", "stages")
Found = list[tuple[float, DocAddress]]


def find(query: Query, *, at: Reader | None = None) -> Results:
    """A page of hits. Never raises for the index's sake: `state` tells when it cannot answer."""
    started = time.perf_counter()
    source = at or reader(default_store())
    try:
        view = source.view()
        answer = guarded(lambda: _Question(view, query).answer())
    except Damaged as error:
        logger.warning("Search cannot answer: %s", error)
        source.forget()
        source.store.wish_rebuild()
        return Results(state=source.state_without_answer())
    answer["took_ms"] = (time.perf_counter() - started) * 1000
    return Results(**answer)


def status() -> State:
    """Whether search can answer, for those who only want to know that."""
    return reader(default_store()).state()


@dataclass(slots=True)
class _Plan:
    """What is a hit, with what must hold besides the filters, and how many there are."""

    match: Tantivy
    extra: list[Clause]
    total: int
    facets: counting.Counts
    is_wide: bool


class _Question:
    """One question put to one state of the index."""

    def __init__(self, view: View, query: Query) -> None:
        self.query, self.searcher = query, view.searcher
        self.narrowing = Narrowing.of(schema(), query)
        self.size = min(max(query.size, 1), MAX_PAGE_SIZE)
        self.start = (max(query.page, 1) - 1) * self.size
        self.is_counting = query.with_total or query.with_facets
        self.reading: Reading | None = None
        if query.text.strip():
            self.reading = Ranker(view.searcher, view.speller).read(query.text)

    def answer(self) -> dict[str, Any]:
        plan = self._plan()
        found = self._page(plan) if plan.total and self.start < min(plan.total, MAX_DEPTH) else []
        corrected = tuple(self.reading.corrected.items()) if self.reading else ()
        return {
            "hits": self._hits(found),
            "total": plan.total if self.is_counting else len(found),
            "facets": plan.facets,
            "corrected": corrected,
        }

    def _plan(self) -> _Plan:
        """Narrow where that finds plenty, else wide: a rare word also brings what stands for it.

        Decided before any value of a facet is chosen, else choosing one could find more than its count said.
        """
        if self.reading is None:
            return self._counted(Tantivy.all_query(), self._near(Tantivy.all_query()), is_wide=False)
        wide, narrow = self.reading.wide(), self.reading.narrow()
        extra = self._near(wide)
        if self.query.any_word:
            return self._counted(wide, extra, is_wide=True)
        if not self.narrowing.chosen:
            plan = self._counted(narrow, extra, is_wide=False)
            return plan if plan.total >= PLENTY else self._counted(wide, extra, is_wide=True)
        is_plenty = counting.total(self.searcher, narrow, self.narrowing.unchosen(), extra) >= PLENTY
        return self._counted(narrow if is_plenty else wide, extra, is_wide=not is_plenty)

    def _near(self, match: Tantivy) -> list[Clause]:
        if self.query.near is None:
            return []
        others = [(Occur.Must, match), *self.narrowing.always()]
        return around(self.searcher, self.narrowing, self.query.near, others)

    def _counted(self, match: Tantivy, extra: list[Clause], *, is_wide: bool) -> _Plan:
        if not self.is_counting:
            return _Plan(match, extra, MAX_DEPTH, {}, is_wide)
        if self.query.with_facets:
            total, facets = counting.count(self.searcher, match, self.narrowing, extra)
        else:
            total, facets = counting.total(self.searcher, match, self.narrowing, extra), {}
        return _Plan(match, extra, total, facets, is_wide)

    def _page(self, plan: _Plan) -> Found:
        """The hits of the page with their scores (0 where the order is not by relevance)."""
        filters = [*plan.extra, *self.narrowing.all()]
        everything = all_of([(Occur.Must, plan.match), *filters])
        match self.query.sort:
            case "distance" if self.query.near is not None:
                return self._nearest(everything)
            case "title":
                return self._ordered(everything, "by_title", Order.Asc)
            case "date":
                return self._ordered(everything, "by_date", Order.Desc)
            case "added":
                return self._ordered(everything, "by_added", Order.Desc)
        if self.reading is None and not self.query.boosts:
            return self._ordered(everything, "by_date", Order.Desc)
        return self._best(plan, filters)

    def _ordered(self, query: Tantivy, field_name: str, order: Order) -> Found:
        found = self.searcher.search(
            query, self.size, count=False, order_by_field=field_name, order=order, offset=self.start
        )
        return [(0.0, address) for _, address in found.hits]

    def _nearest(self, query: Tantivy) -> Found:
        assert self.query.near is not None
        listed = candidates(self.searcher, query)
        away = distances(self.searcher, listed, self.query.near)
        order = np.argsort(away, kind="stable")[self.start : self.start + self.size]
        return [(0.0, listed[i]) for i in order]

    def _best(self, plan: _Plan, filters: list[Clause]) -> Found:
        """By score; equal scores by number, so that every node and every page has them in one order."""
        query, end = all_of(self._scored(plan, filters)), self.start + self.size
        wanted = end + _TIES
        found = self.searcher.search(query, wanted, count=False).hits
        while len(found) == wanted < _MOST_TIES and _mark(found[-1]) == _mark(found[end - 1]):
            # The page ends among equals, not all of which were read: read on.
            wanted *= 4
            found = self.searcher.search(query, wanted, count=False).hits
        numbers = self.searcher.fast_field_values("number", [address for _, address in found])
        ranked = sorted(zip(found, numbers, strict=True), key=lambda each: (-_mark(each[0]), each[1]))
        return [each for each, _ in ranked[self.start : end]]

    def _scored(self, plan: _Plan, filters: list[Clause]) -> list[Clause]:
        clauses: list[Clause] = []
        if self.reading is None:
            clauses.append((Occur.Must, Tantivy.const_score_query(Tantivy.all_query(), 0.0)))
        elif plan.is_wide:
            clauses.append((Occur.Must, self.reading.score()))
            if not self.query.any_word:
                clauses.append((Occur.Should, Tantivy.const_score_query(self.reading.narrow(), ALL_SAID)))
        else:
            clauses.append((Occur.Must, Tantivy.const_score_query(plan.match, 0.0)))
            clauses.append((Occur.Should, self.reading.score()))
        if self.reading is not None:
            clauses += [(Occur.Should, each) for each in self.reading.bonuses()]
        clauses += [(Occur.Should, each) for each in self._boosts()]
        return [*clauses, *filters]

    def _boosts(self) -> list[Tantivy]:
        """Those asked for; else the themes that the words are read into."""
        return [
            self.narrowing.having(name, [value], worth=float(weight))
            for name, value, weight in self.query.boosts or self._themes()
            if name in _BOOSTED and weight > 0
        ]

    def _themes(self) -> list[tuple[str, str, float]]:
        if self.reading is None:
            return []
        sure = [hit.theme.slug for hit in challenge.read(self.query.text).themes if hit.score >= challenge.WORD]
        return [("theme", slug, weight) for slug, weight in zip(sure, READ_INTO, strict=False)]

    def _hits(self, found: Found) -> tuple[Hit, ...]:
        marker = Marker(self.reading) if self.reading and self.query.with_snippets else None
        return tuple(self._hit(score, address, marker) for score, address in found)

    def _hit(self, score: float, address: DocAddress, marker: Marker | None) -> Hit:
        *values, body = json.loads(str(self.searcher.doc(address)["shown"][0], "utf-8"))
        shown: dict[str, Any] = dict(zip(SHOWN, values, strict=True))
        for name in _TUPLES:
            shown[name] = tuple(shown[name])
        if marker is not None:
            shown["snippet"], words = passage(body or shown["summary"], marker)
            titled = (group.text for _, _, group in marker.spans(shown["title"]))
            shown["matched"] = tuple(dict.fromkeys([*filter(None, titled), *words]))
        return Hit(score=score, distance_km=self._distance(shown), **shown)

    def _distance(self, shown: dict[str, Any]) -> float | None:
        near, latitude, longitude = self.query.near, shown["latitude"], shown["longitude"]
        if near is None or latitude is None or longitude is None:
            return None
        away = haversine_km(near.latitude, near.longitude, latitude, longitude)
        return away if math.isfinite(away) else None


def _mark(found: tuple[float, DocAddress]) -> float:
    """A score as far as it is the same on every node: adding up in another order changes the last digits."""
    return round(found[0], 3)
