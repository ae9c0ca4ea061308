"""A practice as an import gives it."""

from typing import NamedTuple


class PartnerRow(NamedTuple):
    """One of those who did it; `organisation_id` when we know it. `amount` is decimal text, in euros."""

    organisation_id: int | None
    name: str
    sphere: str = ""
    role: str = ""
    amount: str | None = None


class PracticeRow(NamedTuple):
    """`key` is its key in the source; an empty value means "not said". Order matters: see COLUMNS."""

    key: str
    fingerprint: str
    title: str
    challenge: str = ""
    summary: str = ""
    form: str = ""
    kind: str = ""
    stage: str = ""
    start_year: int | None = None
    end_year: int | None = None
    cost: str | None = None
    funding: str = ""
    results: str = ""
    evidence: str = ""
    conditions: str = ""
    contact: str = ""
    source_url: str = ""
    source_passage: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    is_demo: bool = False
    goals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    partners: tuple[PartnerRow, ...] = ()
    territories: tuple[int, ...] = ()
    tools: tuple[int, ...] = ()


class LinkRow(NamedTuple):
    """More partners and territories of the practice known by `key`."""

    key: str
    partners: tuple[PartnerRow, ...] = ()
    territories: tuple[int, ...] = ()


COLUMNS = ("source_key", *PracticeRow._fields[1:-3])
FIRST_LIST = COLUMNS.index("goals")
PARTNER_COLUMNS = ("practice_id", *PartnerRow._fields)
