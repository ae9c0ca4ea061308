"""The programmes at the desk, and where each measure of one stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fairealliance.provenance.pages import page_of
from fairealliance.roadmap import words
from fairealliance.roadmap.enums import DraftState
from fairealliance.roadmap.models import Draft, Programme
from fairealliance.roadmap.state import read
from fairealliance.staff.access import editor_required

OPEN = (DraftState.DRAFT, DraftState.SUBMITTED)


def submitted() -> int:
    """How many reports wait for the secretariat."""
    return Draft.objects.filter(state=DraftState.SUBMITTED).count()


@require_safe
@editor_required
def home(request: HttpRequest) -> HttpResponse:
    """The one programme there is, or the list of them."""
    rows = Programme.objects.all()
    only = rows.first() if rows.count() == 1 else None
    if only:
        return redirect("staff_roadmap:programme", programme=only.slug)
    return render(request, "staff/roadmap/home.html", {"page": page_of(request, rows)})


@require_safe
@editor_required
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Each measure with its result, when it reports next and what is being written; then the rest."""
    held = get_object_or_404(Programme, slug=programme)
    today = timezone.localdate()
    state = read(held, today)
    drafts = list(
        Draft.objects.filter(programme=held, state__in=OPEN).select_related("measure", "workstream", "written_by")
    )
    of_measure = {each.measure_id: each for each in drafts if each.measure_id}
    rows = [
        {
            "measure": each,
            "standing": words.standing(each),
            "due": words.day(each.due_on),
            "is_late": each.due_on is not None and each.due_on < today,
            "draft": of_measure.get(each.measure.pk),
        }
        for each in state.measures
    ]
    context = {"programme": held, "state": state, "rows": rows, "drafts": drafts}
    return render(request, "staff/roadmap/programme.html", context)
