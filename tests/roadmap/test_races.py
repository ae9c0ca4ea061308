"""Many publish one report at once: one does, the others are told in words. PostgreSQL alone lets them in together."""

from datetime import date

from fairealliance.accounts.actors import SYSTEM
from fairealliance.roadmap.actions import publishing
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.models import Dimension, Measure, MeasureReport, Programme
from tests.races import at_once

PEOPLE = 12
DAY = date(2022, 6, 1)


def test_published_by_many_at_once_a_report_is_published_once(shared_database: None) -> None:
    programme = Programme.objects.create(slug="petit", title="Petit", started_on=date(2022, 1, 1), is_default=True)
    dimension = Dimension.objects.create(programme=programme, number=1, title="Une")
    measure = Measure.objects.create(
        programme=programme, number=1, title="Une", dimension=dimension, started_on=date(2022, 1, 1)
    )

    def publish() -> None:
        publishing.publish_measure_report(by=SYSTEM, measure=measure, dated_on=DAY, text="Fait.")

    told = at_once([publish] * PEOPLE, Refused)
    assert sorted(told) == ["Refused"] * (PEOPLE - 1) + ["done"]
    assert MeasureReport.objects.get().version == 1
