"""The progress report: page, PDF, DOCX."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fairealliance.roadmap import words
from fairealliance.roadmap.models import ProgressReport
from fairealliance.roadmap.progress import issued, pdf, word
from fairealliance.roadmap.progress.content import ReportContent
from fairealliance.roadmap.views.asking import Asked, context_of, page, trail

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page
def progress(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The report at a date: as it was issued, else made from the reports public that day."""
    held = _issued(request, asked)
    report = _content(asked, held)
    on = _query(asked, held)
    context = context_of(
        asked,
        "progress",
        report=report,
        labels=pdf.words(report),
        issued=held,
        recorded=words.recorded(held.issued_on, held.recorded_at) if held else "",
        since=issued.since(held) if held and report.is_issued else [],
        versions=_versions(asked, held),
        pdf_address=asked.programme.address("progress-pdf") + on,
        docx_address=asked.programme.address("progress-docx") + on,
        trail=trail(asked.programme, (_("Bilan au %s") % report.day, "")),
    )
    return render(request, "roadmap/progress_report.html", context)


@page
def progress_pdf(request: HttpRequest, asked: Asked) -> HttpResponse:
    held = _issued(request, asked)
    report = _content(asked, held)
    return _document(asked, report, pdf.render(report, _address(request, asked, held)), "application/pdf", "pdf")


@page
def progress_docx(request: HttpRequest, asked: Asked) -> HttpResponse:
    held = _issued(request, asked)
    report = _content(asked, held)
    return _document(asked, report, word.render(report, _address(request, asked, held)), _WORD, "docx")


def _issued(request: HttpRequest, asked: Asked) -> ProgressReport | None:
    """The one issued for the day, in the version asked for (`?version=1`), else the last."""
    version = request.GET.get("version", "")
    number = int(version) if version.isdecimal() and len(version) < 5 else 0
    found = issued.issued_for(asked.programme, asked.on, number)
    if version and (found is None or found.version != number):
        raise Http404(_("Il n’y a pas de version « %s » du bilan à cette date.") % version[:20])
    if found:
        found.programme = asked.programme
    return found


def _content(asked: Asked, held: ProgressReport | None) -> ReportContent:
    if held is not None and asked.known_on is None:
        return issued.told_by(held)
    return issued.compose(asked.read())


def _versions(asked: Asked, held: ProgressReport | None) -> list[tuple[int, str, str, bool]]:
    """When a report was corrected: each version's number, day of issue and address, and whether it is this one."""
    rows = list(asked.programme.progress_reports.filter(dated_on=asked.on).defer("content")) if held else []
    if held is None or len(rows) < 2:
        return []
    return [(each.version, words.day(each.issued_on), f"?date={asked.on.isoformat()}&version={each.version}",
             each.version == held.version and asked.known_on is None) for each in rows]  # fmt: skip


def _query(asked: Asked, held: ProgressReport | None) -> str:
    told = asked.query or f"?date={asked.on.isoformat()}"
    return f"{told}&version={held.version}" if held and asked.known_on is None else told


def _address(request: HttpRequest, asked: Asked, held: ProgressReport | None) -> str:
    return request.build_absolute_uri(asked.programme.address("progress") + _query(asked, held))


def _document(asked: Asked, report: ReportContent, content: bytes, kind: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    shown = "inline" if suffix == "pdf" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="bilan-{asked.programme.slug}-{report.iso}.{suffix}"'
    return response
