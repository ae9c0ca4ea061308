"""Person × event, once; at the rhythm of each; never to who has not accepted."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.mailing import gathering, rhythms
from fairealliance.mailing.actions import choose, tell, unquote
from fairealliance.mailing.enums import NoticeState, Rhythm
from fairealliance.mailing.models import Letter, Notice
from tests.factories import UserFactory
from tests.mailing.conftest import confirmed

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=2)


def told(*people: User, event: str = "essai:1", kind: str = "essais", **more: str) -> int:
    said = {"subject": "Un essai", "text": "Quelque chose est arrivé.", **more}
    return tell(people, kind=kind, event=event, **said)


def gathered() -> int:
    return gathering.gather(timezone.now() + LATER)


def test_an_event_is_told_once_to_each(nour: User) -> None:
    other = confirmed("autre@exemple.fr")
    assert told(nour) == 1
    assert told(nour, other) == 1
    assert gathered() == 2
    assert told(nour, other) == 0
    assert gathered() == 0
    assert Letter.objects.count() == 2


def test_several_that_wait_go_together(nour: User) -> None:
    for number in range(3):
        told(nour, event=f"essai:{number}")
    told(nour, event="nouvelle:1", kind="nouvelles")
    assert gathered() == 1
    assert Letter.objects.get().notices.count() == 4


def test_nothing_goes_within_the_minute(nour: User) -> None:
    told(nour)
    assert gathering.gather(timezone.now()) == 0


def test_who_said_never_is_not_told(nour: User) -> None:
    choose(by=nour, rhythms_by_kind={"essais": Rhythm.NEVER})
    told(nour)
    assert gathered() == 0
    assert Notice.objects.get().state == NoticeState.UNTOLD


def test_saying_never_holds_for_what_waits(nour: User) -> None:
    told(nour)
    choose(by=nour, rhythms_by_kind={"essais": Rhythm.NEVER})
    assert gathered() == 0


@pytest.mark.parametrize("why", ["address not confirmed", "account closed"])
def test_who_has_not_accepted_is_not_written_to(nour: User, why: str) -> None:
    person = UserFactory(email="sans@exemple.fr") if why == "address not confirmed" else nour
    if person == nour:
        User.objects.filter(pk=nour.pk).update(is_active=False)
    told(person)
    assert gathered() == 0
    assert Notice.objects.get().state == NoticeState.UNTOLD


def test_what_somebody_wrote_goes_out_of_what_others_were_told(nour: User) -> None:
    told(nour, text="Quelqu’un demande.\n\n> Ses mots.\n> \n> Encore.\n\nRépondez.")
    told(nour, event="essai:12", text="> D’un autre.")
    assert unquote(start="essai:1:") == 0
    told(nour, event="essai:1:offert", text="Ceci.\n\n> Ses mots.")
    assert unquote(start="essai:1:") == 1
    texts = dict(Notice.objects.values_list("event", "text"))
    assert texts["essai:1:offert"] == "Ceci."
    assert texts["essai:12"] == "> D’un autre."
    assert unquote(start="essai:1") == 2
    assert Notice.objects.get(event="essai:1").text == "Quelqu’un demande.\n\nRépondez."


def test_an_unknown_kind_is_a_fault_of_ours(nour: User) -> None:
    with pytest.raises(KeyError):
        told(nour, kind="inconnue")
    with pytest.raises(KeyError):
        choose(by=nour, rhythms_by_kind={"inconnue": Rhythm.DAILY})


def test_a_new_rhythm_moves_what_waits(nour: User) -> None:
    choose(by=nour, rhythms_by_kind={"essais": Rhythm.WEEKLY})
    told(nour)
    assert gathered() == 0
    choose(by=nour, rhythms_by_kind={"essais": Rhythm.AT_ONCE})
    assert gathered() == 1


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.DAILY, "2026-11-21 06:59", "2026-11-21 07:00"),
        (Rhythm.DAILY, "2026-11-21 07:00", "2026-11-22 07:00"),
        (Rhythm.WEEKLY, "2026-11-21 12:00", "2026-11-23 07:00"),
        (Rhythm.WEEKLY, "2026-11-23 06:00", "2026-11-23 07:00"),
        (Rhythm.WEEKLY, "2026-11-23 08:00", "2026-11-30 07:00"),
        (Rhythm.DAILY, "2026-03-28 12:00", "2026-03-29 07:00"),  # the night clocks go forward
        (Rhythm.DAILY, "2026-10-24 12:00", "2026-10-25 07:00"),  # and back
    ],
)
def test_seven_is_seven_by_the_clock_on_the_wall(rhythm: Rhythm, now: str, due: str) -> None:
    def wall(told: str) -> datetime:
        return timezone.make_aware(datetime.fromisoformat(told))

    assert rhythms.due(rhythm, wall(now)) == wall(due)
    assert timezone.localtime(rhythms.due(rhythm, wall(now))).hour == 7


def test_gathering_is_taken_up_where_it_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [confirmed(f"personne-{number}@essai.fr") for number in range(7)]
    told(*people)
    whole, batches = gathering._gather, []

    def cut(*args: object) -> int:
        batches.append(1)
        if len(batches) == 3:
            raise KeyboardInterrupt
        return whole(*args)

    monkeypatch.setattr(gathering, "_gather", cut)
    with pytest.raises(KeyboardInterrupt):
        gathering.gather(timezone.now() + LATER, batch=2)
    assert Letter.objects.count() == 4
    monkeypatch.undo()
    gathering.gather(timezone.now() + LATER, batch=2)
    assert sorted(Letter.objects.values_list("user_id", flat=True)) == sorted(each.pk for each in people)


def test_as_many_queries_for_ten_as_for_two(django_assert_max_num_queries) -> None:
    told(*[confirmed(f"personne-{number}@essai.fr") for number in range(10)])
    with django_assert_max_num_queries(12):
        gathered()
