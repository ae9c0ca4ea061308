"""Files given at the desk: kept, looked into, tried without writing, imported by the worker, step by step told."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.federation.actions import find_mapping
from fairealliance.federation.models import Upload
from fairealliance.federation.proposing import propose, words_of
from fairealliance.federation.run import Columns, open_file
from fairealliance.federation.tasks import import_upload
from fairealliance.federation.upload_run import path_of
from fairealliance.journal.actions import record
from fairealliance.lib.tabular import Unreadable, open_table

LARGEST = 60 << 20
SAMPLE = 5
_EXTENSIONS = ("csv", "xlsx", "zip", "json", "txt")
_TRY = (Upload.Status.GIVEN, Upload.Status.TRIED, Upload.Status.FAILED)
_IMPORT = (Upload.Status.TRIED,)


class Refused(ValueError):
    """What was asked cannot be done now. The message is for people."""


def give(*, by: Actor, kind: str, name: str, file: IO[bytes], size: int) -> Upload:
    """Keeps the file once it was found to be a table. Raises Unreadable, UnknownKind or Refused, nothing kept."""
    require_hub_editor(by)
    mapping = find_mapping(kind)
    if size > LARGEST:
        raise Refused(_("Ce fichier dépasse 60 Mo : importez-le avec la commande « fairealliance import »."))
    extension = Path(name).suffix.lower().lstrip(".")
    upload = Upload(kind=kind, file_name=name[:300], size=size)
    upload.extension = extension if extension in _EXTENSIONS else "csv"
    upload.by_user = by if isinstance(by, User) else None
    path = path_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("wb") as kept:
            shutil.copyfileobj(file, kept)
        upload.total_rows = open_table(path, mapping.layout).facts.rows
        with transaction.atomic():
            upload.save()
            record(by=by, verb="upload-given", subject=f"upload:{upload.pk}", detail={"kind": kind, "file": name})
    except Unreadable as error:
        _drop(path.parent)
        raise Unreadable(str(error).replace(path.name, name)) from error
    except BaseException:
        _drop(path.parent)
        raise
    return upload


def _drop(where: Path) -> None:
    shutil.rmtree(where, ignore_errors=True)


def choose_columns(*, by: Actor, upload: Upload, columns: Columns) -> Upload:
    """Which of the file's columns is each of ours. What was tried before is tried anew."""
    require_hub_editor(by)
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.is_busy or held.status == Upload.Status.DONE:
            raise Refused(_("Ce fichier est déjà en cours de lecture, ou déjà importé."))
        ours = find_mapping(held.kind).columns
        held.columns = {name: chosen for name, chosen in columns.items() if name in ours}
        held.status, held.would, held.message = Upload.Status.GIVEN, {}, ""
        held.save()
        record(by=by, verb="upload-columns", subject=f"upload:{held.pk}", detail={"columns": held.columns})
    return held


def start(*, by: Actor, upload: Upload, dry: bool) -> Upload:
    """Has the worker try it, or import it. Asked twice, it is done once. Raises Refused."""
    require_hub_editor(by)
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.is_busy:
            return held
        if held.status not in (_TRY if dry else _IMPORT):
            raise Refused(_("Essayez d’abord ce fichier : vous verrez ce que l’import ferait."))
        held.status = Upload.Status.TRYING if dry else Upload.Status.RUNNING
        held.message, held.done_rows = "", 0
        held.save()
        record(by=by, verb="upload-tried" if dry else "upload-imported", subject=f"upload:{held.pk}")
        import_upload.enqueue(held.pk, dry)
    held.refresh_from_db()
    return held


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One of our columns: its code, its name in words, what is written there, whether it is needed, the file's chosen
    for it, and what that one holds.
    """

    name: str
    words: str
    help: str
    needed: bool
    chosen: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """A file as found: its columns, ours, what is left aside."""

    header: tuple[str, ...]
    choices: list[ColumnChoice]
    unused: list[str]
    missing: list[str]
    facts: Any


def look(upload: Upload) -> Look:
    """Raises Unreadable when the file is gone."""
    mapping = find_mapping(upload.kind)
    table = open_table(path_of(upload), mapping.layout)
    chosen = _chosen(upload, table.header)
    first = next(iter(table.batches(list(table.header), SAMPLE)), None)
    samples = dict(zip(table.header, first.columns, strict=True)) if first else {}
    helps = {column: str(f.options.get("help", "")) for f in mapping.fields for column in f.columns}
    choices = [
        ColumnChoice(
            name,
            words_of(name),
            helps.get(name, ""),
            name in mapping.needed,
            chosen[name],
            tuple(value for value in samples.get(chosen[name], ())[:SAMPLE] if value),
        )
        for name in mapping.columns
    ]
    used = set(chosen.values())
    unused = [name for name in table.header if name and name not in used]
    missing = [name for name in mapping.needed if not chosen.get(name)]
    return Look(table.header, choices, unused, missing, table.facts)


def _chosen(upload: Upload, header: tuple[str, ...]) -> Columns:
    mapping = find_mapping(upload.kind)
    try:
        found = dict(open_file(mapping, path_of(upload), upload.columns).header)
    except Unreadable:  # columns are missing: those that are there are shown all the same
        lowered = {name.strip().lower(): name for name in reversed(header)}
        found = {name: lowered.get(name.lower(), "") for name in mapping.columns}
        found |= {ours: theirs for ours, theirs in upload.columns.items() if not theirs or theirs in header}
    unknown = [name for name in mapping.columns if not found.get(name) and name not in upload.columns]
    found |= propose(unknown, [name for name in header if name not in set(found.values())])
    return {name: found.get(name, "") for name in mapping.columns}
