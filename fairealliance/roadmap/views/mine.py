"""The corner of those who report on a measure: their measures, and the form to tell how one stands."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fairealliance.accounts.models import User
from fairealliance.roadmap import words, writing
from fairealliance.roadmap.enums import DraftState
from fairealliance.roadmap.models import Draft, Programme
from fairealliance.roadmap.permissions import require_report
from fairealliance.roadmap.state import read
from fairealliance.roadmap.views.asking import held_programme, trail

_OPEN = (DraftState.DRAFT, DraftState.SUBMITTED)


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Leads to the sign-in page first; `view(request, user, programme, …)`."""

    @wraps(view)
    def guarded(request: HttpRequest, *, programme: str = "", **named: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        held = held_programme(programme)
        if held is None:
            raise Http404(_("Aucune feuille de route n’est publiée."))
        return view(request, request.user, held, **named)

    return guarded


@require_safe
@signed_in
def measures(request: HttpRequest, user: User, programme: Programme) -> HttpResponse:
    """The measures one reports on, when their next report is due, and what one is writing."""
    ours = set(programme.measures.filter(correspondents__user=user).values_list("pk", flat=True))
    drafts = {each.measure_id: each for each in Draft.objects.filter(measure__in=ours, state__in=_OPEN)}
    rows = [
        (state, words.standing(state), words.day(state.due_on), drafts.get(state.measure.pk),
         programme.address("my-report", number=state.number))
        for state in read(programme).measures
        if state.measure.pk in ours
    ]  # fmt: skip
    context = {"programme": programme, "rows": rows, "trail": trail(programme, (_("Mes mesures"), ""))}
    return render(request, "roadmap/my_measures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def report(request: HttpRequest, user: User, programme: Programme, number: int) -> HttpResponse:
    """Tell how one's measure stands: kept as a draft, or handed to the secretariat."""
    measure = get_object_or_404(programme.measures.select_related("programme"), number=number)
    require_report(user, measure)
    draft = Draft.objects.filter(measure=measure, state__in=_OPEN).select_related("written_by").first()
    if request.method != "POST":
        form = writing.form_of(draft) if draft else writing.blank_form(measure)
        return _page(request, programme, measure, draft, form)
    act = request.POST.get("act", writing.SAVE)
    if act not in (writing.SAVE, writing.SUBMIT):
        return _page(request, programme, measure, draft, writing.blank_form(measure), _("Ce geste n’existe pas."), 422)
    sent = writing.send(by=user, subject=measure, posted=request.POST, draft=draft)
    if sent.draft is None:
        return _page(request, programme, measure, draft, sent.form, sent.problem, sent.status)
    done = _("Merci : le bilan est transmis au secrétariat.") if act == writing.SUBMIT else _("Brouillon enregistré.")
    messages.success(request, done)
    return redirect(programme.address("my-measures"))


def _page(
    request: HttpRequest,
    programme: Programme,
    measure: Any,
    draft: Any,
    form: Any,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "programme": programme,
        "measure": measure,
        "title": words.french(measure.title),
        "draft": draft,
        "form": form,
        "problem": problem,
        "trail": trail(programme, (_("Mes mesures"), programme.address("my-measures")), (_("Bilan"), "")),
    }
    return render(request, "roadmap/my_report.html", context, status=status)
