"""Where things come from, under which licences, and how to read this site."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

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
    return render(request, "provenance/guide.html", {"trail": trail_to((_("Aide"), ""))})
