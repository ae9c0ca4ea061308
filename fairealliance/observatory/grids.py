"""A question's figures as a table: one line per group of people, one column per answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Min, Q, QuerySet

from fairealliance.observatory.figures import Figure, figures_of
from fairealliance.observatory.models import Question, Result

_GROUP = ("actor", "subgroup", "territory")


@dataclass(frozen=True, slots=True)
class Line:
    """`figures` follow the answers; None where that group was not asked. `n` is None when it is not known."""

    who: str
    where: str
    n: int | None
    figures: tuple[Figure | None, ...]

    @property
    def is_secret(self) -> bool:
        return self.n is None and all(figure is None or figure.is_secret for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Grid:
    question: Question
    answers: tuple[str, ...]
    lines: tuple[Line, ...]
    secret: int


def grid_of(question: Question, results: Iterable[Result] | None = None) -> Grid:
    """Of all its results, or of those given. No query when they were read with their territories."""
    figures = figures_of(question, results)
    answers = {figure.first.code: figure.first.answer for figure in figures}
    groups: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in figures:
        where = figure.first.territory.name if figure.first.territory else ""
        groups.setdefault((figure.who, where), {})[figure.first.code] = figure
    lines = tuple(_line(who, where, told, answers) for (who, where), told in groups.items())
    return Grid(question, tuple(answers.values()), lines, sum(figure.is_secret for figure in figures))


def groups_of(question: Question) -> "QuerySet[Result, dict[str, Any]]":
    """The groups of people a question has figures of, in the order they were told: for a page of lines."""
    rows = Result.objects.filter(question=question).order_by().values(*_GROUP)
    return rows.annotate(place=Min("position")).order_by("place", *_GROUP)


def results_of(question: Question, groups: Iterable[dict[str, Any]]) -> "QuerySet[Result]":
    """What these groups answered."""
    wanted = Q(pk__in=[])
    for group in groups:
        place = group["territory"]
        where = Q(territory=None) if place is None else Q(territory=place)
        wanted |= Q(actor=group["actor"], subgroup=group["subgroup"]) & where
    rows = Result.objects.filter(wanted, question=question).select_related("source", "territory")
    return rows.order_by(F("position"), "pk")


def _line(who: str, where: str, told: dict[str, Figure], codes: Iterable[str]) -> Line:
    asked = {figure.first.n for figure in told.values()}
    return Line(who, where, asked.pop() if len(asked) == 1 else None, tuple(told.get(code) for code in codes))
