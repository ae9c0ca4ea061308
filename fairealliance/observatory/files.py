"""Series and questions as files: drawings, tables, JSON. Whoever asks may use them from another site."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.design.plots.answer import answer, shared
from fairealliance.lib.tabular.writing import XLSX
from fairealliance.observatory import downloads
from fairealliance.observatory.charting import plot_of_question, plot_of_series
from fairealliance.observatory.citation import cite_series
from fairealliance.observatory.enums import State
from fairealliance.observatory.exchange import exporting
from fairealliance.observatory.models import Question, Series, Study
from fairealliance.observatory.short import question_in_short
from fairealliance.observatory.waves import SeriesView, view_of


@require_safe
def series_file(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """`/observatoire/series/SLUG.svg` and its kin."""
    found = Series.objects.whole().filter(slug=slug).first()
    if found is None:
        raise Http404(_("Nous n’avons pas de série « %s ».") % slug)
    view = view_of(found)
    if extension in ("svg", "png"):
        return answer(request, plot_of_series(view), slug, extension)
    return shared(_data(request, view, extension))


@require_safe
def question_file(request: HttpRequest, slug: str, code: str, extension: str) -> HttpResponse:
    """The chart of one question of a published study."""
    rows = Question.objects.select_related("study").filter(study__state=State.PUBLISHED)
    question = question_in_short(rows.filter(study__slug=slug, code=code))
    if question is None:
        raise Http404(_("Nous n’avons pas cette question."))
    return answer(request, plot_of_question(question), f"{slug}-{code}", extension)


@require_safe
def studies_file(request: HttpRequest, extension: str) -> HttpResponse:
    """Every published study in the layout they are imported in."""
    return _layout(Study.objects.published().whole().order_by("slug"), "etudes", extension)


@require_safe
def study_file(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """One published study, likewise."""
    return _layout([get_object_or_404(Study.objects.published().whole(), slug=slug)], slug, extension)


@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    """The empty layout, with what goes in each column."""
    return _layout([], "modele-observatoire", "xlsx")


def _layout(studies: Iterable[Study], name: str, extension: str) -> HttpResponse:
    if extension == "csv":
        response = HttpResponse(exporting.as_csv(studies), "text/csv; charset=utf-8")
    else:
        response = HttpResponse(exporting.as_workbook(studies), XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return shared(response)


def _data(request: HttpRequest, view: SeriesView, extension: str) -> HttpResponse:
    address = request.build_absolute_uri(view.series.get_absolute_url())
    citation = cite_series(view, address)
    if extension == "json":
        return HttpResponse(downloads.as_json(view, address, citation), "application/json; charset=utf-8")
    if extension == "csv":
        response = HttpResponse(downloads.as_csv(view), "text/csv; charset=utf-8")
    else:
        response = HttpResponse(downloads.as_workbook(view, citation), XLSX)
    response["Content-Disposition"] = f'attachment; filename="{view.series.slug}.{extension}"'
    return response
