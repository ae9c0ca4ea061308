"""Where things come from, under which licences, and how to read this site."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.provenance import guides
from fairealliance.provenance.holdings import Held, held_by_source
from fairealliance.provenance.models import Source
from fairealliance.provenance.pages import trail_to


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and what we hold of it."""

    source: Source
    held: list[Held]


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source we draw from. One query for the sources, one per kind of thing that comes from them."""
    held = held_by_source()
    known = Source.objects.exclude(pk__in=held.secret).real_first()
    lines = [SourceLine(source, held.by_source.get(source.pk, [])) for source in known]
    trail = trail_to((_("Nos sources"), ""))
    return render(request, "provenance/sources.html", {"lines": lines, "trail": trail})


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """What one may do with our code, our words and the data."""
    context = {
        "sources": Source.objects.filter(is_demo=False).exclude(pk__in=held_by_source().secret).real_first(),
        "trail": trail_to((_("Licences et attributions"), "")),
    }
    return render(request, "provenance/licences.html", context)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to use the site, what the sheet says, how cases are ranked, what is not known."""
    context = {
        "trail": trail_to((_("Aide"), "")),
        "guides": guides.of(guides.FOR_ALL),
        "file_guides": guides.of(guides.FOR_FILES),
    }
    return render(request, "provenance/guide.html", context)


@require_safe
def guide_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A guide of docs/. 404 for what is none, or when the product was installed without its documents."""
    found = guides.page(slug)
    if found is None:
        raise Http404
    title, text = found
    context = {
        "title": title,
        "text": text,
        "others": [each for each in guides.of(guides.FOR_ALL) if each.slug != slug],
        "trail": trail_to((_("Aide"), reverse("provenance:guide")), (title, "")),
    }
    return render(request, "provenance/guide_page.html", context)
