"""Many at once on one request: one effect. Without the lock, more than one is seen to act."""

from collections.abc import Callable
from threading import Barrier, Event
from typing import Any

import pytest
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.introductions import actions, mails
from fairealliance.introductions.actions import accompanying, advancing, leading
from fairealliance.introductions.actions.asking import AlreadyOpen
from fairealliance.introductions.enums import Status
from fairealliance.introductions.models import Introduction
from fairealliance.journal.models import Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.matching.enums import RefusalReason
from fairealliance.network import actions as network
from tests.factories import TerritoryFactory
from tests.introductions.world import ASKED_AT, after, asked, catalyst, now_of, told
from tests.organisations import cast
from tests.races import CROWD, SERVED, at_once

Act = Callable[[User, Introduction], object]


def accept(user: User, introduction: Introduction) -> None:
    actions.accept(by=user, introduction=introduction)


def decline(user: User, introduction: Introduction) -> None:
    actions.decline(by=user, introduction=introduction, reason=RefusalReason.NOT_NOW)


def _world() -> tuple[Introduction, list[User], User]:
    halle, fabrique = cast.organisation(), cast.organisation(name="La Fabrique")
    mia = cast.person("mia@exemple.fr")
    cast.join(halle, mia)
    people = [cast.person(f"f{n}@exemple.fr") for n in range(CROWD)]
    for user in people:
        cast.join(fabrique, user)
    return asked(mia, halle, fabrique, now=ASKED_AT), people, mia


def _met(acts: list[Callable[[], object]]) -> list[str]:
    return at_once(acts, NotAllowed, AlreadyOpen)


def _verbs(introduction: Introduction) -> list[str]:
    told_ = Entry.objects.filter(subject=introduction.ref).order_by("sequence").values_list("verb", flat=True)
    return [verb.removeprefix("introduction-") for verb in told_]


def test_accepted_by_all_at_once_it_is_accepted_once(shared_database) -> None:
    made, people, mia = _world()
    met = _met([lambda user=user: accept(user, made) for user in people])
    assert met == ["done"] * CROWD
    assert _verbs(made) == ["asked", "accepted"]
    assert len(told(mia)) == 1


def test_accepted_and_declined_at_once_one_of_them_holds(shared_database) -> None:
    made, people, mia = _world()
    acts = [accept, decline] * (CROWD // 2)
    met = _met([lambda user=user, act=act: act(user, made) for user, act in zip(people, acts, strict=True)])
    status = now_of(made).status
    assert _verbs(made) == ["asked", status]
    assert status in ("accepted", "declined")
    assert met.count("done") == CROWD // 2
    assert len(told(mia)) == 1


def test_control_without_the_lock_each_of_a_crowd_says_it_did(shared_database, monkeypatch) -> None:
    """As many as are served at one time: all read before any writes."""
    made, people, _mia = _world()
    read = Barrier(SERVED)

    def unlocked(introduction: Introduction) -> Introduction:
        held = now_of(introduction)
        read.wait()
        return held

    monkeypatch.setattr(leading, "locked", unlocked)
    bare = leading.accept.__wrapped__
    met = _met([lambda user=user: bare(by=user, introduction=made) for user in people[:SERVED]])
    assert met == ["done"] * SERVED
    assert _verbs(made).count("accepted") == SERVED


def test_control_without_the_lock_both_hold(shared_database, monkeypatch) -> None:
    """Neither the row locked nor one transaction, each reads before any writes: the race as it happens, made sure."""
    made, people, _mia = _world()
    read = Barrier(2)

    def unlocked(introduction: Introduction) -> Introduction:
        held = now_of(introduction)
        read.wait()
        return held

    monkeypatch.setattr(leading, "locked", unlocked)
    accept_bare, decline_bare = leading.accept.__wrapped__, leading.decline.__wrapped__
    met = _met(
        [
            lambda: accept_bare(by=people[0], introduction=made),
            lambda: decline_bare(by=people[1], introduction=made, reason=RefusalReason.OTHER),
        ]
    )
    assert met == ["done", "done"]
    assert sorted(_verbs(made)) == ["accepted", "asked", "declined"]


def test_two_workers_at_once_remind_once(shared_database) -> None:
    made, people, _mia = _world()
    met = _met([lambda: advancing.advance(after(7))] * 8)
    assert met == ["done"] * 8
    assert _verbs(made) == ["asked", "reminded"]
    assert len(told(people[0])) == 2


def test_asked_by_all_at_once_one_is_open(shared_database) -> None:
    made, people, mia = _world()
    actions.withdraw(by=mia, introduction=made)
    halle, fabrique = now_of(made).asker, now_of(made).asked
    acts = [lambda n=n, user=user: asked(user, fabrique, halle, page_key=f"p{n}") for n, user in enumerate(people)]
    met = _met(acts)
    assert met.count("done") == 1
    assert met.count("AlreadyOpen") == CROWD - 1
    assert Introduction.objects.open().count() == 1


def test_closing_and_answering_at_once_one_holds(shared_database) -> None:
    made, people, _mia = _world()
    for day in (7, 14, 21):
        advancing.advance(after(day))
    _met([lambda: advancing.advance(after(45)), lambda: accept(people[0], made)])
    assert now_of(made).status in (Status.SILENT, Status.ACCEPTED)
    assert len([verb for verb in _verbs(made) if verb in ("closed", "accepted")]) == 1
    assert timezone.is_aware(now_of(made).touched_at)


@pytest.mark.parametrize("act", [accept, decline])
def test_late_by_one_the_others_are_told(shared_database, act: Act) -> None:
    made, people, mia = _world()
    actions.withdraw(by=mia, introduction=made)
    met = _met([lambda user=user: act(user, made) for user in people[:4]])
    assert met == ["NotAllowed"] * 4


def _refused_while_accompanying(monkeypatch: pytest.MonkeyPatch, accompany: Act) -> Introduction:
    """The profile is refused between the look at it and what is written, unless something holds it."""
    made, _people, _mia = _world()
    oscar = cast.person("oscar@exemple.fr")
    profile = catalyst(oscar, TerritoryFactory())
    made.warned.add(oscar)
    tell, looked, refused = mails.accompanied, Event(), Event()

    def wait_then_tell(*facts: Any) -> None:
        looked.set()
        refused.wait(1)
        tell(*facts)

    def refuse() -> None:
        assert looked.wait(20)
        network.judge(by=SYSTEM, catalyst=profile, accepted=False, reason="Plus de nouvelles.")
        refused.set()

    monkeypatch.setattr(mails, "accompanied", wait_then_tell)
    assert _met([lambda: accompany(oscar, made), refuse]) == ["done", "done"]
    return now_of(made)


def test_who_is_refused_while_taking_support_on_supports_nothing(shared_database, monkeypatch) -> None:
    made = _refused_while_accompanying(monkeypatch, lambda user, one: actions.accompany(by=user, introduction=one))
    assert made.companion is None
    assert _verbs(made) == ["asked", "accompanied", "left-alone"]


def test_control_with_nothing_held_the_support_of_one_refused_stays(shared_database, monkeypatch) -> None:
    monkeypatch.setattr(accompanying, "locked", now_of)
    monkeypatch.setattr(accompanying, "lock_catalysts", lambda pks: None)
    bare = accompanying.accompany.__wrapped__
    made = _refused_while_accompanying(monkeypatch, lambda user, one: bare(by=user, introduction=one))
    assert made.companion is not None
    assert _verbs(made) == ["asked", "accompanied"]
