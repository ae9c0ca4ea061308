"""Reading studies, results and series."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from fairealliance.observatory.enums import State

if TYPE_CHECKING:
    from fairealliance.observatory.models import Result, Series, Study  # noqa: F401 -- in base classes, as strings


class StudyQuerySet(models.QuerySet["Study"]):
    """Studies, as lists and their page tell them."""

    def published(self) -> "StudyQuerySet":
        return self.filter(state=State.PUBLISHED)

    def told(self) -> "StudyQuerySet":
        """The latest fieldwork first; an unknown date last."""
        return self.order_by("-ended", "-started", "title", "pk")

    def with_counts(self) -> "StudyQuerySet":
        return self.annotate(
            question_count=Count("questions", distinct=True), figure_count=Count("questions__results", distinct=True)
        )

    def whole(self) -> "StudyQuerySet":
        """With questions, results, their sources and territories. Three queries."""
        return self.select_related("source").prefetch_related(
            "questions", "questions__results__source", "questions__results__territory"
        )

    def asking(self, actor: str) -> "StudyQuerySet":
        """Those that asked this kind of actor."""
        return self.filter(Q(actor=actor) | Q(questions__results__actor=actor)).distinct()


class ResultQuerySet(models.QuerySet["Result"]):
    """Figures, with what it takes to tell them."""

    def public(self) -> "ResultQuerySet":
        return self.filter(question__study__state=State.PUBLISHED).select_related(
            "source", "territory", "question__study__source"
        )


class SeriesQuerySet(models.QuerySet["Series"]):
    """Series, in the order the secretariat gave them."""

    def told(self) -> "SeriesQuerySet":
        return self.order_by("position", "title", "pk")

    def whole(self) -> "SeriesQuerySet":
        """With waves and their results. Five queries."""
        return self.prefetch_related(
            "points__question__study__source",
            "points__question__results__source",
            "points__question__results__territory",
        )
