"""Facet counts over all the hits, not those of the page."""

from collections.abc import Sequence

from tantivy import Occur, Searcher
from tantivy import Query as Tantivy

from fairealliance.search.narrowing import Clause, Narrowing, all_of
from fairealliance.search.schema import FACET_FIELD, FACETS

Counts = dict[str, dict[str, int]]
_ALL = 60_000
"""Values of all facets together, of which some four hundred are in use: what is cut would be missing from a facet, or
from the total. tantivy counts no more than 65,000."""


def count(searcher: Searcher, match: Tantivy, narrowing: Narrowing, extra: Sequence[Clause]) -> tuple[int, Counts]:
    """How many hits, and how many of them have each value of each facet.

    What is chosen in a facet does not lower the counts of its other values: they tell what one would add.
    """
    matching = [(Occur.Must, match), *extra]
    counts = _ask(searcher, [*matching, *narrowing.all()])
    total = sum(counts["kind"].values())  # everything has exactly one kind
    for name in narrowing.chosen:
        counts[name] = _ask(searcher, [*matching, *narrowing.all(but=name)])[name]
    return total, counts


def total(searcher: Searcher, match: Tantivy, narrowing: Narrowing, extra: Sequence[Clause]) -> int:
    """How many hits, without facets."""
    found = searcher.search(all_of([(Occur.Must, match), *extra, *narrowing.all()]), 1, count=True)
    count: int = found.count  # type: ignore[attr-defined]  # missing from tantivy's stub
    return count


def _ask(searcher: Searcher, clauses: Sequence[Clause]) -> Counts:
    """The counts of every facet, each from the most frequent value on."""
    answer = searcher.aggregate(all_of(clauses), {FACET_FIELD: {"terms": {"field": FACET_FIELD, "size": _ALL}}})
    counts: Counts = {name: {} for name in FACETS}
    for bucket in answer[FACET_FIELD]["buckets"]:
        name, _, value = bucket["key"].partition("=")
        if name in counts:
            counts[name][value] = bucket["doc_count"]
    return counts
