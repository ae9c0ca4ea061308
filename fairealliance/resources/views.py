"""The list of resources, the page of one, the list of an organisation's, collections."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.places import places_of
from fairealliance.organisations.tags import Tags, tags_of
from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import Trail, page_of, trail_to
from fairealliance.provenance.templatetags.sourced import SEARCH
from fairealliance.resources import listing
from fairealliance.resources.linked_data import resource_data
from fairealliance.resources.models import Collection, Resource
from fairealliance.resources.words import (
    AUDIENCE_WORDS,
    LANGUAGES,
    LINK_WORDS,
    MEDOC_WORDS,
    PROGRESS_WORDS,
    STAGE_WORDS,
    in_words,
)

_COLLECTIONS_SHOWN = 3


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every resource, by facets. 400 for a choice nobody offered. Twelve queries."""
    path = reverse("resources:index")
    try:
        choices, refused = listing.read(request.GET), ""
    except listing.UnknownChoice as error:
        choices, refused = listing.Choices(), str(error)
    context = {
        "page": page_of(request, listing.found(choices)),
        "facets": listing.facets(choices),
        "chips": listing.chips(choices, path),
        "query": choices.address(),
        "path": path,
        "refused": refused,
        "search": f"{SEARCH}?kind=resource",
        "collections": [] if choices.chosen else list(Collection.objects.listed()[:_COLLECTIONS_SHOWN]),
        "trail": trail_to((_("Ressources"), "")),
    }
    response = render(request, "resources/index.html", context, status=400 if refused else 200)
    if choices.chosen:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """Every collection that is public."""
    page = page_of(request, Collection.objects.listed())
    return render(request, "resources/collections.html", {"page": page, "trail": _trail((_("Collections"), ""))})


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Resources that go together, in their order. Two queries."""
    found = get_object_or_404(Collection.objects.filter(is_public=True), slug=slug)
    items = found.items.select_related("resource", "resource__producer", "resource__source")
    context = {
        "collection": found,
        "items": list(items),
        "trail": _trail((_("Collections"), reverse("resources:collections")), (shorten(found.title, 60), "")),
    }
    return render(request, "resources/collection.html", context)


@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """What it is, who made it, for whom, at which stage, and where to find it."""
    resource = get_object_or_404(Resource.objects.with_origin(), pk=pk)
    address = resource.get_absolute_url()
    if moved := moved_to(request, address):
        return moved
    producer = resource.producer.name if resource.producer else resource.producer_name
    title = calm_title(resource.title)
    tags = tags_of(resource)
    places = places_of(resource.territories.all())
    context = {
        "resource": resource,
        "title": title,
        "original": "" if title == resource.title else resource.title,
        "producer": producer,
        "medoc": MEDOC_WORDS[resource.medoc],
        "audience": in_words(resource.audience, AUDIENCE_WORDS),
        "stages": in_words(resource.stage, STAGE_WORDS),
        "progress": in_words(resource.progress, PROGRESS_WORDS),
        "link_told": _link_told(resource),
        "collections": list(resource.collections.filter(is_public=True)),
        "language": LANGUAGES.get(resource.language, resource.language),
        "tags": tags,
        "places": places,
        "missing": _missing(resource, producer, tags),
        "linked_data": resource_data(resource, request.build_absolute_uri(address), producer),
        "trail": _trail((shorten(title, 60), "")),
    }
    return render(request, "resources/detail.html", context)


@require_safe
def of_organisation(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Every resource an organisation made, by pages."""
    organisation = get_object_or_404(Organisation, pk=pk)
    address = reverse("resources:of-organisation", args=[pk, organisation.slug or "organisation"])
    if moved := moved_to(request, address):
        return moved
    context = {
        "organisation": organisation,
        "page": page_of(request, Resource.objects.with_origin().made_by(organisation)),
        "trail": trail_to((shorten(organisation.name, 60), organisation.get_absolute_url()), (_("Ressources"), "")),
    }
    return render(request, "resources/of_organisation.html", context)


def _trail(*steps: tuple[str, str]) -> Trail:
    return trail_to((_("Ressources"), reverse("resources:index")), *steps)


def _link_told(resource: Resource) -> dict[str, Any] | None:
    """What is known of the link as it stands; None while nobody asked it."""
    kept = getattr(resource, "link_record", None)
    if kept is None or kept.url != resource.link:
        return None
    return {"state": kept.state, "words": LINK_WORDS[kept.state], "checked_at": kept.checked_at}


def _missing(resource: Resource, producer: str, tags: Tags) -> list[str]:
    """What its source does not say. Territories are not asked for: most resources hold everywhere."""
    facts: list[tuple[Any, str]] = [
        (resource.summary, _("à quoi elle sert")),
        (producer, _("qui l’a faite")),
        (resource.link, _("où la trouver")),
        (resource.audience, _("pour qui")),
        (resource.stage, _("à quelle étape elle sert")),
        (resource.year, _("son année")),
        (resource.licence, _("sa licence")),
        (tags.goals or tags.themes, _("ses objectifs et ses thèmes")),
    ]
    return [words for known, words in facts if not known]
