"""No request dies in silence: each step on its day, once, never after a reply, never all at once."""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fairealliance.accounts.models import User
from fairealliance.introductions import actions, ladder
from fairealliance.introductions.enums import Status
from fairealliance.introductions.models import Introduction, Step
from fairealliance.journal.models import Entry
from fairealliance.lib.dates_fr import in_words
from fairealliance.mailing.models import Notice
from fairealliance.matching.enums import RefusalReason
from fairealliance.matching.policy import digest
from tests.introductions.world import ASKED_AT, after, asked, now_of, told
from tests.organisations import cast
from tests.organisations.cast import entered, read

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
    made = asked(mia, halle, empty, now=ASKED_AT)
    assert told(editor) == ["Personne n’agit ici pour Sans personne"], "in the very request"
    actions.advance(ASKED_AT)
    for days in (7, 14, 21):
        actions.advance(after(days))
    reminders = made.steps.filter(kind="reminder").values_list("outcome", flat=True)
    assert set(reminders) == {"nobody"}
    assert not Entry.objects.filter(verb="introduction-reminded").exists()
    assert "Rappel par courriel : personne n’agissait ici" in read(entered(mia).get(made.get_absolute_url()))
    actions.advance(after(45))
    assert now_of(made).status == Status.SILENT
    closing = Notice.objects.filter(user=mia).latest("pk").text
    assert "malgré les rappels" not in closing + read(entered(mia).get(made.get_absolute_url()))
    assert len(told(editor)) == 1


def test_somebody_who_comes_meanwhile_is_reminded(halle, mia, editor) -> None:
    empty = cast.organisation(name="Sans personne")
    asked(mia, halle, empty, now=ASKED_AT)
    zoe = cast.person("zoe@exemple.fr")
    cast.join(empty, zoe)
    actions.advance(after(7))
    assert told(zoe) == [REMINDER]


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
    assert out.getvalue().startswith("1 étape faite au ")
    for wrong in ("demain", "0001-01-01", "9999-12-31", ""):
        if wrong:
            with pytest.raises(CommandError):
                call_command("introductions", "advance", now=wrong)


@pytest.mark.parametrize("kept", [True, False], ids=["kept as files", "sent"])
def test_rehearsed_mails_are_written_at_once_unless_they_would_leave(
    halle, fabrique, mia, fanny, settings, tmp_path, mailoutbox, kept
) -> None:
    if kept:
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
    made = asked(mia, halle, fabrique)
    day = made.asked_at + timedelta(days=8)
    call_command("introductions", "advance", now=day.isoformat(), stdout=io.StringIO())
    written = b"".join(file.read_bytes() for file in tmp_path.glob("*.log")).decode()
    assert f"To: {fanny.email}" in written if kept else not written
    assert mailoutbox == []
    assert Notice.objects.filter(user=fanny, state="waiting").exists() is not kept


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
        ("least_before_closing = 7", "least_before_closing = 0"),
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


# Outages: what a mail promises is kept.

LAST_DAY = 120


def _promised(user: User) -> str:
    """The closing day that the last reminder told."""
    text = Notice.objects.filter(user=user, kind="introduction-reminders").latest("pk").text
    return re.search(r"sera close le ([^,]+),", text)[1]


def _worked(days: Iterable[int]) -> int | None:
    """The worker runs on those days; the day on which it closed."""
    for day in days:
        actions.advance(after(day))
        if Introduction.objects.get().status == Status.SILENT:
            return day
    return None


@contextmanager
def _undone() -> Iterator[None]:
    """Each example begins from the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(up=st.sets(st.integers(0, 75)), back=st.integers(0, 75))
@example(up={0, 41}, back=43)
@example(up=set(), back=60)
@example(up={20}, back=44)
def test_whatever_the_outages_the_day_last_promised_is_the_day_it_closes(halle, fabrique, mia, fanny, up, back) -> None:
    """The worker runs on the days of `up`, then daily from `back` on: unless it was down on the very day."""
    with _undone():
        made = asked(mia, halle, fabrique, now=ASKED_AT)
        days = sorted({*up, *range(back, LAST_DAY)})
        closed = _worked(days)
        assert closed is not None
        last = max(localdate(step.done_at) for step in made.steps.filter(kind="reminder", outcome="done"))
        assert (after(closed).date() - last).days >= ladder.current().least_before_closing
        promised = next(day for day in range(LAST_DAY) if in_words(after(day).date()) == _promised(fanny))
        assert closed == next(day for day in days if day >= promised)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(up=st.sets(st.integers(0, 75)), reply=st.integers(0, 75))
def test_whatever_the_outages_nothing_is_closed_after_a_reply(halle, fabrique, mia, fanny, up, reply) -> None:
    with _undone():
        made = asked(mia, halle, fabrique, now=ASKED_AT)
        if _worked(sorted(day for day in up if day <= reply)) is None:
            actions.accept(by=fanny, introduction=made, now=after(reply, hour=8))
            before = len(told(fanny))
            assert _worked(range(reply, LAST_DAY)) is None
            assert len(told(fanny)) == before


def test_a_late_last_reminder_puts_the_closing_off_first(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.advance(after(43))
    assert made.steps.get(name="closing").due_on == after(50).date()
    assert _promised(fanny) == in_words(after(50).date())
    assert _worked(range(44, 60)) == 50
