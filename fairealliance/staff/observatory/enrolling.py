"""A new wave and the series it continues: what to say before it joins, joining, what to read again afterwards."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.lib.text_fr import fold, quoted_within
from fairealliance.observatory.actions import add_wave
from fairealliance.observatory.checks import Problem, Refused
from fairealliance.observatory.models import Question, Series, SeriesPoint, Study
from fairealliance.observatory.wave import PointData, QuestionData

Wanted = tuple[str, str, str, str, str]  # series, question, answer, kind of break and its words


def enrol(*, by: Actor, study: Study, wanted: Iterable[Wanted]) -> list[str]:
    """Returns what could not be done, in French; a wave already there stays as it is."""
    troubles = []
    for slug, question, code, kind, words in wanted:
        point = PointData(study.slug, question, code, (kind,) if kind else (), words)
        try:
            add_wave(by=by, slug=slug, point=point)
        except Refused as refused:
            troubles.append(str(refused))
    return troubles


def breaks_unsaid(study: str, questions: Iterable[QuestionData], wanted: Iterable[Wanted]) -> Iterator[Problem]:
    """Where a line would join two figures though the question is not the one of the wave before."""
    asked = {question.code: question for question in questions}
    for slug, code, _answer, kind, _words in wanted:
        before = _last_of(slug, study)
        if not kind and before is not None and code in asked and _differ(before, asked[code]):
            words = {"before": quoted_within(before.wording or before.label), "study": before.study.title}
            said = _(
                "La vague d’avant (%(study)s) demandait : « %(before)s ». Si la question ou les personnes interrogées "
                "ont changé, dites-le sous « Base, et suite d’une série » : sinon, un trait relie les deux chiffres."
            )
            yield Problem(asked[code].where, said % words, False)


def joined(study: Study, wanted: Iterable[Wanted]) -> list[Series]:
    """The series that go on with it: their title and their sentence were written before."""
    slugs = {slug for slug, *_rest in wanted}
    return list(Series.objects.filter(slug__in=slugs, points__question__study=study).distinct().order_by("slug"))


def _last_of(series: str, study: str) -> Question | None:
    points = SeriesPoint.objects.filter(series__slug=series).exclude(question__study__slug=study)
    last = points.select_related("question__study").order_by("position").last()
    return last.question if last else None


def _differ(before: Question, asked: QuestionData) -> bool:
    """By its words, or by what it is about when either has none; by whom it was put to, when both say it."""
    both_worded = before.wording and asked.wording
    told = (before.wording, asked.wording) if both_worded else (before.label, asked.label)
    based = bool(before.base and asked.base) and fold(before.base) != fold(asked.base)
    return based or fold(told[0]) != fold(told[1])
