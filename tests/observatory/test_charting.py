"""Which chart a question or a series gets."""

from decimal import Decimal

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.design.plots import Bars, Likert, Lines, svg
from fairealliance.observatory import actions
from fairealliance.observatory.charting import plot_of_question, plot_of_series
from fairealliance.observatory.models import Question, Series
from fairealliance.observatory.wave import QuestionData, ResultData, SourceRef, StudyData
from fairealliance.observatory.waves import view_of


def _question(*results: ResultData, **told: object) -> Question:
    data = StudyData("essai", "Essai", questions=(QuestionData("q", "Sujet", results=results, **told),))  # type: ignore[arg-type]
    actions.save_study(by=SYSTEM, data=data, sources={"s": SourceRef("s", "Source")})
    return Question.objects.get()


def _told(code: str, actor: str, share: int | None, **more: object) -> ResultData:
    value = None if share is None else Decimal(share)
    return ResultData(code.capitalize(), code, actor, value, source="s", **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_groups_that_answer_one_question_are_bands() -> None:
    answers = [("oui", "citizens", 81), ("non", "citizens", 19), ("oui", "mayors", 92), ("non", "mayors", 8)]
    plot = plot_of_question(_question(*(_told(*answer) for answer in answers)))
    assert isinstance(plot, Likert)
    assert [band.shares for band in plot.bands] == [(81.0, 19.0), (92.0, 8.0)]


@pytest.mark.django_db
@pytest.mark.parametrize("told", [{"multiple": True}, {"unit": "/10"}])
def test_answers_that_do_not_cut_a_whole_are_bars(told: dict[str, object]) -> None:
    answers = [("oui", "citizens", 8), ("non", "citizens", 7), ("oui", "mayors", 9)]
    assert isinstance(plot_of_question(_question(*(_told(*answer) for answer in answers), **told)), Bars)


@pytest.mark.django_db
def test_a_secret_figure_is_dotted_and_said_and_an_unknown_one_hatched() -> None:
    secret = _told("oui", "citizens", None, secret=True)
    plot = plot_of_question(_question(secret, _told("non", "citizens", None)))
    drawn = svg(plot)
    assert ">secret<" in drawn
    assert ">non connu<" in drawn
    assert 'id="dots-' in drawn
    assert 'id="diagonal-' in drawn


@pytest.mark.usefixtures("loaded")
def test_people_asked_again_make_lines_and_others_bars() -> None:
    plots = {series.slug: plot_of_series(view_of(series)) for series in Series.objects.whole()}
    assert isinstance(plots["citoyens-et-partenariats"], Lines)
    assert isinstance(plots["jouer-collectif-2020"], Bars)
    citizens = plots["citoyens-et-partenariats"]
    assert [point.cut for point in citizens.lines[0].points] == [False, True, False, True]
    assert len(citizens.cuts) == 2
