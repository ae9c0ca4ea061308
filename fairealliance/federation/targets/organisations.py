"""Organisations, with their seat, places and territories of action."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from fairealliance.federation.columns import Converted
from fairealliance.federation.mapping import kinds
from fairealliance.federation.targets.base import Target
from fairealliance.organisations import actions as organisations
from fairealliance.organisations.rows import EstablishmentRow, OrganisationRow
from fairealliance.provenance.models import Source
from fairealliance.territories.enums import Precision

Point = tuple[float | None, float | None, str]
_NOWHERE: Point = (None, None, Precision.UNKNOWN.value)
_BEFORE_PLACE: dict[str, Any] = {
    "name": "",
    "acronym": "",
    "sphere": "",
    "description": "",
    "siren": None,
    "rna": None,
    "naf": "",
    "legal_category": "",
    "website": "",
    "email": "",
    "phone": "",
    "goals": (),
    "targets": (),
    "themes": (),
}


class OrganisationTarget(Target):
    """A SIRET in the mapping makes an establishment too."""

    def write(self, rows: Converted) -> None:
        made = self.stamped(self._rows(rows))
        for slug, some in self.by_source(made, rows.get("source")):
            source = self.sources.get(slug)
            outcome = organisations.save_batch(by=self.by, source=source, rows=some, overrules=self._overruled)
            self.tally.add(len(outcome.created), len(outcome.updated), len(outcome.unchanged))
            self.kept += outcome.kept
            self._ids.update(outcome.ids)
        if "siret" in rows.values:
            self._establishments(rows)
        self._ids.clear()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._ids: dict[str, int] = {}

    @cached_property
    def _overruled(self) -> Collection[int]:
        """Sources of lesser rank: a register knows better than a list of grants, a person better than a register."""
        rank = self.mapping.options.get("rank", 1)
        lesser = {m.source["slug"] for m in kinds().values() if m.options.get("rank", 1) < rank}
        return frozenset(Source.objects.filter(slug__in=lesser).values_list("pk", flat=True))

    def _rows(self, rows: Converted) -> list[OrganisationRow]:
        territories, points = self._territories(rows), self._points(rows)
        where = [
            places if seat is None else (*places, seat)
            for places, seat in zip(territories, rows.get("seat"), strict=True)
        ]
        return list(
            map(
                OrganisationRow,
                rows.get("key"),
                self.fingerprints(rows, where),
                *(rows.get(name, default) for name, default in _BEFORE_PLACE.items()),
                rows.get("seat"),
                *zip(*points, strict=True),
                rows.get("closed_on"),
                rows.get("source_url", ""),
                rows.get("source_passage", ""),
                self.demo(rows),
                territories,
            )
        )

    def _territories(self, rows: Converted) -> Sequence[tuple[int, ...]]:
        listed = rows.get("territories", ())
        return [
            places or ((one,) if one is not None else ())
            for places, one in zip(listed, rows.get("territory"), strict=True)
        ]

    def _points(self, rows: Converted) -> list[Point]:
        """The exact point when given, else that of the seat and how well it is known."""
        found: list[Point] = []
        for exact, seat in zip(rows.get("point"), rows.get("seat"), strict=True):
            if exact:
                found.append((*exact, Precision.EXACT.value))
            elif seat is not None and (place := self.context.book.place(seat)).latitude is not None:
                found.append((place.latitude, place.longitude, place.precision))
            else:
                found.append(_NOWHERE)
        return found

    def _establishments(self, rows: Converted) -> None:
        places = [
            EstablishmentRow(siret, self._ids[key], name, address, postal_code, seat, True)
            for siret, key, name, address, postal_code, seat in zip(
                rows.values["siret"],
                rows.get("key"),
                rows.get("name", ""),
                rows.get("address", ""),
                rows.get("postal_code", ""),
                rows.get("seat"),
                strict=True,
            )
            if siret
        ]
        organisations.save_establishments(by=self.by, rows=places)
