"""The page of a resource, and the list of an organisation's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.places import Places, places_of
from fairealliance.organisations.tags import Tags, tags_of
from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import Trail, page_of, trail_to
from fairealliance.provenance.templatetags.sourced import SEARCH
from fairealliance.resources.linked_data import resource_data
from fairealliance.resources.models import Resource
from fairealliance.resources.words import AUDIENCE_WORDS, LANGUAGES, MEDOC_WORDS, STAGE_WORDS, in_words


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of resources is a search."""
    return redirect(f"{SEARCH}?kind=resource")


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
        "language": LANGUAGES.get(resource.language, resource.language),
        "tags": tags,
        "places": places,
        "missing": _missing(resource, producer, tags, places),
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


def _missing(resource: Resource, producer: str, tags: Tags, places: Places) -> list[str]:
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
