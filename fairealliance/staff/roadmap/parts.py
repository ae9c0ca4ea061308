"""A programme and what it is made of."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fairealliance.lib.french_numbers import small_whole
from fairealliance.roadmap.actions import measures, programmes
from fairealliance.roadmap.actions.refusals import Moved, Refused
from fairealliance.roadmap.models import Programme
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.roadmap.editing import show
from fairealliance.staff.roadmap.forms import DimensionForm, LeverForm, MeasureForm, PartForm, ProgrammeForm

_METHODS = ["GET", "HEAD", "POST"]
# Word of the address → title, form, related name, action.
_KINDS: dict[str, tuple[Any, Any, str, Callable[..., Any]]] = {
    "dimensions": (gettext_lazy("Dimension"), DimensionForm, "dimensions", programmes.save_dimension),
    "chantiers": (gettext_lazy("Chantier"), PartForm, "workstreams", programmes.save_workstream),
    "mesures": (gettext_lazy("Mesure"), MeasureForm, "measures", measures.save_measure),
    "forces": (gettext_lazy("Force du changement"), PartForm, "forces", programmes.save_force),
    "leviers": (gettext_lazy("Levier"), LeverForm, "levers", programmes.save_lever),
}


@require_http_methods(_METHODS)
@editor_required
def new_programme(request: HttpRequest) -> HttpResponse:
    """A programme of one's own. Its dimensions come next."""
    return _programme(request, None)


@require_http_methods(_METHODS)
@editor_required
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    return _programme(request, get_object_or_404(Programme, slug=programme))


def _programme(request: HttpRequest, held: Programme | None) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, held=held)
    problem: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            saved, _outcome = programmes.save_programme(by=actor(request), **form.told)
        except Refused as refused:
            problem = refused
        else:
            messages.success(request, _("Programme enregistré."))
            return redirect("staff_roadmap:programme", programme=saved.slug)
    title = held.title if held else _("Nouveau programme")
    return show(request, form, title, problem, held, moved=isinstance(problem, Moved))


@require_http_methods(_METHODS)
@editor_required
def part(request: HttpRequest, programme: str, kind: str, number: int | None = None) -> HttpResponse:
    """A dimension, a workstream, a measure, a force or a lever: a new one, or one that is there."""
    owner = get_object_or_404(Programme, slug=programme)
    if kind not in _KINDS:
        raise Http404(_("Un programme n’a pas de « %s ».") % kind)
    label, form_class, name, save = _KINDS[kind]
    held: Any = get_object_or_404(getattr(owner, name), number=number) if number is not None else None
    form = form_class(request.POST or None, programme=owner, held=held, taken=name)
    problem: Refused | None = None
    can_remove = held is not None and kind != "mesures"
    removing = can_remove and request.POST.get("act") == "remove"
    if request.method == "POST" and (removing or form.is_valid()):
        try:
            if removing:
                version = small_whole(request.POST.get("read_version", ""))
                programmes.remove_part(by=actor(request), part=held, read_version=version)
            else:
                save(by=actor(request), programme=owner, **form.told)
        except Refused as refused:
            problem = refused
        else:
            messages.success(request, _("Retiré.") if removing else _("Enregistré."))
            return redirect("staff_roadmap:programme", programme=owner.slug)
    title = f"{label} {number}" if number is not None else _("Ajouter : %s") % str(label).lower()
    return show(request, form, title, problem, owner, can_remove=can_remove, moved=isinstance(problem, Moved))
