"""Facet counts over all the hits, not those of the page."""

from collections.abc import Sequence

from tantivy import Occur, Searcher
from tantivy import Query as Tantivy

from fairealliance.search.narrowing import Clause, Narrowing, all_of
from fairealliance.search.schema import FACETS

Counts = dict[str, dict[str, int]]
_ALL = 60_000
"""Values of a facet: what is cut would be missing from it, or from the total. tantivy counts no more than 65,000."""


def count(searcher: Searcher, match: Tantivy, narrowing: Narrowing, extra: Sequence[Clause]) -> tuple[int, Counts]:
    """How many hits, and how many of them have each value of each facet.

    What is chosen in a facet does not lower the counts of its other values: they tell what one would add.
    """
    matching = [(Occur.Must, match), *extra]
    # Everything has exactly one kind, so its counts add up to the total: asked here even when chosen.
    unchosen = [name for name in FACETS if name == "kind" or name not in narrowing.chosen]
    counts = _ask(searcher, [*matching, *narrowing.all()], unchosen)
    total = sum(counts["kind"].values())
    for name in narrowing.chosen:
        counts |= _ask(searcher, [*matching, *narrowing.all(but=name)], [name])
    return total, {name: counts[name] for name in FACETS}


def total(searcher: Searcher, match: Tantivy, narrowing: Narrowing, extra: Sequence[Clause]) -> int:
    """How many hits, without facets."""
    found = searcher.search(all_of([(Occur.Must, match), *extra, *narrowing.all()]), 1, count=True)
    count: int = found.count  # type: ignore[attr-defined]  # missing from tantivy's stub
    return count


def _ask(searcher: Searcher, clauses: Sequence[Clause], names: Sequence[str]) -> Counts:
    """The counts of these facets, each from the most frequent value on."""
    wanted = {name: {"terms": {"field": name, "size": _ALL}} for name in names}
    answer = searcher.aggregate(all_of(clauses), wanted)
    return {name: {each["key"]: each["doc_count"] for each in answer[name]["buckets"]} for name in names}
