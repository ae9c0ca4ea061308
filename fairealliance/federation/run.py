"""One import, from a file to the database: read, convert, write, report. Every batch is a transaction of its own.

Nothing is remembered between batches but the keys met: killed anywhere and run again, it ends the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from django.db import transaction

from fairealliance.accounts.actors import Actor
from fairealliance.federation.columns import Column, Converted, Remark
from fairealliance.federation.context import Context
from fairealliance.federation.mapping import SAME_AS, Mapping
from fairealliance.federation.report import DUPLICATE, REJECTED, REMARK, REPAIRED, Report
from fairealliance.federation.seen import Seen
from fairealliance.federation.sources import Sources
from fairealliance.federation.tally import Tally
from fairealliance.federation.targets import CLASSES, Target
from fairealliance.lib.french_numbers import counted
from fairealliance.lib.tabular import Batch, Misshapen, Table, Unreadable, open_table
from fairealliance.lib.text_fr import fold

BATCH = 2_000
Progress = Callable[[int, int], None]
Columns = dict[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file found to be of the kind asked for. `header` gives each of our columns its name in the file."""

    table: Table
    header: dict[str, str]


def open_file(mapping: Mapping, path: Path, columns: Columns | None = None) -> Opened:
    """Raises Unreadable when the file is not one of this kind. `columns`: which of the file's is each of ours ("" for
    none), where someone said so; the others are found by their name.
    """
    table = open_table(path, mapping.layout)
    by_fold = {fold(name).replace(" ", ""): name for name in reversed(table.header)}
    header = {}
    for column in mapping.columns:
        header[column] = column if column in table.header else by_fold.get(fold(column).replace(" ", ""), "")
    header |= {ours: theirs for ours, theirs in (columns or {}).items() if ours in header and _is_there(table, theirs)}
    signature = mapping.options.get("signature", [])
    missing = [
        name for name in mapping.needed if not (header.get(name) or (name in signature and name in table.header))
    ]
    if missing:
        what = "la colonne" if len(missing) == 1 else "les colonnes"
        names = ", ".join(missing)
        raise Unreadable(f"« {path.name} » n’est pas un fichier « {mapping.label} » : il y manque {what} {names}.")
    return Opened(table, header)


def _is_there(table: Table, name: str) -> bool:
    return not name or name in table.header


class Run:
    """Reads `opened` into the database. With `dry`, every batch is undone after it was counted."""

    def __init__(
        self,
        *,
        by: Actor,
        mapping: Mapping,
        opened: Opened,
        report: Report,
        dry: bool = False,
        progress: Progress | None = None,
        context: Context | None = None,
    ) -> None:
        self._mapping = mapping
        self._opened = opened
        self._report = report
        self._dry = dry
        self._progress = progress
        context = context or Context()
        self.tally = Tally()
        self._sources = Sources(by, mapping)
        self._columns = [Column(field, context) for field in mapping.fields if field.convert != SAME_AS]
        self._copies = {f.name: f.options["field"] for f in mapping.fields if f.convert == SAME_AS}
        self._seen = Seen()
        self._target: Target = CLASSES[mapping.target](
            by=by, mapping=mapping, context=context, sources=self._sources, tally=self.tally
        )

    def execute(self) -> Tally:
        """Raises Unreadable, PermissionDenied or DatabaseError; batches already written stay."""
        table, header = self._opened.table, self._opened.header
        self._report.add((0, REMARK, "", "", note) for note in table.facts.notes)
        wanted = [header[column] for column in self._mapping.columns]
        for batch in table.batches(wanted, BATCH):
            self._one(batch)
            if self._progress:
                self._progress(self.tally.read, table.facts.rows)
        with self._transaction():
            self._target.finish()
        self._tell_kept()
        return self.tally

    def _one(self, batch: Batch) -> None:
        self.tally.read += len(batch) + len(batch.misshapen)
        self._reject_misshapen(batch)
        if not len(batch):
            return
        rows, remarks = self._convert(batch)
        rows = self._reject(rows, remarks)
        firsts, others = self._split_duplicates(rows)
        if self._target.at_once:
            self._target.write(firsts)
            return
        with self._transaction():
            if len(firsts):
                self._target.write(firsts)
            if len(others):
                self._target.attach(others)
        self._tell_kept(firsts)

    def _tell_kept(self, rows: Converted | None = None) -> None:
        """What the file says of fields that an editor corrected."""
        kept, self._target.kept = self._target.kept, []
        if not kept:
            return
        self.tally.kept += len(kept)
        lines = dict(zip(rows.get("key"), rows.lines, strict=True)) if rows else {}
        shown = {field.name: field.shown for field in self._mapping.fields}
        words = "corrigé au bureau : ce que dit le fichier n’est pas écrit"
        self._report.add(
            (lines.get(one.key, 0), REMARK, shown.get(one.field, one.field), one.offered, words) for one in kept
        )

    def _transaction(self) -> "_Undoable":
        return _Undoable(self._dry, self._sources)

    def _convert(self, batch: Batch) -> tuple[Converted, list[Remark]]:
        by_name = dict(zip(self._mapping.columns, batch.columns, strict=True))
        values: dict[str, Sequence[Any]] = {}
        remarks: list[Remark] = []
        for column in self._columns:
            names = column.field.columns
            raws = by_name[names[0]] if len(names) == 1 else list(zip(*(by_name[name] for name in names), strict=True))
            values[column.field.name], said = column.apply(raws)
            remarks += said
        for name, other in self._copies.items():
            values[name] = values[other]
        for name, value in self._mapping.constants.items():
            values[name] = [tuple(value) if isinstance(value, list) else value] * len(batch)
        return Converted(values, batch.columns, batch.lines), remarks

    def _reject(self, rows: Converted, remarks: list[Remark]) -> Converted:
        if not remarks:
            return rows
        rejected = {remark.row for remark in remarks if not remark.kind}
        self.tally.rejected += len(rejected)
        told = sorted(remark for remark in remarks if not remark.kind or remark.row not in rejected)
        self.tally.repaired.update(remark.kind for remark in told if remark.kind)
        self._report.add(
            (rows.lines[r.row], REPAIRED if r.kind else REJECTED, r.column, r.value, r.reason) for r in told
        )
        return rows.only([i not in rejected for i in range(len(rows))]) if rejected else rows

    def _reject_misshapen(self, batch: Batch) -> None:
        self.tally.rejected += len(batch.misshapen)
        self._report.add((bad.line, REJECTED, "", bad.start, _odd(bad)) for bad in batch.misshapen)

    def _split_duplicates(self, rows: Converted) -> tuple[Converted, Converted]:
        """Rows met for the first time in this run, and the others."""
        keys = rows.get("key")
        found = self._seen.duplicates(keys, rows.lines)
        if not found:
            return rows, rows.only([False] * len(rows))
        self.tally.duplicates += len(found)
        attached = self._mapping.options.get("duplicates") == "attach"
        words = "même clé que la ligne {} : {}".format(
            "{}", "jointe à celle-ci" if attached else "seule la première est gardée"
        )
        self._report.add(
            (rows.lines[index], DUPLICATE, self._key_column, str(keys[index]), words.format(first))
            for index, first in sorted(found.items())
        )
        new = [index not in found for index in range(len(rows))]
        return rows.only(new), rows.only([not keep for keep in new])

    @property
    def _key_column(self) -> str:
        return next((field.shown for field in self._mapping.fields if field.name == "key"), "")


class _Undoable:
    """A transaction that is undone at its end when the run is dry."""

    def __init__(self, dry: bool, sources: Sources) -> None:
        self._dry = dry
        self._sources = sources
        self._atomic = transaction.atomic()

    def __enter__(self) -> None:
        self._atomic.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._dry and kind is None:
            transaction.set_rollback(True)
            self._sources.forget()
        self._atomic.__exit__(kind, error, trace)


def _odd(row: Misshapen) -> str:
    return f"la ligne a {counted(row.found, 'case', 'cases')} au lieu de {row.expected}"
