"""What the page of a study tells; the editors' preview tells the same."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse

from fairealliance.observatory.charting import question_sentence
from fairealliance.observatory.figures import Figure, figures_of
from fairealliance.observatory.grids import Grid, grid_of, results_of
from fairealliance.observatory.models import Question, Series, Study
from fairealliance.observatory.short import hidden_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its figures. `chart` is the address of its drawing; `whole` that of its page, when figures are
    left to it, and then `grid` has those that sum it up."""

    question: Question
    figures: list[Figure]
    sentence: str
    chart: str
    grid: Grid | None = None
    whole: str = ""


def study_context(study: Study) -> dict[str, Any]:
    """One query, for the series, when the study was read with `read_in_short`."""
    return {
        "study": study,
        "asked": [_asked(study, question) for question in study.questions.all()],
        "series": series_with(study),
    }


def series_with(study: Study) -> "QuerySet[Series]":
    return Series.objects.filter(points__question__study=study).distinct().told()


def question_context(question: Question, page: "Page[Any]") -> dict[str, Any]:
    """`page` is one of `groups_of(question)`. Two queries: its figures, their sources being read with them."""
    grid = grid_of(question, results_of(question, page.object_list))
    figures = [figure for line in grid.lines for figure in line.figures if figure]
    sources = {(r.source.label, r.source.url) for f in figures for r in f.tellings if r.source}
    return {
        "study": question.study,
        "question": question,
        "grid": grid,
        "page": page,
        "sources": sorted(sources),
        "disagreeing": [figure for figure in figures if figure.disagreements],
    }


def _asked(study: Study, question: Question) -> Asked:
    figures = figures_of(question)
    chart = f"{study.get_absolute_url()}{question.code}.svg"
    sentence = question_sentence(question, figures)
    if not hidden_of(question):
        return Asked(question, figures, sentence, chart)
    whole = reverse("observatory:question", args=[study.slug, question.code])
    return Asked(question, figures, sentence, chart, grid_of(question), whole)
