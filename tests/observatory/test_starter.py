"""The surveys that come with the product: each with its source, disagreements kept, written once."""

from decimal import Decimal

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.observatory import actions
from fairealliance.observatory.figures import Figure, figures_of
from fairealliance.observatory.models import Question, Result, Series, Study
from fairealliance.observatory.starter_content import load
from fairealliance.observatory.waves import view_of


def _figure(study: str, question: str, code: str) -> Figure:
    found = Question.objects.get(study__slug=study, code=question)
    return next(figure for figure in figures_of(found) if figure.first.code == code)


@pytest.mark.usefixtures("loaded")
def test_one_figure_told_in_two_ways_is_kept_in_both() -> None:
    conviction = _figure("arpea-citoyens", "pertinence", "convaincus")
    assert {result.share for result in conviction.tellings} == {Decimal(84), Decimal(86)}
    assert conviction.short == "84 ou 86\u00a0%"
    assert any("2010" in words for words in conviction.disagreements)
    assert _figure("phare-institutions", "pilotage", "quarante-six").disagreements
    mayors = _figure("impact-elus-locaux", "necessite", "utile")
    assert mayors.words == "92\u00a0% ou environ 90\u00a0%"


@pytest.mark.usefixtures("loaded")
def test_sources_that_agree_are_not_said_to_differ() -> None:
    assert not _figure("phare-institutions", "innovation", "source-innovation").disagreements


@pytest.mark.usefixtures("loaded")
def test_every_figure_has_its_source_and_what_is_unknown_stays_so() -> None:
    assert not Result.objects.filter(source__isnull=True).exists()
    assert Study.objects.get(slug="phare-institutions").sample_size == 304
    assert Study.objects.get(slug="arpea-citoyens").sample_size is None
    assert Study.objects.get(slug="impact-academique").when == ""


@pytest.mark.usefixtures("loaded")
def test_series_break_where_the_question_changed() -> None:
    view = view_of(Series.objects.whole().get(slug="citoyens-et-partenariats"))
    assert [wave.number for wave in view.waves] == [0, 1, 0, 2]
    assert "rupture 2" in view.sentence.lower()


@pytest.mark.usefixtures("loaded")
def test_a_second_start_writes_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        assert load(by=SYSTEM) == {"studies": 0, "series": 0}


@pytest.mark.usefixtures("loaded")
def test_what_an_editor_changed_or_removed_is_left_alone(editor) -> None:
    study = Study.objects.get(slug="arpea-institutions")
    actions.remove_study(by=editor, study=study)
    other = Study.objects.get(slug="impact-academique")
    actions.withdraw(by=editor, study=other)
    Study.objects.filter(pk=other.pk).update(fingerprint="an older one")
    assert load(by=SYSTEM)["studies"] == 0
    assert not Study.objects.filter(slug="arpea-institutions").exists()
    assert not Study.objects.get(pk=other.pk).is_public
