"""What the worker does with a file given at the desk, and where such files are."""

import csv
import shutil
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM, Actor
from fairealliance.federation.actions import import_file
from fairealliance.federation.models import Upload
from fairealliance.federation.progress import database_said
from fairealliance.lib.tabular import Unreadable

FILES_KEPT = timedelta(days=180)


def folder() -> Path:
    return Path(settings.FAIREALLIANCE_HOME) / "media" / "imports"


def path_of(upload: Upload) -> Path:
    return folder() / upload.key.hex / f"fichier.{upload.extension}"


def report_of(upload: Upload) -> Path:
    """Line by line, of the last try or of the import."""
    return folder() / upload.key.hex / "rapport.csv"


def run(upload: Upload, *, dry: bool) -> None:
    """Tries or imports it. Cut short and begun again, it ends the same: every row is known by its key."""
    try:
        said = _imported(upload, dry)
    except Unreadable as error:
        said = _failed(str(error).replace(path_of(upload).name, upload.file_name))
    except PermissionDenied as error:
        said = _failed(str(error))
    except DatabaseError as error:
        said = _failed(database_said(error))
    Upload.objects.filter(pk=upload.pk).update(**said)


def _imported(upload: Upload, dry: bool) -> dict[str, Any]:
    by: Actor = upload.by_user or SYSTEM
    done = import_file(
        by=by,
        kind=upload.kind,
        path=path_of(upload),
        report=report_of(upload),
        dry_run=dry,
        progress=_progress(upload),
        columns=upload.columns,
    )
    counts = done.tally.as_dict()
    if dry:
        return {"status": Upload.Status.TRIED, "would": counts}
    return {"status": Upload.Status.DONE, "did": counts}


def _failed(message: str) -> dict[str, Any]:
    return {"status": Upload.Status.FAILED, "message": message}


def _progress(upload: Upload) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        Upload.objects.filter(pk=upload.pk).update(done_rows=done, total_rows=total)

    return progress


def forget_files() -> int:
    """Files given long ago go: they may hold what their author did not mean to leave here. What was done is kept."""
    before = timezone.now() - FILES_KEPT
    old = [upload for upload in Upload.objects.filter(touched_at__lt=before) if path_of(upload).parent.exists()]
    for upload in old:
        shutil.rmtree(path_of(upload).parent, ignore_errors=True)
    return len(old)


def told_lines(upload: Upload, most: int = 50) -> list[list[str]]:
    """The first lines of the report: line, fate, column, value, reason."""
    try:
        with report_of(upload).open(encoding="utf-8-sig", newline="") as file:
            return list(islice(csv.reader(file, delimiter=";"), 1, most + 1))
    except OSError:
        return []
