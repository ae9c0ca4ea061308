"""Importing a file: what commands call. Each run is kept (ImportRun) and told to the journal once, at its end."""

import dataclasses
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.federation.context import Context
from fairealliance.federation.mapping import Mapping, kinds
from fairealliance.federation.models import ImportRun
from fairealliance.federation.report import Report
from fairealliance.federation.run import Columns, Opened, Progress, Run, open_file
from fairealliance.federation.tally import Tally
from fairealliance.journal.actions import record
from fairealliance.lib.collector import without_collector
from fairealliance.lib.tabular import Unreadable
from fairealliance.territories.lookup import CodeBook


class UnknownKind(ValueError):
    """No mapping of that name. The message lists those there are."""


@dataclasses.dataclass(frozen=True, slots=True)
class Done:
    """An import that came to its end. `report` is None when there was nothing to say."""

    tally: Tally
    report: Path | None
    seconds: float


def listed_kinds() -> str:
    """Every kind of file with its label, a line each."""
    return "\n".join(f"  {name:24} {mapping.label}" for name, mapping in kinds().items())


def find_mapping(kind: str) -> Mapping:
    """Raises UnknownKind."""
    if kind not in kinds():
        said = _("« %(kind)s » n’est pas une sorte de fichier connue. Les voici :") % {"kind": kind[:40]}
        raise UnknownKind(f"{said}\n{listed_kinds()}")
    return kinds()[kind]


@without_collector()
def import_file(
    *,
    by: Actor,
    kind: str,
    path: Path,
    report: Path | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    book: CodeBook | None = None,
    columns: Columns | None = None,
) -> Done:
    """Reads `path` as `kind`. Raises UnknownKind, Unreadable or PermissionDenied, with nothing written.

    Should it be killed, what was written stays and the next run of the same file completes it. `book` spares
    reading the territories again when several files follow.
    """
    require_hub_editor(by)
    mapping = find_mapping(kind)
    opened = open_file(mapping, path, columns)
    started = timezone.now()
    with Report(report or _report_path(kind), asked=report is not None) as writer:
        run = Run(
            by=by, mapping=mapping, opened=opened, report=writer, dry=dry_run, progress=progress, context=Context(book)
        )
        if dry_run:
            run.execute()
        else:
            _recorded(by, mapping, path, opened, run)
    seconds = (timezone.now() - started).total_seconds()
    return Done(run.tally, writer.path if writer.written else None, seconds)


def _report_path(kind: str) -> Path:
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    return Path(settings.FAIREALLIANCE_HOME) / "reports" / f"{kind}-{stamp}.csv"


def _recorded(by: Actor, mapping: Mapping, path: Path, opened: Opened, run: Run) -> None:
    digest = opened.table.facts.digest
    with transaction.atomic():
        interrupted = ImportRun.objects.filter(kind=mapping.kind, status=ImportRun.Status.RUNNING)
        interrupted.update(status=ImportRun.Status.FAILED, message="interrompu", ended_at=timezone.now())
        kept = ImportRun.objects.create(kind=mapping.kind, file_name=path.name[:300], digest=digest)
    try:
        tally = run.execute()
    except (Unreadable, DatabaseError) as error:
        _end(by, kept, run.tally, ImportRun.Status.FAILED, str(error))
        raise
    _end(by, kept, tally, ImportRun.Status.DONE)


def _end(by: Actor, run: ImportRun, tally: Tally, status: str, message: str = "") -> None:
    with transaction.atomic():
        run.status, run.counts, run.message, run.ended_at = status, tally.as_dict(), message, timezone.now()
        run.save()
        record(
            by=by,
            verb=f"import-{status}",
            subject=f"import:{run.pk}",
            detail={"kind": run.kind, "file": run.file_name, **tally.as_dict()},
        )
