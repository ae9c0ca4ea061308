"""A file of surveys given at the desk: looked at first, written when the editor agrees."""

import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fairealliance.lib.tabular import Unreadable
from fairealliance.observatory.exchange.importing import Report, import_surveys
from fairealliance.observatory.exchange.sheet import LARGEST
from fairealliance.staff.access import actor, editor_required

_SALT = "observatory-import"
_KEPT_SECONDS = 24 * 3600
_SHOWN = 200
_OUTCOMES = {
    "created": gettext_lazy("nouvelle"),
    "updated": gettext_lazy("complétée"),
    "unchanged": gettext_lazy("inchangée"),
    "refused": gettext_lazy("refusée"),
}


@editor_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """First the file, then the agreement: a token that names the file looked at."""
    if request.method != "POST":
        return _page(request)
    if token := request.POST.get("token"):
        return _agree(request, token)
    given = request.FILES.get("document")
    if given is None:
        return _page(request, status=422, message=_("Choisissez un fichier."))
    if (given.size or 0) > LARGEST:
        return _page(request, status=413, message=_("Ce fichier est trop lourd : 20 Mo au plus."))
    _forget_old()
    return _look(request, _keep(given), given.name or "")


def _look(request: HttpRequest, path: Path, name: str) -> HttpResponse:
    try:
        report = import_surveys(by=actor(request), path=path, dry_run=True)
    except Unreadable as error:
        path.unlink()
        return _page(request, status=422, message=str(error).replace(path.name, name))
    if report.errors:
        path.unlink()
        return _page(request, status=422, report=report, file_name=name)
    token = signing.dumps([path.name, name, request.user.pk], salt=_SALT)
    return _page(request, report=report, file_name=name, token=token)


def _agree(request: HttpRequest, token: str) -> HttpResponse:
    try:
        kept, name, who = signing.loads(token, salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        return _page(request, status=422, message=_("Cet accord n’est plus valable : donnez le fichier à nouveau."))
    path = _folder() / kept
    if who != request.user.pk or not path.exists():
        return _page(
            request, status=422, message=_("Ce fichier a déjà été importé, ou n’est plus là : donnez-le à nouveau.")
        )
    report = import_surveys(by=actor(request), path=path)
    path.unlink(missing_ok=True)
    if report.errors:
        return _page(request, status=422, report=report, file_name=name)
    counts = {
        "series": len(report.series),
        "new": report.count("created"),
        "more": report.count("updated"),
        "same": report.count("unchanged"),
    }
    messages.success(
        request,
        _("C’est importé. Nouvelles : %(new)d ; complétées : %(more)d ; inchangées : %(same)d ; séries : %(series)d.")
        % counts,
    )
    return redirect("staff_observatory:studies")


def _page(request: HttpRequest, status: int = 200, **told: Any) -> HttpResponse:
    report: Report | None = told.get("report")
    lines = report.lines if report else []
    context = {
        "message": "",
        "file_name": "",
        "token": "",
        "report": None,
        **told,
        "shown": report.problems[:_SHOWN] if report else [],
        "hidden": max(0, len(report.problems) - _SHOWN) if report else 0,
        "lines": [
            {
                "title": line.title,
                "words": _OUTCOMES[line.outcome],
                "questions": line.questions,
                "figures": line.figures,
            }
            for line in lines
        ],
        "series": [
            {"title": line.title, "words": _OUTCOMES[line.outcome], "waves": line.waves}
            for line in (report.series if report else [])
        ],
    }
    return render(request, "staff/observatory/import.html", context, status=status)


def _folder() -> Path:
    """Under `media/`, which all nodes share: another may get the agreement."""
    folder = Path(settings.FAIREALLIANCE_HOME) / "media" / "imports" / "observatory"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _keep(given: UploadedFile) -> Path:
    path = _folder() / (secrets.token_hex(16) + (".xlsx" if str(given.name).lower().endswith(".xlsx") else ".csv"))
    with path.open("wb") as out:
        for chunk in given.chunks():
            out.write(chunk)
    return path


def _forget_old() -> None:
    """Files nobody agreed to, after a day."""
    for path in _folder().iterdir():
        if path.stat().st_mtime < time.time() - _KEPT_SECONDS:
            path.unlink(missing_ok=True)
