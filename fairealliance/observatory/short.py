"""Studies in short: what fits on a page, in a feed or in a chart, however many figures there are behind."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from fairealliance.observatory.models import Question, Result, Study

# A question with more figures than this is crossed by groups or places: its page has them all.
FEW = 24
_FIRST = 100  # of those that have no sum, figures of everyone
_EVERYONE = Q(territory=None, subgroup="")


def read_in_short(studies: Sequence[Study], questions: int | None = None) -> None:
    """Gives each its questions (the first `questions` if told) with the figures that sum them up. Four queries."""
    rows = _counted(Question.objects.all())
    asked = rows if questions is None else rows.filter(position__lt=questions)
    prefetch_related_objects(studies, Prefetch("questions", asked))
    sum_up([question for study in studies for question in study.questions.all()])


def question_in_short(rows: QuerySet[Question]) -> Question | None:
    """The only one of `rows`, with the figures that sum it up."""
    question = _counted(rows).first()
    if question is not None:
        sum_up([question])
    return question


def sum_up(questions: Iterable[Question]) -> None:
    """Gives each its `results`: all when there are few, else those of everyone asked, without place nor subgroup."""
    kept = list(questions)
    few = Q(question__in=[each for each in kept if _count(each) <= FEW])
    crossed = Q(question__in=[each for each in kept if _count(each) > FEW and _everyone(each)])
    unsummed = Q(question__in=[each for each in kept if _count(each) > FEW and not _everyone(each)])
    results = Result.objects.filter(few | crossed & _EVERYONE | unsummed & Q(position__lt=_FIRST))
    rows = results.order_by("position", "pk").prefetch_related("source", "territory")
    prefetch_related_objects(kept, Prefetch("results", rows))


def hidden_of(question: Question) -> int:
    """How many of its figures were left aside; 0 for a question read otherwise than in short."""
    count = _count(question)
    return max(0, count - len(question.results.all())) if count > FEW else 0


def _counted(rows: QuerySet[Question]) -> QuerySet[Question]:
    everyone = Q(results__territory=None, results__subgroup="")
    return rows.annotate(figure_count=Count("results"), summing=Count("results", filter=everyone))


def _count(question: Question) -> int:
    return int(getattr(question, "figure_count", 0))


def _everyone(question: Question) -> int:
    return int(getattr(question, "summing", 0))
