"""What two versions of a survey do not say alike."""

from dataclasses import replace
from decimal import Decimal

from fairealliance.observatory.wave import QuestionData, ResultData, StudyData
from fairealliance.staff.observatory.differences import differences


def test_a_figure_of_one_kind_of_actor_does_not_hide_that_of_another() -> None:
    mayors = ResultData("Oui", "oui", "mayors", Decimal(80), source="s")
    others = replace(mayors, actor="citizens")
    rural = replace(mayors, subgroup="communes rurales")

    def study(first: ResultData) -> StudyData:
        return StudyData("a", "A", questions=(QuestionData("q", "Sujet", results=(first, others, rural)),))

    told = differences(study(mayors), study(replace(mayors, share=Decimal(60))))
    assert len(told) == 1
    assert "maires et élus locaux" in told[0]
    assert "enregistré « 80 », chez vous « 60 »" in told[0]
