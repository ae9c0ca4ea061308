"""Pages of the observatory."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from fairealliance.observatory.citation import cite_series, cite_study, updated_of
from fairealliance.observatory.enums import ActorKind
from fairealliance.observatory.grids import groups_of
from fairealliance.observatory.landing import known_by_actor
from fairealliance.observatory.models import Question, Series, Study
from fairealliance.observatory.short import read_in_short
from fairealliance.observatory.study_page import question_context, study_context
from fairealliance.observatory.waves import SeriesView, view_of
from fairealliance.provenance.pages import Trail, page_of, trail_to

GROUPS = 40  # a page of the table of one question
_ANYWHERE = {"frame-ancestors": ["*"]}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The series, who was asked what, and the way to the rest."""
    series = list(Series.objects.told())
    first = series_view(series[0].slug) if series else None
    context = {
        "first": first,
        "first_address": chart_address(first) if first else "",
        "series": series,
        "known": known_by_actor(),
        "studies": Study.objects.published().told().with_counts()[:5],
        "trail": trail_to((_("Observatoire"), "")),
    }
    return render(request, "observatory/index.html", context)


@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """Every published study, the latest first; `acteur` keeps those that asked one kind of actor."""
    actor = request.GET.get("acteur", "")
    rows = Study.objects.published()
    if actor in ActorKind.values:
        rows = Study.objects.published().filter(pk__in=Study.objects.asking(actor).values("pk"))
    context = {
        "page": page_of(request, rows.told().with_counts()),
        "actor": actor if actor in ActorKind.values else "",
        "actors": ActorKind.choices,
        "query": f"acteur={actor}" if actor in ActorKind.values else "",
        "trail": _trail((_("Études"), "")),
    }
    return render(request, "observatory/studies.html", context)


@require_safe
def study(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asked what of whom, when and how, and every figure with its source."""
    found = get_object_or_404(Study.objects.published().select_related("source"), slug=slug)
    read_in_short([found])
    address = request.build_absolute_uri(found.get_absolute_url())
    context = study_context(found) | {
        "address": address,
        "citation": cite_study(found, address),
        "trail": _trail((_("Études"), reverse("observatory:studies")), (found.title, "")),
    }
    return render(request, "observatory/study.html", context)


@require_safe
def question(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Every figure of one question, crossed by actor, group and place."""
    asked = Question.objects.filter(study__in=Study.objects.published()).select_related("study__source")
    found = get_object_or_404(asked, study__slug=slug, code=code)
    context = question_context(found, page_of(request, groups_of(found), GROUPS))
    trail = _trail(
        (_("Études"), reverse("observatory:studies")),
        (found.study.title, found.study.get_absolute_url()),
        (found.label, ""),
    )
    return render(request, "observatory/question.html", context | {"trail": trail})


@require_safe
def series_index(request: HttpRequest) -> HttpResponse:
    """The series are on the first page."""
    return redirect("observatory:index")


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """A series: its chart, what it shows, its table, how to quote and reuse it."""
    view = _existing(slug)
    address = request.build_absolute_uri(view.series.get_absolute_url())
    context = {
        "view": view,
        "chart": chart_address(view),
        "address": address,
        "embed": request.build_absolute_uri(reverse("observatory:embed", args=[slug])),
        "citation": cite_series(view, address),
        "updated": updated_of(view),
        "trail": _trail((view.series.title, "")),
    }
    return render(request, "observatory/series.html", context)


@csp_replace(_ANYWHERE)  # type: ignore[arg-type]  # typed for views without parameters
@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The chart alone, for a frame on any other site: the one page of ours that may stand in one."""
    view = _existing(slug)
    context = {
        "view": view,
        "chart": chart_address(view),
        "address": request.build_absolute_uri(view.series.get_absolute_url()),
    }
    return render(request, "observatory/embed.html", context)


def series_view(slug: str) -> SeriesView | None:
    found = Series.objects.whole().filter(slug=slug).first()
    return view_of(found) if found else None


def chart_address(view: SeriesView) -> str:
    return view.series.get_absolute_url().removesuffix("/") + ".svg"


def _existing(slug: str) -> SeriesView:
    view = series_view(slug)
    if view is None:
        raise Http404(_("Nous n’avons pas de série « %s ».") % slug)
    return view


def _trail(*steps: tuple[str, str]) -> Trail:
    return trail_to((_("Observatoire"), reverse("observatory:index")), *steps)
