"""Collections at the desk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.provenance.pages import page_of
from fairealliance.resources import actions
from fairealliance.resources.actions import CollectionFacts
from fairealliance.resources.models import Collection, Resource
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.resources.forms import CollectionForm, ItemFormSet


@require_safe
@editor_required
def index(request: HttpRequest) -> HttpResponse:
    """All of them, those not yet public too."""
    rows = Collection.objects.annotate(size=Count("items")).order_by("title", "pk")
    return render(request, "staff/resources/collections.html", {"page": page_of(request, rows)})


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def create(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@editor_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, get_object_or_404(Collection, slug=slug))


@require_POST
@editor_required
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Its resources stay."""
    actions.delete_collection(by=actor(request), collection=get_object_or_404(Collection, slug=slug))
    messages.success(request, _("La collection est supprimée ; ses ressources restent."))
    return redirect("staff_resources:collections")


def _edit(request: HttpRequest, collection: Collection | None) -> HttpResponse:
    form, items = _forms(request, collection)
    if request.method != "POST":
        return _page(request, form, items, collection)
    if not (form.is_valid() and items.is_valid()):
        return _page(request, form, items, collection, status=422)
    try:
        saved = _save(request, form, items, collection)
    except actions.Stale as error:
        return _page(request, form, items, collection, stale=str(error), status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, form, items, collection, status=422)
    messages.success(request, _("Enregistré."))
    return redirect("staff_resources:collection", saved.slug)


def _forms(request: HttpRequest, collection: Collection | None) -> tuple[CollectionForm, Any]:
    if request.method == "POST":
        return CollectionForm(request.POST), ItemFormSet(request.POST, prefix="items")
    if collection is None:
        return CollectionForm(), ItemFormSet(prefix="items")
    words = {name: getattr(collection, name) for name in ("title", "cover", "intro", "is_public")}
    rows = [
        {"place": item.place, "resource": item.resource.get_absolute_url(), "note": item.note}
        for item in collection.items.select_related("resource")
    ]
    seen = collection.updated_at.isoformat()
    return CollectionForm(initial={**words, "seen": seen}), ItemFormSet(initial=rows, prefix="items")


def _save(request: HttpRequest, form: CollectionForm, items: Any, collection: Collection | None) -> Collection:
    """A row without a resource is left out; the ranks give the order, ties keep that of the page."""
    rows = [row.cleaned_data for row in items if row.cleaned_data.get("resource")]
    ordered = sorted(rows, key=lambda row: row.get("place") or 1000)
    once: dict[int, tuple[Resource, str]] = {}
    for row in ordered:
        once.setdefault(row["resource"].pk, (row["resource"], row.get("note", "")))
    facts = {name: form.cleaned_data[name] for name in ("title", "cover", "intro", "is_public")}
    return actions.save_collection(
        by=actor(request),
        collection=collection,
        seen=form.cleaned_data["seen"],
        facts=CollectionFacts(**facts, items=list(once.values())),
    )


def _page(
    request: HttpRequest,
    form: CollectionForm,
    items: Any,
    collection: Collection | None,
    *,
    stale: str = "",
    status: int = 200,
) -> HttpResponse:
    titles = _titles(items)
    context = {
        "form": form,
        "items": items,
        "rows": [(row, titles.get(str(row["resource"].value() or ""), "")) for row in items],
        "collection": collection,
        "stale": stale,
    }
    return render(request, "staff/resources/collection.html", context, status=status)


def _titles(items: Any) -> dict[str, str]:
    """Address of each resource already there → its title. One query."""
    keys = {str(row["resource"].value() or "") for row in items}
    pks = {key.split("/")[-2].split("-")[0] for key in keys if key.startswith("/ressources/") and key.count("/") > 2}
    rows = Resource.objects.filter(pk__in=[int(pk) for pk in pks if pk.isdecimal() and len(pk) < 13]).order_by("pk")
    return {row.get_absolute_url(): row.title for row in rows}
