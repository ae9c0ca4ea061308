"""Which organisation a row is about. The one place where it is decided: never twice.

A SIREN says it, then an RNA number, then the row's own key in its source. A name never does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fairealliance.lib import bulk
from fairealliance.organisations.models import Merger, Organisation
from fairealliance.organisations.rows import COLUMNS, OrganisationRow

_KEYED = "NOT (source_key = '')"
_READ = ("id", "source_id", *COLUMNS)


@dataclass(frozen=True, slots=True)
class Held:
    """An organisation we hold, as stored: one value per column."""

    id: int
    source_id: int | None
    values: tuple[Any, ...]

    @property
    def key(self) -> str:
        return str(self.values[0])

    @property
    def fingerprint(self) -> str:
        return str(self.values[1])

    def is_from(self, source_id: int, key: str) -> bool:
        return self.source_id == source_id and self.values[0] == key


class Directory:
    """Those among what we hold that some rows may be about: four queries, or five, whatever the number of rows."""

    def __init__(self, source_id: int, rows: Sequence[OrganisationRow]) -> None:
        self._by_siren: dict[str, Held] = {}
        self._by_rna: dict[str, Held] = {}
        self._by_key: dict[str, Held] = {}
        self._source_id = source_id
        self._read("siren", [row.siren for row in rows if row.siren])
        self._read("rna", [row.rna for row in rows if row.rna])
        self._read("source_key", [row.key for row in rows if row.key], f"source_id = %s AND {_KEYED}", [source_id])
        self._read_merged([row.key for row in rows if row.key])

    def _read(self, column: str, values: list[str], where: str = "", params: Sequence[Any] = ()) -> None:
        siren, rna = COLUMNS.index("siren"), COLUMNS.index("rna")
        for pk, source_id, *stored in bulk.select_in(Organisation, _READ, column, values, where, params):
            held = Held(pk, source_id, tuple(stored))
            if held.values[siren]:
                self._by_siren[held.values[siren]] = held
            if held.values[rna]:
                self._by_rna[held.values[rna]] = held
            if source_id == self._source_id and held.key:
                self._by_key[held.key] = held

    def _read_merged(self, keys: list[str]) -> None:
        """A key whose organisation was merged is about the one that was kept; its numbers are there already."""
        pairs = bulk.select_in(
            Merger, ("source_key", "kept_id"), "source_key", keys, "source_id = %s", [self._source_id]
        )
        kept = dict(pairs)
        read = bulk.select_in(Organisation, _READ, "id", set(kept.values())) if kept else []
        held = {pk: Held(pk, source_id, tuple(stored)) for pk, source_id, *stored in read}
        for key, pk in kept.items():
            self._by_key.setdefault(key, held[pk])

    def find(self, row: OrganisationRow) -> Held | None:
        """The organisation the row is about, or None. A number that contradicts the key wins over it."""
        if row.siren and (held := self._by_siren.get(row.siren)):
            return held
        if row.rna and (held := self._by_rna.get(row.rna)):
            return held
        return self._by_key.get(row.key)

    def is_free(self, row: OrganisationRow, held: Held) -> bool:
        """Whether `held` may be known by the row's key: no other organisation is."""
        other = self._by_key.get(row.key)
        return other is None or other.id == held.id

    def takes(self, held: Held | None, row: OrganisationRow) -> OrganisationRow:
        """The row without a number that already belongs to another organisation than `held`."""
        own = held.id if held else None
        if row.rna and (other := self._by_rna.get(row.rna)) and other.id != own:
            return row._replace(rna=None)
        return row


def first_of_each(rows: Sequence[OrganisationRow]) -> tuple[list[OrganisationRow], list[OrganisationRow]]:
    """Rows of distinct organisations, and those about one already among them (to be treated in a second round)."""
    if _all_differ(rows):
        return list(rows), []
    seen: set[tuple[str, str]] = set()
    firsts: list[OrganisationRow] = []
    others: list[OrganisationRow] = []
    for row in rows:
        marks = {("key", row.key), ("siren", row.siren or f"-{row.key}"), ("rna", row.rna or f"-{row.key}")}
        (firsts if seen.isdisjoint(marks) else others).append(row)
        seen |= marks
    return firsts, others


def _all_differ(rows: Sequence[OrganisationRow]) -> bool:
    """As a rule they do: three sets are cheaper than a look at each row."""
    for values in zip(*((row.key, row.siren, row.rna) for row in rows), strict=True):
        said = [value for value in values if value]
        if len(set(said)) != len(said):
            return False
    return True
