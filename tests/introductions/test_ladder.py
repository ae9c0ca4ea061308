"""No request dies in silence: each step on its day, once, never after a reply, never all at once."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from fairealliance.introductions import actions, ladder
from fairealliance.introductions.enums import Status
from fairealliance.introductions.models import Step
from fairealliance.matching.enums import RefusalReason
from fairealliance.matching.policy import digest
from tests.introductions.world import ASKED_AT, after, asked, now_of, told
from tests.organisations import cast

REMINDER = "La Halle du Forez attend votre réponse"
CLOSED = "Demande close, faute de réponse : Un local pour l’atelier"


def _days(until: int, start: int = 0) -> None:
    for day in range(start, until + 1):
        actions.advance(after(day))


def test_each_step_on_its_day(halle, fabrique, mia, fanny, editor) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    seen = []
    for day in range(50):
        before = len(told(fanny)), len(told(editor)), len(told(mia))
        actions.advance(after(day))
        now = len(told(fanny)), len(told(editor)), len(told(mia))
        if now != before:
            seen.append((day, *(b - a for a, b in zip(before, now, strict=True))))
    assert seen == [(7, 1, 0, 0), (14, 1, 1, 0), (21, 1, 0, 0), (45, 1, 0, 1)]
    assert told(mia) == [CLOSED]
    assert told(fanny)[1:] == [REMINDER] * 3 + [CLOSED]
    assert now_of(made).status == Status.SILENT


def test_the_clock_changes_and_a_step_is_neither_early_nor_twice(halle, fabrique, mia, fanny) -> None:
    """Asked at half past eleven; the clocks go back on day 5."""
    asked(mia, halle, fabrique, now=ASKED_AT)
    assert actions.advance(after(6, hour=23)) == 0
    assert actions.advance(after(7, hour=0)) == 1
    assert sum(actions.advance(after(7, hour=hour)) for hour in range(24)) == 0


@pytest.mark.parametrize("answer", ["accept", "decline", "write", "withdraw"])
def test_never_after_a_reply(halle, fabrique, mia, fanny, editor, answer) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    _days(10)
    before = len(told(fanny))
    if answer == "accept":
        actions.accept(by=fanny, introduction=made, now=after(10))
    elif answer == "decline":
        actions.decline(by=fanny, introduction=made, reason=RefusalReason.OTHER, now=after(10))
    elif answer == "write":
        actions.write(by=fanny, introduction=made, text="Une question ?", page_key="q", now=after(10))
    else:
        actions.withdraw(by=mia, introduction=made, now=after(10))
        before += 1
    _days(16, 11)
    assert len(told(fanny)) == before
    assert told(editor) == []


def test_a_question_makes_the_asker_owe_the_answer(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.write(by=fanny, introduction=made, text="Quelle surface ?", page_key="q", now=after(2))
    held = now_of(made)
    assert (held.waits_for, held.round, held.asked_answered_at) == ("asker", 2, after(2))
    _days(9)
    assert told(mia, "introduction-reminders") == ["La Fabrique attend votre réponse"]
    actions.write(by=mia, introduction=made, text="40 m².", page_key="r", now=after(9))
    assert now_of(made).waits_for == "asked"
    assert held.steps.get(round=3, name="reminder-7").due_on == after(16).date()


def test_writing_again_puts_nothing_off(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.write(by=mia, introduction=made, text="Alors ?", page_key="a", now=after(5))
    assert now_of(made).round == 1
    assert actions.advance(after(7)) == 1


def test_a_worker_down_for_days_joins_what_is_late(halle, fabrique, mia, fanny, editor) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    assert actions.advance(after(60)) == 2, "one reminder, one warning"
    assert told(fanny)[1:] == [REMINDER]
    assert len(told(editor)) == 1
    held = now_of(made)
    assert held.status == Status.ASKED
    outcomes = dict(held.steps.values_list("name", "outcome"))
    assert outcomes == {
        "reminder-7": "merged",
        "reminder-14": "merged",
        "reminder-21": "done",
        "warning": "done",
        "closing": "",
    }
    assert held.steps.get(name="closing").due_on == after(67).date()
    assert sum(actions.advance(after(day)) for day in range(61, 67)) == 0
    actions.advance(after(67))
    assert now_of(made).status == Status.SILENT


def test_a_late_reminder_puts_the_next_one_off(halle, fabrique, mia, fanny) -> None:
    asked(mia, halle, fabrique, now=ASKED_AT)
    _days(14, 13)
    assert told(fanny)[1:] == [REMINDER]
    _days(16, 15)
    assert told(fanny)[1:] == [REMINDER]
    actions.advance(after(17))
    assert told(fanny)[1:] == [REMINDER] * 2


def test_with_nobody_to_ask_a_third_is_warned_at_once(halle, mia, editor) -> None:
    empty = cast.organisation(name="Sans personne")
    asked(mia, halle, empty, now=ASKED_AT)
    actions.advance(ASKED_AT)
    assert told(editor) == ["Sans personne n’a pas encore répondu"]


def test_a_step_is_a_row_and_is_there_in_advance(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    planned = [(step.name, (step.due_on - ASKED_AT.date()).days) for step in made.steps.all()]
    assert planned == [("reminder-7", 7), ("reminder-14", 14), ("warning", 14), ("reminder-21", 21), ("closing", 45)]
    assert made.ladder == ladder.current().version


def test_the_command_rehearses_a_day(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    out = io.StringIO()
    day = made.asked_at + timedelta(days=8)
    call_command("introductions", "advance", now=day.isoformat(), stdout=out)
    assert out.getvalue().startswith("1 étape")
    for wrong in ("demain", "0001-01-01", "9999-12-31", ""):
        if wrong:
            with pytest.raises(CommandError):
                call_command("introductions", "advance", now=wrong)


# The policy file.


def test_the_ladder_in_force_is_known_under_its_version() -> None:
    known = ladder.locked()
    assert known[ladder.current().version] == digest(ladder.text()), digest(ladder.text())


@pytest.mark.parametrize(
    ("before", "after_"),
    [
        ("[7, 14, 21]", "[14, 7, 21]"),
        ("[7, 14, 21]", "[]"),
        ("[7, 14, 21]", "[2, 14, 21]"),
        ("[7, 14, 21]", "[7, 14, 40]"),
        ("warning_day = 14", "warning_day = 50"),
        ("closing_day = 45", "closing_day = 20"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused(before: str, after_: str) -> None:
    assert before in ladder.text()
    with pytest.raises(ladder.BadLadder):
        ladder.read(ladder.text().replace(before, after_))


def test_another_ladder_is_followed(halle, fabrique, mia, fanny, monkeypatch) -> None:
    other = ladder.read(ladder.text().replace("[7, 14, 21]", "[5, 10]").replace("closing_day = 45", "closing_day = 20"))
    monkeypatch.setattr(ladder, "current", lambda: other)
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    _days(20)
    assert now_of(made).status == Status.SILENT
    assert Step.objects.filter(outcome="done").count() == 4
