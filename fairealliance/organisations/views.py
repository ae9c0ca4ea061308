"""The page of an organisation."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib.text_fr import shorten
from fairealliance.organisations.autocomplete import suggest
from fairealliance.organisations.identifiers import identifiers_of
from fairealliance.organisations.linked_data import organisation_data
from fairealliance.organisations.models import Merger, Organisation
from fairealliance.organisations.places import Place, pins_of, places_of
from fairealliance.organisations.profiles.told import exchanges, pillars, profile_of
from fairealliance.organisations.tags import tags_of
from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import Trail, page_of, trail_to
from fairealliance.provenance.templatetags.sourced import SEARCH
from fairealliance.territories.stipple import Pin, SmallMap, small_map

SEATS_SHOWN = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of organisations is a search."""
    return redirect(f"{SEARCH}?kind=organisation")


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Organisations for what was typed so far."""
    found = suggest(request.GET.get("q", "")[:200])
    return JsonResponse([asdict(hit) for hit in found], safe=False)


@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """What it does, where, with whom; found by its number, led to its present name."""
    organisation = Organisation.objects.with_origin().filter(pk=pk).first()
    if organisation is None:
        # Not for good: what was merged can be parted again.
        return redirect(get_object_or_404(Merger.objects.select_related("kept"), gone_id=pk).kept)
    address = organisation.get_absolute_url()
    if moved := moved_to(request, address):
        return moved
    establishments = organisation.establishments.select_related("territory")
    places = places_of(organisation.territories.all())
    profile = profile_of(organisation)
    context = {
        "organisation": organisation,
        "tags": tags_of(organisation),
        "identifiers": identifiers_of(organisation),
        "establishments": list(establishments[:SEATS_SHOWN]),
        "establishment_count": establishments.count(),
        "places": places,
        "map": _map(organisation, places.shown),
        "missing": _missing(organisation, acts_somewhere=bool(places.shown)),
        "exchanges": exchanges(profile) if profile else [],
        "pillars": pillars(profile) if profile else [],
        "told_at": profile.told_at if profile else None,
        "linked_data": organisation_data(organisation, request.build_absolute_uri(address)),
        "trail": _trail((shorten(organisation.name, 60), "")),
    }
    return render(request, "organisations/detail.html", context)


@require_safe
def establishments(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Every place of an organisation, by pages."""
    organisation = get_object_or_404(Organisation, pk=pk)
    address = reverse("organisations:establishments", args=[pk, organisation.slug or "organisation"])
    if moved := moved_to(request, address):
        return moved
    context = {
        "organisation": organisation,
        "page": page_of(request, organisation.establishments.select_related("territory")),
        "trail": _trail((shorten(organisation.name, 60), organisation.get_absolute_url()), (_("Établissements"), "")),
    }
    return render(request, "organisations/establishments.html", context)


def _trail(*steps: tuple[str, str]) -> Trail:
    return trail_to((_("Organisations"), reverse("organisations:index")), *steps)


def _map(organisation: Organisation, places: list[Place]) -> SmallMap | None:
    """Its own point, else its seat's, else the territories where it acts."""
    if organisation.latitude is not None and organisation.longitude is not None:
        pin = Pin(organisation.latitude, organisation.longitude, organisation.name, organisation.precision)
        return small_map([pin])
    if organisation.seat:
        return small_map(pins_of([Place(organisation.seat, [])]))
    return small_map(pins_of(places))


def _missing(organisation: Organisation, *, acts_somewhere: bool) -> list[str]:
    """What no source says of it. Phone and mail count as one: a way to reach it."""
    reachable = organisation.email or organisation.phone or organisation.website
    facts: list[tuple[Any, str]] = [
        (organisation.description, _("ce qu’elle fait")),
        (organisation.sphere, _("sa sphère")),
        (organisation.siren or organisation.rna, _("son numéro SIREN ou RNA")),
        (organisation.seat, _("la commune de son siège")),
        (acts_somewhere, _("les territoires où elle agit")),
        (reachable, _("comment la joindre")),
        (organisation.goals or organisation.themes, _("ses objectifs et ses thèmes")),
        (profile_of(organisation), _("ce qu’elle cherche et apporte, et son modèle socio-économique")),
    ]
    return [words for known, words in facts if not known]
