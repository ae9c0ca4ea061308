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
        wanted = {
            siret[:9]: OrganisationRow(key=siret[:9], fingerprint="", name=name or _unnamed(siret[:9]), siren=siret[:9])
            for siret, name in zip(sirets, rows.get("organisation_name", ""), strict=True)
        }
        known = organisations.ensure_batch(by=self.by, source=self.sources.get(), rows=list(wanted.values()))
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


def _unnamed(siren: str) -> str:
    return f"Organisation SIREN {siren[:3]} {siren[3:6]} {siren[6:]} (nom inconnu)"
