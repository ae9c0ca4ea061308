"""The page of a practice, and the lists of practices by organisation and by resource."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.text_fr import shorten
from fairealliance.lib.titles import calm_title
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.places import Place, pins_of, places_of
from fairealliance.organisations.tags import tags_of
from fairealliance.practices.cards import cards_of
from fairealliance.practices.likeness import like_territories
from fairealliance.practices.linked_data import practice_data
from fairealliance.practices.models import Practice
from fairealliance.practices.partners import partners_by_sphere, spheres_of
from fairealliance.practices.querysets import PracticeQuerySet
from fairealliance.practices.unknown import missing_from
from fairealliance.practices.words import FORM_WORDS, KIND_WORDS, meeting_in_words, years_in_words
from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import Trail, page_of, trail_to
from fairealliance.provenance.templatetags.sourced import SEARCH
from fairealliance.resources.models import Resource
from fairealliance.territories.stipple import Pin, SmallMap, small_map


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of practices is a search."""
    return redirect(f"{SEARCH}?kind=practice")


@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """What was done, where, who with whom, to what effect, and what we do not know of it."""
    practice = get_object_or_404(Practice.objects.with_story(), pk=pk)
    return moved_to(request, practice.get_absolute_url()) or told(request, practice)


def told(request: HttpRequest, practice: Practice, *, is_preview: bool = False) -> HttpResponse:
    """The page itself, read with `with_story()`. A preview says that it is one."""
    address = practice.get_absolute_url()
    places = places_of(practice.territories.all())
    title = calm_title(practice.title, [place.territory.name for place in places.shown])
    spheres = spheres_of(practice)
    context = {
        "practice": practice,
        "title": title,
        "original": "" if title == practice.title else practice.title,
        "years": years_in_words(practice),
        "form_words": FORM_WORDS.get(practice.form, ""),
        "kind_words": KIND_WORDS.get(practice.kind, ""),
        "spheres": spheres,
        "meeting": meeting_in_words(len(spheres)) if spheres else "",
        "groups": partners_by_sphere(practice),
        "tags": tags_of(practice),
        "places": places,
        "map": _map(practice, title, places.shown),
        "likeness": like_territories(places.shown),
        "missing": missing_from(practice, placed=bool(places.shown)),
        "linked_data": practice_data(practice, title, request.build_absolute_uri(address), places.shown),
        "trail": _trail((shorten(title, 60), "")),
        "is_preview": is_preview,
    }
    return render(request, "practices/detail.html", context)


@require_safe
def of_organisation(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Every practice an organisation took part in, by pages."""
    organisation = get_object_or_404(Organisation, pk=pk)
    address = reverse("practices:of-organisation", args=[pk, organisation.slug or "organisation"])
    if moved := moved_to(request, address):
        return moved
    practices = Practice.objects.with_partner(organisation)
    return _list(request, practices, organisation.name, organisation.get_absolute_url(), partner=organisation)


@require_safe
def of_resource(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Every practice that used a resource, by pages."""
    resource = get_object_or_404(Resource, pk=pk)
    address = reverse("practices:of-resource", args=[pk, resource.slug or "ressource"])
    if moved := moved_to(request, address):
        return moved
    return _list(request, Practice.objects.that_used(resource), calm_title(resource.title), resource.get_absolute_url())


def _list(
    request: HttpRequest,
    practices: PracticeQuerySet,
    subject: str,
    subject_address: str,
    partner: Organisation | None = None,
) -> HttpResponse:
    page = page_of(request, practices.for_cards().told())
    context = {
        "subject": subject,
        "subject_address": subject_address,
        "as_partner": partner is not None,
        "page": page,
        "cards": cards_of(page.object_list, partner),
        "trail": trail_to((shorten(subject, 60), subject_address), (_("Exemples"), "")),
    }
    return render(request, "practices/list.html", context)


def _trail(*steps: tuple[str, str]) -> Trail:
    return trail_to((_("Exemples"), reverse("practices:index")), *steps)


def _map(practice: Practice, title: str, places: list[Place]) -> SmallMap | None:
    """Its own point, else those of its territories."""
    if practice.latitude is not None and practice.longitude is not None:
        return small_map([Pin(practice.latitude, practice.longitude, title, practice.precision)])
    return small_map(pins_of(places))
