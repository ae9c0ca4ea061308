"""The gallery of components, and the one stylesheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from fairealliance.design import samples, stylesheet
from fairealliance.design.plots.answer import answer

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content."""
    return render(request, "design/gallery.html", samples.gallery())


@require_safe
def chart_sample(request: HttpRequest) -> HttpResponse:
    """The gallery's chart."""
    return answer(request, samples.CHART, "exemple")


@require_safe
def error_sample(request: HttpRequest, status: int) -> HttpResponse:
    """An error page as people meet it, to be looked at without breaking anything."""
    if status not in samples.ERROR_PAGES:
        raise Http404
    return render(request, f"{status}.html", status=status)


@require_safe
def style(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet under its digest; a page kept from before an update is led to the present one."""
    sheet = stylesheet.current()
    if digest != sheet.digest:
        return redirect("design:style", digest=sheet.digest)
    response = HttpResponse(sheet.text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER
    return response
