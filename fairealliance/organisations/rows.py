"""An organisation as an import gives it: plain values, checked by the mapping that read them."""

from typing import NamedTuple


class OrganisationRow(NamedTuple):
    """`key` is its key in the source; an empty value means "not said". Order matters: see FIELDS."""

    key: str
    fingerprint: str
    name: str
    acronym: str = ""
    sphere: str = ""
    description: str = ""
    siren: str | None = None
    rna: str | None = None
    naf: str = ""
    legal_category: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    goals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    seat_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    closed_on: str | None = None
    source_url: str = ""
    source_passage: str = ""
    is_demo: bool = False
    territories: tuple[int, ...] = ()


class EstablishmentRow(NamedTuple):
    """A place of the organisation `organisation_id`."""

    siret: str
    organisation_id: int
    name: str = ""
    address: str = ""
    postal_code: str = ""
    territory_id: int | None = None
    is_seat: bool = False
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"


# Columns of the table, in the order of OrganisationRow; the rows' territories have a table of their own.
COLUMNS = ("source_key", *OrganisationRow._fields[1:-1])
LISTS = frozenset({"goals", "targets", "themes"})
ESTABLISHMENT_COLUMNS = EstablishmentRow._fields
