"""Studies at the desk: the list, the wave form, its live checks, its preview, publishing and removing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from fairealliance.lib.tabular.writing import XLSX
from fairealliance.observatory import actions
from fairealliance.observatory.checks import Problem, Refused
from fairealliance.observatory.enums import State
from fairealliance.observatory.exchange.exporting import as_workbook
from fairealliance.observatory.models import Study
from fairealliance.observatory.reading import study_data
from fairealliance.observatory.short import read_in_short
from fairealliance.observatory.study_page import study_context
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.observatory.differences import differences
from fairealliance.staff.observatory.enrolling import breaks_unsaid, enrol, joined
from fairealliance.staff.observatory.wave_form import WaveForm

_STATES = {"draft": State.DRAFT, "publish": State.PUBLISHED, "save": None}


@editor_required
@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """Drafts first, then the latest."""
    rows = Study.objects.with_counts().order_by("state", "-ended", "title")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        rows = rows.filter(title__icontains=wanted)
    return render(request, "staff/observatory/studies.html", {"page": page_of(request, rows), "wanted": wanted})


@editor_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A survey wave, new or known. Every button sends the whole form; none loses what was typed."""
    study = _with_series(slug) if slug else None
    if request.method != "POST":
        return _show(request, WaveForm(study=study))
    form = WaveForm(request.POST, study)
    if wanted := request.POST.get("add"):
        form.add(wanted)
        return _show(request, form, problems=form.problems() if form.full else [], checked=bool(form.full))
    action = request.POST.get("action", "check")
    problems = form.problems()
    if action not in _STATES or any(problem.is_error for problem in problems):
        status = 422 if action in _STATES else 200
        return _show(request, form, problems=problems, checked=True, status=status)
    return _save(request, form, _STATES[action])


@editor_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What is wrong so far, while the form is being filled."""
    study = Study.objects.whole().filter(slug=request.POST.get("s-slug", "")).first()
    problems = WaveForm(request.POST, study).problems()
    return render(request, "staff/observatory/parts/problems.html", {"problems": problems, "checked": True})


@editor_required
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The page as readers will see it."""
    study = get_object_or_404(Study.objects.select_related("source"), slug=slug)
    read_in_short([study])
    return render(request, "observatory/study.html", study_context(study) | {"citation": "", "trail": []})


@editor_required
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """A study, draft or not, in the layout it is imported in."""
    study = get_object_or_404(Study.objects.whole(), slug=slug)
    response = HttpResponse(as_workbook([study]), XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slug}.xlsx"'
    return response


@editor_required
@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish, withdraw or remove."""
    study, by = get_object_or_404(Study, slug=slug), actor(request)
    try:
        match request.POST.get("action"):
            case "publish":
                actions.publish(by=by, study=study)
                messages.success(request, _("« %s » est publiée.") % study.title)
            case "withdraw":
                actions.withdraw(by=by, study=study)
                messages.success(request, _("« %s » n’est plus visible du public.") % study.title)
            case "remove":
                actions.remove_study(by=by, study=study)
                messages.success(request, _("« %s » est supprimée.") % study.title)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("staff_observatory:studies")


def _save(request: HttpRequest, form: WaveForm, state: State | None) -> HttpResponse:
    by, data = actor(request), form.wave()
    if state is None and form.known is None:
        state = State.DRAFT
    try:
        saved = actions.save_study(by=by, data=data, sources=form.sources(), expected=form.version, state=state)
    except actions.EditedMeanwhile as conflict:
        theirs = Study.objects.whole().get(slug=data.slug)
        return _show(request, form, conflict=conflict, differing=differences(study_data(theirs), data), status=409)
    except Refused as refused:
        return _show(request, form, problems=refused.problems, checked=True, status=422)
    wanted = list(form.wanted_series())
    for unsaid in breaks_unsaid(data.slug, data.questions, wanted):
        messages.warning(request, unsaid.message)
    for trouble in enrol(by=by, study=saved.study, wanted=wanted):
        messages.warning(request, trouble)
    _tell(request, saved.study)
    for series in joined(saved.study, wanted):
        told = _("La série « %s » a une vague de plus : son titre et sa phrase disent-ils encore vrai ?") % series.title
        way = messages.button(reverse("staff_observatory:series-edit", args=[series.slug]), _("Les relire"))
        messages.info(request, told, buttons=[way])
    return redirect("staff_observatory:edit", slug=saved.study.slug)


def _tell(request: HttpRequest, study: Study) -> None:
    if study.is_public:
        messages.success(request, _("« %s » est enregistrée et publiée.") % study.title)
    else:
        messages.success(
            request, _("« %s » est enregistrée comme brouillon : seul le secrétariat la voit.") % study.title
        )


def _show(
    request: HttpRequest,
    form: WaveForm,
    *,
    problems: list[Problem] | None = None,
    checked: bool = False,
    conflict: actions.EditedMeanwhile | None = None,
    differing: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    known = form.known
    version = conflict.version if conflict else form.version
    context = {
        "form": form,
        "known": known,
        "version": version,
        "problems": problems or [],
        "checked": checked,
        "conflict": str(conflict) if conflict else "",
        "differing": differing or [],
        "here": reverse("staff_observatory:edit", args=[known.slug]) if known else reverse("staff_observatory:new"),
    }
    return render(request, "staff/observatory/wave.html", context, status=status)


def _with_series(slug: str) -> Study:
    return get_object_or_404(Study.objects.whole().prefetch_related("questions__series_points__series"), slug=slug)
