"""The report of a territory, as a page and as a document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.provenance.addresses import moved_to
from fairealliance.provenance.pages import trail_to
from fairealliance.reports import pdf, reading
from fairealliance.reports.addresses import address_of, document_of, whole_of
from fairealliance.reports.compose import LEVELS, compose
from fairealliance.territories import former_address
from fairealliance.territories.models import Territory


@require_safe
def page(request: HttpRequest, level: str, code: str, slug: str = "") -> HttpResponseBase:
    """The report on screen, made to be printed."""
    territory = _territory(level, code)
    if territory.level not in LEVELS:
        return _too_small(request, territory)
    if moved := moved_to(request, address_of(territory)):
        return moved
    report = compose(territory)
    trail = trail_to(
        (_("Territoires"), reverse("territories:index")),
        (territory.name, territory.get_absolute_url()),
        (_("Rapport"), ""),
    )
    return render(request, "reports/page.html", {**reading.of(report), "trail": trail, "pdf": document_of(territory)})


@require_safe
def document(request: HttpRequest, level: str, code: str, slug: str = "") -> HttpResponseBase:
    """The report on paper."""
    territory = _territory(level, code)
    if territory.level not in LEVELS:
        return _too_small(request, territory)
    if moved := moved_to(request, document_of(territory)):
        return moved
    held = pdf.render(compose(territory), request.build_absolute_uri(address_of(territory)))
    response = HttpResponse(held, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="rapport-{territory.slug}.pdf"'
    return response


def _territory(level: str, code: str) -> Territory:
    """That of today. Raises Http404."""
    found = former_address.today_of(level, code.upper())
    if found is None:
        raise Http404
    return found[0]


def _too_small(request: HttpRequest, territory: Territory) -> HttpResponseBase:
    """A commune has the report of its intercommunality; the country has none yet."""
    whole = whole_of(territory)
    if whole is not None:
        return redirect(address_of(whole))
    context = {
        "territory": territory,
        "trail": trail_to(
            (_("Territoires"), reverse("territories:index")), (territory.name, territory.get_absolute_url())
        ),
    }
    return render(request, "reports/none.html", context, status=404)
