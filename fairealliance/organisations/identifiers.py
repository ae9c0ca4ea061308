"""An organisation's official numbers, and where the State's own directory shows them."""

from dataclasses import dataclass

from fairealliance.organisations.models import Organisation

DIRECTORY = "https://annuaire-entreprises.data.gouv.fr"


@dataclass(frozen=True, slots=True)
class Identifier:
    """`SIREN`, its digits, and its page in the directory."""

    kind: str
    value: str
    address: str


def identifiers_of(organisation: Organisation) -> list[Identifier]:
    """SIREN and RNA when known; the directory knows associations by their RNA too."""
    found = []
    if organisation.siren:
        found.append(Identifier("SIREN", organisation.siren, f"{DIRECTORY}/entreprise/{organisation.siren}"))
    if organisation.rna:
        found.append(Identifier("RNA", organisation.rna, f"{DIRECTORY}/rechercher?terme={organisation.rna}"))
    return found


def establishment_address(siret: str) -> str:
    """The directory's page of one establishment."""
    return f"{DIRECTORY}/etablissement/{siret}"
