"""Facet counts over all the hits, not those of the page."""

from collections.abc import Sequence

from tantivy import Occur, Searcher
from tantivy import Query as Tantivy

from fairealliance.search.narrowing import Clause, Narrowing, all_of
from fairealliance.search.schema import FACET_FIELDS

Counts = dict[str, dict[str, int]]
_SIZES = {"kind": 20, "goal": 20, "theme": 100, "sphere": 10, "region": 40, "departement": 130, "year": 200}


def count(searcher: Searcher, match: Tantivy, narrowing: Narrowing, extra: Sequence[Clause]) -> tuple[int, Counts]:
    """How many hits, and how many of them have each value of each facet.

    What is chosen in a facet does not lower the counts of its other values: they tell what one would add.
    """
    matching = [(Occur.Must, match), *extra]
    open_facets = [name for name in FACET_FIELDS if name not in narrowing.chosen]
    # `kind` has exactly one value, so its counts add up to the total; it is asked here even when chosen.
    first = _ask(searcher, [*matching, *narrowing.all()], dict.fromkeys(["kind", *open_facets]))
    total = sum(first["kind"].values())
    counts = {name: first[name] for name in open_facets}
    for name in narrowing.chosen:
        counts |= _ask(searcher, [*matching, *narrowing.all(but=name)], [name])
    return total, {name: counts[name] for name in FACET_FIELDS}


def total(searcher: Searcher, match: Tantivy, narrowing: Narrowing, extra: Sequence[Clause]) -> int:
    """How many hits, without facets."""
    found = searcher.search(all_of([(Occur.Must, match), *extra, *narrowing.all()]), 1, count=True)
    count: int = found.count  # type: ignore[attr-defined]  # missing from tantivy's stub
    return count


def _ask(searcher: Searcher, clauses: Sequence[Clause], names: Sequence[str] | dict[str, None]) -> Counts:
    wanted = {name: {"terms": {"field": name, "size": _SIZES[name]}} for name in names}
    answer = searcher.aggregate(all_of(clauses), wanted)
    return {name: {b["key"]: b["doc_count"] for b in answer[name]["buckets"]} for name in names}
