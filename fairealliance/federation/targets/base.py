"""What a target does with rows."""

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from fairealliance.accounts.actors import Actor
from fairealliance.federation.columns import Converted
from fairealliance.federation.context import Context
from fairealliance.federation.mapping import Mapping
from fairealliance.federation.sources import Sources
from fairealliance.federation.tally import Tally
from fairealliance.organisations.rows import OrganisationRow
from fairealliance.practices.rows import PracticeRow
from fairealliance.provenance.kept import Kept
from fairealliance.resources.rows import ResourceRow

Row = TypeVar("Row", bound=tuple[Any, ...])
Stamped = TypeVar("Stamped", OrganisationRow, PracticeRow, ResourceRow)


_UNIT = "\x1f"  # a separator that no cell holds


class _Places(dict[tuple[int, ...], str]):
    """Territories → what a fingerprint says of them. Each is worked out once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def __missing__(self, ids: tuple[int, ...]) -> str:
        places = [(pk, self._context.book.place(pk)) for pk in ids]
        told = self[ids] = " ".join(f"{pk} {place.latitude} {place.longitude}" for pk, place in places)
        return told


class Target(ABC):
    """`write` is called inside a transaction, one batch at a time; `finish` once, in one of its own."""

    # Targets that must see the whole file before writing anything.
    at_once = False

    def __init__(self, *, by: Actor, mapping: Mapping, context: Context, sources: Sources, tally: Tally) -> None:
        self.by = by
        self.mapping = mapping
        self.context = context
        self.sources = sources
        self.tally = tally
        self._places = _Places(context)
        self.kept: list[Kept] = []  # since `Run` last told them
        # A row that refers to others by their key means something else once they are known.
        self._by_content = mapping.options.get("fingerprint") == "content"

    @abstractmethod
    def write(self, rows: Converted) -> None:
        """Writes rows whose keys were not met before in this run."""

    def attach(self, rows: Converted) -> None:
        """Rows whose key was met before. Most targets have nothing to do with them."""
        return

    def finish(self) -> None:
        """What can only be written at the end."""
        return

    def fingerprints(self, rows: Converted, places: Sequence[tuple[int, ...]]) -> Sequence[str]:
        """Of the cells as found, how they are read, and the territories they lead to today, with their points."""
        if self._by_content:
            return [""] * len(rows)
        salt, digest, known = self.mapping.digest, hashlib.blake2b, self._places
        return [
            digest(f"{salt}{_UNIT.join(cells)}{known[where]}".encode(), digest_size=16).hexdigest()
            for cells, where in zip(zip(*rows.raws, strict=True), places, strict=True)
        ]

    def demo(self, rows: Converted) -> Sequence[bool]:
        """Whether each row is invented: its source says so."""
        slugs = rows.get("source")
        invented = {slug: self.sources.get(slug).is_demo for slug in set(slugs)}
        return [invented[slug] for slug in slugs]

    def fingerprint_of(self, content: object) -> str:
        """Of converted content: for rows whose meaning depends on other rows."""
        return hashlib.blake2b(f"{self.mapping.digest}{content!r}".encode(), digest_size=16).hexdigest()

    def stamped(self, rows: list[Stamped]) -> list[Stamped]:
        """The rows, with the fingerprint of their content when the mapping asks for it."""
        if not self._by_content:
            return rows
        return [row._replace(fingerprint=self.fingerprint_of(row)) for row in rows]

    def by_source(self, rows: Sequence[Row], slugs: Sequence[str | None]) -> Iterable[tuple[str | None, list[Row]]]:
        """Rows grouped by the source they name; None is the mapping's own."""
        if "source" not in {field.name for field in self.mapping.fields}:
            return [(None, list(rows))]
        grouped: dict[str | None, list[Row]] = defaultdict(list)
        for row, slug in zip(rows, slugs, strict=True):
            grouped[slug or None].append(row)
        return grouped.items()
