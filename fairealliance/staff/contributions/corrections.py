"""Corrections at the desk: what stands, what should, side by side."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fairealliance.contributions import actions, subjects
from fairealliance.contributions.actions.shared import Stale
from fairealliance.contributions.enums import CorrectionStatus
from fairealliance.contributions.models import Correction
from fairealliance.contributions.subjects import ELSE
from fairealliance.lib.lives import NotAllowed
from fairealliance.provenance.pages import page_of
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.contributions.differences import side_by_side
from fairealliance.staff.contributions.forms import AcceptCorrectionForm, RefuseCorrectionForm
from fairealliance.staff.contributions.piles import CORRECTION_PILES, correction_tabs, set_aside


@require_safe
@editor_required
def queue(request: HttpRequest) -> HttpResponse:
    pile = request.GET.get("pile", "todo")
    pile = pile if pile in CORRECTION_PILES else "todo"
    found = Correction.objects.of_pile(pile).select_related("decided_by")
    order = "pk" if pile in ("todo", "suspect") else "-pk"
    tabs = correction_tabs(pile)
    page = page_of(request, found.order_by(order))
    context = {"tabs": tabs, "set_aside": set_aside(tabs, pile), "pile": pile, "page": page}
    return render(request, "staff/contributions/corrections.html", context)


@require_safe
@editor_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, get_object_or_404(Correction, pk=pk))


def _detail(
    request: HttpRequest,
    correction: Correction,
    accept: AcceptCorrectionForm | None = None,
    refuse: RefuseCorrectionForm | None = None,
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    subject = subjects.find(correction.subject)
    now = subject.text_of(correction.field) if subject else ""
    version = {"version": correction.version}
    context = {
        "correction": correction,
        "subject": subject,
        "label": subject.label_of(correction.field) if subject else correction.field,
        "is_field": correction.field != ELSE,
        "now": now,
        "has_moved": subject is not None and correction.field != ELSE and now != correction.before,
        "sides": side_by_side(now, correction.after),
        "open": correction.status == CorrectionStatus.NEW,
        "accept": accept or AcceptCorrectionForm(initial={**version, "text": text or correction.after, "seen": now}),
        "refuse": refuse or RefuseCorrectionForm(initial=version),
    }
    return render(request, "staff/contributions/correction.html", context, status=status)


@require_POST
@editor_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    correction = get_object_or_404(Correction, pk=pk)
    form = AcceptCorrectionForm(request.POST)
    if not form.is_valid():
        return _detail(request, correction, accept=form, status=422)
    said = form.cleaned_data
    seen = said["seen"] if "seen" in request.POST else None
    try:
        actions.accept_correction(
            by=actor(request), correction=correction, version=said["version"], text=said["text"], seen=seen
        )
    except ValidationError as error:
        form.add_error("text", error.messages)
        return _detail(request, correction, accept=form, status=422)
    except (Stale, NotAllowed) as error:
        return _refused(request, pk, str(error), text=said["text"])
    messages.success(request, _("C’est corrigé."))
    return redirect("staff_contributions:correction", pk)


@require_POST
@editor_required
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    correction = get_object_or_404(Correction, pk=pk)
    form = RefuseCorrectionForm(request.POST)
    if not form.is_valid():
        return _detail(request, correction, refuse=form, status=422)
    said = form.cleaned_data
    try:
        actions.refuse_correction(
            by=actor(request), correction=correction, version=said["version"], reason=said["reason"]
        )
    except Stale as error:
        return _refused(request, pk, str(error))
    messages.success(request, _("La correction n’est pas retenue."))
    return redirect("staff_contributions:correction", pk)


def _refused(request: HttpRequest, pk: int, why: str, text: str = "") -> HttpResponse:
    """Says why, over the present state; what the editor wrote stays in its box."""
    messages.error(request, why)
    return _detail(request, get_object_or_404(Correction, pk=pk), text=text, status=409)
