"""Writing a report, correcting one that is published, issuing the progress report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from fairealliance.accounts.models import User
from fairealliance.lib import dates_fr
from fairealliance.roadmap import words, writing
from fairealliance.roadmap.enums import DraftState
from fairealliance.roadmap.forms import DatedForm
from fairealliance.roadmap.models import Draft, Measure, Programme, ProgressReport, Workstream
from fairealliance.roadmap.progress import pdf
from fairealliance.roadmap.progress.content import compose
from fairealliance.roadmap.state import as_of, read
from fairealliance.roadmap.views.asking import Asked, context_of, trail
from fairealliance.staff.access import editor_required
from fairealliance.staff.roadmap.views import OPEN

_METHODS = ["GET", "HEAD", "POST"]
_PREVIEW = "preview"
_DONE = {
    writing.SAVE: gettext_lazy("Brouillon enregistré."),
    writing.PUBLISH: gettext_lazy("C’est publié."),
    writing.RETURN: gettext_lazy("Le bilan est rendu à la personne qui l’a écrit."),
    writing.DROP: gettext_lazy("Brouillon abandonné."),
    writing.SUBMIT: gettext_lazy("Transmis."),
}


@require_http_methods(_METHODS)
@editor_required
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """A report of a measure; `?corrige=2021-05-07` starts from the one published for that date."""
    return _new(request, get_object_or_404(Measure.objects.select_related("programme"), pk=pk))


@require_http_methods(_METHODS)
@editor_required
def workstream(request: HttpRequest, pk: int) -> HttpResponse:
    return _new(request, get_object_or_404(Workstream.objects.select_related("programme"), pk=pk))


@require_http_methods(_METHODS)
@editor_required
def progress(request: HttpRequest, programme: str) -> HttpResponse:
    """The introduction of a progress report, its date and its title."""
    return _new(request, get_object_or_404(Programme, slug=programme))


@require_http_methods(_METHODS)
@editor_required
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft up again."""
    rows = Draft.objects.select_related("programme", "measure__programme", "workstream__programme", "written_by")
    held = get_object_or_404(rows, pk=pk)
    subject = writing.subject_of(held)
    if request.method == "POST":
        return _send(request, subject, held)
    if not held.is_open:
        messages.warning(request, _("Ce bilan est « %s ».") % held.get_state_display())
        return redirect(_home_of(subject))
    return _page(request, subject, writing.form_of(held), held)


@require_safe
@editor_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress report as it would be once issued."""
    held = get_object_or_404(Draft.objects.select_related("programme"), pk=pk, measure=None, workstream=None)
    programme = held.programme
    today = words.today()
    told = {"programme": programme, "dated_on": held.dated_on, "issued_on": today}
    intended = ProgressReport(**told, title=held.title, text=held.text)
    report = compose(read(programme, held.dated_on, today), intended)
    asked = Asked(programme, held.dated_on, held.dated_on)
    context = context_of(
        asked,
        "progress",
        report=report,
        labels={**pdf.words(report), "draft": _("Aperçu : rien n’est encore publié.")},
        draft=held,
        trail=trail(programme, (_("Aperçu du bilan"), "")),
    )
    return render(request, "staff/roadmap/preview.html", context)


def _new(request: HttpRequest, subject: writing.Subject) -> HttpResponse:
    if request.method == "POST":
        return _send(request, subject, None)
    corrected = _corrected(request, subject)
    if corrected is None and (waiting := _waiting(subject)):
        messages.info(request, _("Un brouillon était commencé : le voici."))
        return redirect("staff_roadmap:draft", pk=waiting.pk)
    return _page(request, subject, writing.blank_form(subject, corrected), None, corrected=corrected)


def _waiting(subject: writing.Subject) -> Draft | None:
    programme = writing.programme_of(subject)
    rows = Draft.objects.filter(programme=programme, state__in=OPEN)
    if isinstance(subject, Programme):
        return rows.filter(measure=None, workstream=None).first()
    return rows.filter(**{"measure" if isinstance(subject, Measure) else "workstream": subject}).first()


def _corrected(request: HttpRequest, subject: writing.Subject) -> Any:
    """The version in force of the report to be corrected, if one was named and is there."""
    try:
        day = dates_fr.parse(request.GET.get("corrige", "")[:40])
    except ValueError:
        return None
    reports = subject.progress_reports if isinstance(subject, Programme) else subject.reports
    return reports.filter(dated_on=day).order_by("version").last() if day else None


def _send(request: HttpRequest, subject: writing.Subject, held: Draft | None) -> HttpResponse:
    assert isinstance(request.user, User)
    posted = request.POST.copy()
    act = posted.get("act", writing.SAVE)
    if act == _PREVIEW:
        posted["act"] = writing.SAVE
    sent = writing.send(by=request.user, subject=subject, posted=posted, draft=held)
    if sent.draft is None:
        assert sent.form is not None
        return _page(request, subject, sent.form, held or sent.begun, problem=sent.problem, status=sent.status)
    if act == _PREVIEW:
        return redirect("staff_roadmap:preview", pk=sent.draft.pk)
    shown = [_way_to(subject, sent.draft)] if act == writing.PUBLISH else []
    messages.success(request, _DONE.get(act, _DONE[writing.SAVE]), buttons=shown)
    return redirect("staff_roadmap:draft", pk=sent.draft.pk) if act == writing.SAVE else redirect(_home_of(subject))


def _way_to(subject: writing.Subject, draft: Draft) -> Any:
    """From « C’est publié » to what is published."""
    if isinstance(subject, Programme):
        address = f"{subject.address('progress')}?date={draft.dated_on.isoformat()}"
    else:
        address = (subject if isinstance(subject, Measure) else subject.programme).get_absolute_url()
    return messages.button(address, _("Lire le bilan"))


def _home_of(subject: writing.Subject) -> str:
    return reverse("staff_roadmap:programme", args=[writing.programme_of(subject).slug])


def _page(
    request: HttpRequest,
    subject: writing.Subject,
    form: DatedForm,
    held: Draft | None,
    *,
    problem: str = "",
    status: int = 200,
    corrected: Any = None,
) -> HttpResponse:
    if held is not None:
        held = Draft.objects.select_related("written_by", "programme").get(pk=held.pk)
    published = subject.progress_reports if isinstance(subject, Programme) else subject.reports
    context = {
        "programme": writing.programme_of(subject),
        "subject": subject,
        "is_progress": isinstance(subject, Programme),
        "title": _title(subject),
        "subtitle": words.french(subject.title),
        "new_address": _new_address(subject),
        "form": form,
        "draft": held,
        "problem": problem,
        "conflict": held if status == 409 and held is not None and held.is_open else None,
        "corrected": corrected,
        "published": as_of(published.all(), words.today()),
        "submitted": held is not None and held.state == DraftState.SUBMITTED,
    }
    return render(request, "staff/roadmap/report.html", context, status=status)


def _new_address(subject: writing.Subject) -> str:
    """Where another report of the same thing begins."""
    if isinstance(subject, Programme):
        return reverse("staff_roadmap:progress", args=[subject.slug])
    kind = "measure" if isinstance(subject, Measure) else "workstream"
    return reverse(f"staff_roadmap:{kind}-report", args=[subject.pk])


def _title(subject: writing.Subject) -> str:
    if isinstance(subject, Measure):
        return _("Bilan de la mesure %d") % subject.number
    return _("Bilan du chantier %d") % subject.number if isinstance(subject, Workstream) else _("Bilan du programme")
