"""Organisations by a name badly typed, for the rooms below: words are corrected by those that the index knows."""

from fairealliance.search import engine
from fairealliance.search.query import Query

MOST = 30


def organisations(text: str, place: str = "") -> list[int]:
    """Their numbers, the likeliest first; none while the index cannot answer. `place`: of a territory, or ""."""
    asked = Query(
        text=text[:200],
        kinds=("organisation",),
        scopes=(place,) if place else (),
        size=MOST,
        any_word=True,
        with_facets=False,
        with_snippets=False,
        with_total=False,
    )
    return [int(hit.ref.partition(":")[2]) for hit in engine.find(asked).hits]
