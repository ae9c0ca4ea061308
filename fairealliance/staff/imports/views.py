"""Imports at the desk: give a file, match its columns, try it, import it, read what was done."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.federation import uploads
from fairealliance.federation.mapping import kinds
from fairealliance.federation.models import ImportRun, Upload
from fairealliance.federation.template_file import template_kinds, write
from fairealliance.federation.upload_run import report_of, told_lines
from fairealliance.lib.tabular import Unreadable
from fairealliance.lib.tabular.writing import XLSX
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.imports.counts import counted, labels
from fairealliance.staff.imports.forms import GiveForm

_COLUMN = "colonne:"


@require_safe
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    """What was given at the desk, and every import that was run."""
    names = labels()
    page = page_of(request, Upload.objects.select_related("by_user"))
    runs = list(ImportRun.objects.all()[:20])
    context = {
        "page": page,
        "uploads": [(each, names.get(each.kind, each.kind), counted(each.did or each.would)) for each in page],
        "runs": [(each, names.get(each.kind, each.kind), counted(each.counts)) for each in runs],
        "templates": [(kind, kinds()[kind].label) for kind in reversed(template_kinds())],
    }
    return render(request, "staff/imports/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def give(request: HttpRequest) -> HttpResponse:
    """A file. What is no table is refused here, in words, and not kept."""
    form = GiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = uploads.give(
                by=actor(request), kind=form.cleaned_data["kind"], name=file.name, file=file, size=file.size
            )
            return redirect("staff_imports:detail", upload.pk)
        except (Unreadable, uploads.Refused) as error:
            form.add_error("file", str(error))
    return render(request, "staff/imports/give.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
@editor_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands: its columns to match, its try, its progress, its result."""
    upload = get_object_or_404(Upload.objects.select_related("by_user"), pk=pk)
    return render(request, "staff/imports/detail.html", _context(upload))


def _context(upload: Upload) -> dict[str, Any]:
    return {
        "upload": upload,
        "label": labels().get(upload.kind, upload.kind),
        "would": counted(upload.would),
        "did": counted(upload.did),
        "lines": [] if upload.is_busy or upload.status == Upload.Status.GIVEN else told_lines(upload),
        "has_report": report_of(upload).exists(),
        "percent": round(100 * upload.done_rows / upload.total_rows) if upload.total_rows else 0,
        **_look(upload),
    }


def _look(upload: Upload) -> dict[str, Any]:
    if upload.is_busy or upload.status == Upload.Status.DONE:
        return {"look": None, "unreadable": ""}
    try:
        return {"look": uploads.look(upload), "unreadable": ""}
    except Unreadable as error:
        return {"look": None, "unreadable": str(error)}


@never_cache
@require_safe
@editor_required
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once it is over, the page is shown anew."""
    upload = get_object_or_404(Upload, pk=pk)
    response = render(request, "staff/imports/progress.html", _context(upload))
    if not upload.is_busy:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@editor_required
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which, then a try."""
    upload = get_object_or_404(Upload, pk=pk)
    sent = {name.removeprefix(_COLUMN): value for name, value in request.POST.items() if name.startswith(_COLUMN)}
    try:
        uploads.choose_columns(by=actor(request), upload=upload, columns={k: str(v) for k, v in sent.items()})
        if request.POST.get("do") == "essayer":
            uploads.start(by=actor(request), upload=upload, dry=True)
    except uploads.Refused as error:
        messages.error(request, str(error))
    return redirect("staff_imports:detail", pk)


@require_POST
@editor_required
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """The real import."""
    upload = get_object_or_404(Upload, pk=pk)
    try:
        uploads.start(by=actor(request), upload=upload, dry=False)
    except uploads.Refused as error:
        messages.error(request, str(error))
    return redirect("staff_imports:detail", pk)


@require_safe
@editor_required
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Line by line, as a file a spreadsheet opens."""
    upload = get_object_or_404(Upload, pk=pk)
    try:
        file = report_of(upload).open("rb")
    except OSError as error:
        raise Http404 from error
    name = f"rapport-{slugify(Path(upload.file_name).stem)[:60] or upload.pk}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


@require_safe
@editor_required
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """A workbook to fill."""
    if kind not in template_kinds():
        raise Http404(_("Il n’y a pas de modèle de ce nom."))
    with tempfile.TemporaryDirectory() as where:
        path = Path(where) / f"modele-{kind}.xlsx"
        write(kinds()[kind], path)
        content = path.read_bytes()
    headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
    return HttpResponse(content, XLSX, headers=headers)
