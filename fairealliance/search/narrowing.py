"""Filters: what must be true of a hit besides its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Tantivy

from fairealliance.lib.geo import Box
from fairealliance.search.query import Query
from fairealliance.search.schema import FACET_FIELDS, INVENTED

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
        chosen = {name: tuple(dict.fromkeys(map(str, values[name]))) for name in FACET_FIELDS}
        return cls(schema, {name: found for name, found in chosen.items() if found}, query.scopes, query.real_only)

    def any_of(self, field_name: str, values: Sequence[str]) -> Tantivy:
        """Has one of the values; weighs nothing in the order."""
        if len(values) == 1:
            query = Tantivy.term_query(self.schema, field_name, values[0], index_option="basic")
        else:
            query = Tantivy.term_set_query(self.schema, field_name, list(values))
        return Tantivy.const_score_query(query, 0.0)

    def always(self) -> list[Clause]:
        within = [(Occur.Must, self.any_of("scope", self.scopes))] if self.scopes else []
        return [*within, (Occur.MustNot, self.any_of("mark", [INVENTED]))] if self.real_only else within

    def all(self, *, but: str = "") -> list[Clause]:
        """Every filter; `but` one facet's, whose values are counted as if none were chosen."""
        facets = [(Occur.Must, self.any_of(n, values)) for n, values in self.chosen.items() if n != but]
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
