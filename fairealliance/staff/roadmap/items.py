"""What a measure, a force, a lever or a programme holds, one by one: added, changed, taken away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fairealliance.lib.french_numbers import small_whole
from fairealliance.roadmap.actions import measures, programmes
from fairealliance.roadmap.actions.refusals import Moved, Refused
from fairealliance.roadmap.models import Measure, Programme
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.roadmap.editing import show
from fairealliance.staff.roadmap.forms import FacilitatorForm, IllustrationForm, IndicatorForm, StatementForm

_METHODS = ["GET", "HEAD", "POST"]
_REMOVE = "remove"


@require_http_methods(_METHODS)
@editor_required
def facilitator(request: HttpRequest, programme: str, number: int, pk: int | None = None) -> HttpResponse:
    """Who carries a measure."""
    owner, measure, back = _measure(programme, number)
    held = get_object_or_404(measure.facilitators.all(), pk=pk) if pk else None
    title = held.name if held else _("Mesure %d : ajouter un facilitateur") % number
    form = FacilitatorForm(request.POST or None, held=held)
    return _send(
        request, owner, form, title, back,
        save=lambda told: measures.save_facilitator(by=actor(request), measure=measure, row=held, **told),
        remove=lambda version: measures.remove_facilitator(by=actor(request), facilitator=held, read_version=version)
        if held else None,
    )  # fmt: skip


@require_http_methods(_METHODS)
@editor_required
def indicator(request: HttpRequest, programme: str, number: int, pk: int | None = None) -> HttpResponse:
    """A figure that a measure wants to move."""
    owner, measure, back = _measure(programme, number)
    held = get_object_or_404(measure.indicators.filter(removed_on=None), pk=pk) if pk else None
    title = held.label if held else _("Mesure %d : ajouter un indicateur") % number
    form = IndicatorForm(request.POST or None, measure=measure, held=held)
    return _send(
        request, owner, form, title, back,
        save=lambda told: measures.save_indicator(by=actor(request), measure=measure, **told),
        remove=lambda version: measures.remove_indicator(by=actor(request), indicator=held, read_version=version)
        if held else None,
    )  # fmt: skip


@require_http_methods(_METHODS)
@editor_required
def illustration(request: HttpRequest, programme: str, kind: str, number: int, pk: int | None = None) -> HttpResponse:
    """What shows that a force is at work, or a lever engaged."""
    owner = get_object_or_404(Programme, slug=programme)
    rows: Any = owner.forces if kind == "forces" else owner.levers
    subject = get_object_or_404(rows.all(), number=number)
    held = get_object_or_404(subject.illustrations.all(), pk=pk) if pk else None
    title = held.label if held else _("Ajouter une illustration : %s") % subject
    form = IllustrationForm(request.POST or None, held=held)
    return _send(
        request, owner, form, title, _home(owner),
        save=lambda told: programmes.save_illustration(by=actor(request), subject=subject, row=held, **told),
        remove=lambda version: programmes.remove_part(by=actor(request), part=held, read_version=version)
        if held else None,
    )  # fmt: skip


@require_http_methods(_METHODS)
@editor_required
def statement(request: HttpRequest, programme: str, pk: int | None = None) -> HttpResponse:
    """What a source says of the programme as a whole."""
    owner = get_object_or_404(Programme, slug=programme)
    held = get_object_or_404(owner.statements.all(), pk=pk) if pk else None
    title = held.title if held else _("Ajouter ce qu’une source dit du programme")
    form = StatementForm(request.POST or None, held=held)
    return _send(
        request, owner, form, title, _home(owner),
        save=lambda told: programmes.save_statement(
            by=actor(request), programme=owner, code=held.code if held else _code(owner, told["title"]), **told
        ),
        remove=lambda version: programmes.remove_part(by=actor(request), part=held, read_version=version)
        if held else None,
    )  # fmt: skip


def _send(
    request: HttpRequest,
    owner: Programme,
    form: Any,
    title: str,
    back: str,
    *,
    save: Callable[[dict[str, Any]], object],
    remove: Callable[[int], object],
) -> HttpResponse:
    """Saves or takes away what was sent, else shows the form, with what stood in the way."""
    problem: Refused | None = None
    if request.method == "POST":
        try:
            if request.POST.get("act") == _REMOVE and form.held:
                remove(_version(request))
                messages.success(request, _("Retiré, à partir d’aujourd’hui : les dates passées le gardent."))
                return redirect(back)
            if form.is_valid():
                save(form.told)
                messages.success(request, _("Enregistré."))
                return redirect(back)
        except Refused as refused:
            problem = refused
    again = type(problem) is Moved
    return show(request, form, title, problem, owner, back=back, can_remove=bool(form.held), moved=again)


def _version(request: HttpRequest) -> int:
    return small_whole(request.POST.get("read_version", ""))


def _measure(programme: str, number: int) -> tuple[Programme, Measure, str]:
    owner = get_object_or_404(Programme, slug=programme)
    measure = get_object_or_404(owner.measures.select_related("programme"), number=number)
    return owner, measure, reverse("staff_roadmap:people", args=[owner.slug, number])


def _home(owner: Programme) -> str:
    return reverse("staff_roadmap:programme", args=[owner.slug])


def _code(owner: Programme, title: str) -> str:
    """One that no other statement has."""
    base = slugify(title)[:50].strip("-") or "declaration"
    taken = set(owner.statements.values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 9999))) if code not in taken)
