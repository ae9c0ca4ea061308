"""A mail before a report is due, one after; each once."""

import uuid
from datetime import UTC, date, datetime

import pytest

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.lib.periodic import known
from fairealliance.roadmap import reminders
from fairealliance.roadmap.actions import drafts, measures, publishing
from fairealliance.roadmap.models import Measure
from tests.organisations.cast import mails_to


@pytest.fixture
def followed(measure: Measure, facilitator: User) -> Measure:
    """Its first report is due on 1 July 2022."""
    measures.add_correspondent(by=SYSTEM, measure=measure, user=facilitator)
    return measure


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "sent"),
    [
        (on(2022, 6, 16), 0),
        (on(2022, 6, 17), 1),
        (on(2022, 7, 1), 1),
        (on(2022, 7, 2), 1),
        (on(2022, 10, 29), 1),
        (on(2022, 11, 1), 0),
    ],
)
def test_when_a_mail_goes(followed: Measure, when: datetime, sent: int) -> None:
    assert reminders.send_due(when) == sent


def test_each_goes_once(followed: Measure, facilitator: User) -> None:
    vouch(facilitator)
    assert [reminders.send_due(on(2022, 6, day)) for day in (20, 20, 25)] == [1, 0, 0]
    [before] = mails_to(facilitator.email)
    assert [reminders.send_due(on(2022, 7, day)) for day in (3, 4)] == [1, 0]
    [_before, after] = mails_to(facilitator.email)
    assert "attendu bientôt" in before.subject
    assert "pas encore arrivé" in after.subject
    assert "/mes-mesures/" in before.body


def test_a_measure_that_reported_is_left_in_peace(followed: Measure) -> None:
    publishing.publish_measure_report(
        by=SYSTEM, measure=followed, dated_on=date(2022, 6, 1), text="Fait.", issued_on=date(2022, 6, 2)
    )
    assert reminders.send_due(on(2022, 7, 2)) == 0
    assert reminders.send_due(on(2023, 5, 25)) == 1, "the next one is due a year later"


def test_whoever_handed_a_report_in_is_left_in_peace(followed: Measure, facilitator: User) -> None:
    told = {"by": facilitator, "programme": followed.programme, "measure": followed, "token": uuid.uuid4()}
    draft = drafts.start_draft(**told, dated_on=date(2022, 6, 20), text="Fait.")
    assert reminders.send_due(on(2022, 6, 20)) == 1, "a draft kept for later is not handed in"
    draft = drafts.submit_draft(by=facilitator, draft=draft, lock=draft.lock)
    assert reminders.send_due(on(2022, 7, 3)) == 0
    drafts.return_draft(by=SYSTEM, draft=draft, lock=draft.lock)
    assert reminders.send_due(on(2022, 7, 4)) == 1, "it was given back"


def test_nobody_who_left_is_written_to(followed: Measure, facilitator: User) -> None:
    facilitator.is_active = False
    facilitator.save()
    assert reminders.send_due(on(2022, 6, 20)) == 0


def test_the_worker_does_it() -> None:
    assert "roadmap-reminders" in [job.name for job in known()]
