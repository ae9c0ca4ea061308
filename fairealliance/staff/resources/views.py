"""Resources at the desk: the list, one of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fairealliance.lib.text_fr import squeeze, without_controls
from fairealliance.provenance.pages import page_of
from fairealliance.resources import actions
from fairealliance.resources.enums import ResourceKind
from fairealliance.resources.models import Collection, LinkEvent, Resource
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.resources.forms import ResourceForm

_EVENTS = 10


@require_safe
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    """Every resource, the last touched first; by words of the title and by kind."""
    words = squeeze(without_controls(request.GET.get("q", "")))[:200]
    kind = request.GET.get("nature", "")
    rows = Resource.objects.with_origin()
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(producer_name__icontains=words))
    if kind in ResourceKind.values:
        rows = rows.filter(kind=kind)
    context = {
        "page": page_of(request, rows.order_by("-updated_at", "-pk")),
        "q": words,
        "kinds": [(each.value, capfirst(str(each.label)), each.value == kind) for each in ResourceKind],
        "kind": kind,
    }
    return render(request, "staff/resources/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def create(request: HttpRequest) -> HttpResponse:
    """A new resource."""
    form = ResourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_resource(
                by=actor(request), facts=form.facts, territories=form.cleaned_data["territories"]
            )
        except ValidationError as error:
            _tell(form, error)
        else:
            messages.success(request, _("La ressource est en ligne."))
            return redirect("staff_resources:edit", made.pk)
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One resource; what someone else wrote in between is never lost."""
    resource = get_object_or_404(Resource.objects.with_origin(), pk=pk)
    form = ResourceForm(request.POST or None, resource=resource)
    if request.method == "POST" and form.is_valid():
        try:
            changed = _update(request, resource, form)
        except actions.Stale as error:
            return _form(request, form, resource, stale=str(error))
        except ValidationError as error:
            _tell(form, error)
        else:
            messages.success(request, _("Enregistré.") if changed else _("Rien n’avait changé."))
            return redirect("staff_resources:edit", pk)
    return _form(request, form, resource)


def _update(request: HttpRequest, resource: Resource, form: ResourceForm) -> bool:
    seen = form.cleaned_data["seen"]
    if seen is None:
        raise actions.Stale(_("Rechargez la page avant d’enregistrer."))
    return actions.update_resource(
        by=actor(request),
        resource=resource,
        seen=seen,
        facts=form.facts,
        territories=form.cleaned_data["territories"],
    )


def _tell(form: ResourceForm, error: ValidationError) -> None:
    """What the action refused, beside the field when it has one."""
    for name, told in getattr(error, "message_dict", {"": error.messages}).items():
        form.add_error(name if name in form.fields else None, told)


def _form(
    request: HttpRequest, form: ResourceForm, resource: Resource | None = None, *, stale: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "resource": resource, "stale": stale}
    if resource is not None:
        context |= {
            "link": getattr(resource, "link_record", None),
            "events": list(LinkEvent.objects.filter(resource=resource)[:_EVENTS]),
            "collections": list(Collection.objects.filter(items__resource=resource).order_by("title")),
        }
    status = 409 if stale else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "staff/resources/form.html", context, status=status)
