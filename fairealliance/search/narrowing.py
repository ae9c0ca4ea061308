"""Filters: what must be true of a hit besides its words; and what is preferred, told the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Tantivy

from fairealliance.lib.geo import Box
from fairealliance.search.query import Query
from fairealliance.search.schema import FACETS, INVENTED, MARK, SCOPE

Clause = tuple[Occur, Tantivy]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters of a question: `chosen` are the facets' values, `always` holds for every count too."""

    schema: Schema
    chosen: dict[str, tuple[str, ...]]
    scopes: tuple[str, ...]
    real_only: bool = False

    @classmethod
    def of(cls, schema: Schema, query: Query) -> "Narrowing":
        values: dict[str, Iterable[object]] = {
            "kind": query.kinds,
            "goal": query.goals,
            "theme": query.themes,
            "sphere": query.spheres,
            "region": query.regions,
            "departement": query.departements,
            "year": query.years,
        }
        chosen = {name: tuple(dict.fromkeys(map(str, values[name]))) for name in FACETS}
        return cls(schema, {name: found for name, found in chosen.items() if found}, query.scopes, query.real_only)

    def having(self, name: str, values: Sequence[str], *, worth: float = 0.0) -> Tantivy:
        """What has one of the values of a facet, of `scope` or of `mark`, and what that adds to its rank."""
        # Half of a pair, which no text has: tantivy would fail, as it does on a damaged index.
        terms = [value.encode("utf-8", "replace").decode() for value in values]
        if len(terms) == 1:
            query = Tantivy.term_query(self.schema, name, terms[0], index_option="basic")
        else:
            query = Tantivy.term_set_query(self.schema, name, terms)
        return Tantivy.const_score_query(query, worth)

    def always(self) -> list[Clause]:
        within = [(Occur.Must, self.having(SCOPE, self.scopes))] if self.scopes else []
        return [*within, (Occur.MustNot, self.having(MARK, [INVENTED]))] if self.real_only else within

    def all(self, *, but: str = "") -> list[Clause]:
        """Every filter; `but` one facet's, whose values are counted as if none were chosen."""
        facets = [(Occur.Must, self.having(name, values)) for name, values in self.chosen.items() if name != but]
        return [*self.always(), *facets]

    def unchosen(self) -> "Narrowing":
        """The same with nothing chosen in any facet."""
        return replace(self, chosen={})

    def within(self, box: Box) -> list[Clause]:
        """Inside a box, which may cross the 180th meridian."""
        south_north = self._between("latitude", box.south, box.north)
        if box.west <= box.east:
            return [(Occur.Must, south_north), (Occur.Must, self._between("longitude", box.west, box.east))]
        both = [self._between("longitude", box.west, 180.0), self._between("longitude", -180.0, box.east)]
        either = Tantivy.boolean_query([(Occur.Should, each) for each in both])
        return [(Occur.Must, south_north), (Occur.Must, Tantivy.const_score_query(either, 0.0))]

    def _between(self, field_name: str, low: float, high: float) -> Tantivy:
        found = Tantivy.range_query(self.schema, field_name, FieldType.Float, float(low), float(high))
        return Tantivy.const_score_query(found, 0.0)


def all_of(clauses: Sequence[Clause]) -> Tantivy:
    """Every clause; everything when there is none."""
    if not clauses:
        return Tantivy.all_query()
    if len(clauses) == 1 and clauses[0][0] == Occur.Must:
        return clauses[0][1]
    return Tantivy.boolean_query(list(clauses))
