"""Practices, with their partners and places."""

from collections.abc import Iterator, Sequence
from typing import Any

from fairealliance.federation.columns import Converted
from fairealliance.federation.context import PublicBody
from fairealliance.federation.converters.lists import NamedPartner
from fairealliance.federation.targets.base import Target
from fairealliance.organisations import actions as organisations
from fairealliance.organisations.rows import OrganisationRow
from fairealliance.practices import actions as practices
from fairealliance.practices.rows import LinkRow, PartnerRow, PracticeRow
from fairealliance.territories.enums import Precision

Point = tuple[float | None, float | None, str]
_NOWHERE: Point = (None, None, Precision.UNKNOWN.value)
# Fields of PracticeRow that a mapping fills as they are, with what they are when it does not.
_PLAIN: dict[str, Any] = {
    "title": "",
    "challenge": "",
    "summary": "",
    "form": "",
    "kind": "",
    "stage": "",
    "start_year": None,
    "end_year": None,
    "cost": None,
    "funding": "",
    "results": "",
    "evidence": "",
    "conditions": "",
    "contact": "",
    "source_url": "",
    "source_passage": "",
}


class PracticeTarget(Target):
    """A mapping gives the partners as a list, or one of them by name, SIREN and sphere, and a funder as a constant."""

    def write(self, rows: Converted) -> None:
        territories = self._territories(rows)
        points = self._points(rows, territories)
        made = list(
            map(
                PracticeRow,
                rows.get("key"),
                self.fingerprints(rows, territories),
                *self._plain(rows),
                *zip(*points, strict=True),
                self.demo(rows),
                rows.get("goals", ()),
                rows.get("targets", ()),
                rows.get("themes", ()),
                self._partners(rows),
                territories,
                self._tools(rows),
            )
        )
        for slug, some in self.by_source(self.stamped(made), rows.get("source")):
            saved = practices.save_batch(by=self.by, source=self.sources.get(slug), rows=some)
            self.tally.add(len(saved.created), len(saved.updated), saved.unchanged)
            self.kept += saved.kept

    def attach(self, rows: Converted) -> None:
        """Another line of the same project: its beneficiary and its commune belong to it too."""
        if self.mapping.options.get("duplicates") != "attach":
            return
        links = list(map(LinkRow, rows.get("key"), self._partners(rows), self._territories(rows)))
        practices.attach_batch(by=self.by, source=self.sources.get(), rows=links)

    def _plain(self, rows: Converted) -> Iterator[Sequence[Any]]:
        years = rows.values.get("years")
        for name, default in _PLAIN.items():
            if years and name in ("start_year", "end_year"):
                yield [pair[name == "end_year"] if pair else None for pair in years]
            else:
                yield rows.get(name, default)

    def _territories(self, rows: Converted) -> Sequence[tuple[int, ...]]:
        if "territories" in rows.values:
            return rows.values["territories"]
        return [() if pk is None else (pk,) for pk in rows.get("territory")]

    def _points(self, rows: Converted, territories: Sequence[tuple[int, ...]]) -> list[Point]:
        """The exact point when given, else that of the first territory and how well it is known."""
        found: list[Point] = []
        for exact, places in zip(rows.get("point"), territories, strict=True):
            if exact:
                found.append((*exact, Precision.EXACT.value))
            elif places and (place := self.context.book.place(places[0])).latitude is not None:
                found.append((place.latitude, place.longitude, place.precision))
            else:
                found.append(_NOWHERE)
        return found

    def _tools(self, rows: Converted) -> Sequence[tuple[int, ...]]:
        """Keys of resources; those we do not hold are left out."""
        own = self.mapping.source["slug"]
        return [
            tuple(pk for key in keys if (pk := self.context.resource(slug or own, key))) if keys else ()
            for keys, slug in zip(rows.get("tools", ()), rows.get("source"), strict=True)
        ]

    def _partners(self, rows: Converted) -> Sequence[tuple[PartnerRow, ...]]:
        if "partners" in rows.values:
            sources = rows.get("source")
            return [self._listed(some, slug) for some, slug in zip(rows.values["partners"], sources, strict=True)]
        return self._single(rows)

    def _listed(self, named: tuple[NamedPartner, ...] | None, slug: str | None) -> tuple[PartnerRow, ...]:
        return tuple(
            PartnerRow(
                self.context.organisation(slug or self.mapping.source["slug"], one.identifier)
                if one.identifier
                else None,
                one.name,
                one.sphere,
                one.role,
                one.amount,
            )
            for one in named or ()
        )

    def _single(self, rows: Converted) -> Sequence[tuple[PartnerRow, ...]]:
        """The beneficiary, made an organisation when its SIREN is known, and who funds."""
        funder = self.mapping.options.get("funder")
        tail = (PartnerRow(None, funder["name"], funder["sphere"], "funder"),) if funder else ()
        role = self.mapping.options.get("partner_role", "")
        bodies = self.context.public_bodies
        sirens, names, spheres = rows.get("partner_siren"), rows.get("partner_name", ""), rows.get("partner_sphere", "")
        names = [
            bodies[siren].full_name if siren in bodies else name for siren, name in zip(sirens, names, strict=True)
        ]
        known = self._organisations(sirens, names, spheres)
        return [
            ((PartnerRow(known.get(siren), name, sphere, role, amount), *tail) if name else tail)
            for siren, name, sphere, amount in zip(sirens, names, spheres, rows.get("partner_amount"), strict=True)
        ]

    def _organisations(
        self, sirens: Sequence[str | None], names: Sequence[str], spheres: Sequence[str]
    ) -> dict[str, int]:
        """SIREN → organisation, made when we do not know it."""
        known = organisations.known_by_siren({siren for siren in sirens if siren})
        wanted = {
            siren: _mentioned(siren, name, sphere, self.context.public_bodies.get(siren))
            for siren, name, sphere in zip(sirens, names, spheres, strict=True)
            if siren and name and siren not in known
        }
        if wanted:
            source = self.sources.get()
            known |= organisations.save_batch(by=self.by, source=source, rows=list(wanted.values())).ids
        return known


def _mentioned(siren: str, name: str, sphere: str, body: PublicBody | None) -> OrganisationRow:
    where = (body.territory_id,) if body else ()
    seat = body.territory_id if body and body.level == "commune" else None
    return OrganisationRow(
        key=siren, fingerprint="", name=name, sphere=sphere, siren=siren, seat_id=seat, territories=where
    )
