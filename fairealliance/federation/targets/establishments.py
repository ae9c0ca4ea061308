"""Establishments of the register. An organisation we do not know yet is made, and completed when its unit comes."""

from fairealliance.federation.columns import Converted
from fairealliance.federation.targets.base import Target
from fairealliance.organisations import actions as organisations
from fairealliance.organisations.rows import EstablishmentRow, OrganisationRow
from fairealliance.territories.enums import Precision


class EstablishmentTarget(Target):
    """One per SIRET."""

    def write(self, rows: Converted) -> None:
        sirets = rows.get("key")
        names = rows.get("name", "")
        known = self._organisations(rows)
        places = [
            EstablishmentRow(
                siret,
                known[siret[:9]],
                name,
                address,
                postal_code,
                territory,
                is_seat,
                *((*point, Precision.EXACT.value) if point else (None, None, Precision.UNKNOWN.value)),
            )
            for siret, name, address, postal_code, territory, is_seat, point in zip(
                sirets,
                names,
                rows.get("address", ""),
                rows.get("postal_code", ""),
                rows.get("territory"),
                rows.get("is_seat", False),
                rows.get("point"),
                strict=True,
            )
        ]
        outcome = organisations.save_establishments(by=self.by, rows=places)
        self.tally.add(len(outcome.created), len(outcome.updated), len(outcome.unchanged))

    def _organisations(self, rows: Converted) -> dict[str, int]:
        """SIREN → organisation, made when we do not know it."""
        sirens = [siret[:9] for siret in rows.get("key")]
        known = organisations.known_by_siren(set(sirens))
        wanted = {
            siren: OrganisationRow(key=siren, fingerprint="", name=name or _unnamed(siren), siren=siren)
            for siren, name in zip(sirens, rows.get("organisation_name", ""), strict=True)
            if siren not in known
        }
        if wanted:
            source = self.sources.get()
            known |= organisations.save_batch(by=self.by, source=source, rows=list(wanted.values())).ids
        return known


def _unnamed(siren: str) -> str:
    return f"Organisation SIREN {siren[:3]} {siren[3:6]} {siren[6:]} (nom inconnu)"
