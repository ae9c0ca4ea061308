"""Many catalysts accept one request at once, or many requests take one's last place: one effect."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.mailing.models import Notice
from fairealliance.network import actions
from fairealliance.network.actions import answering
from fairealliance.network.actions.asking import Asked
from fairealliance.network.enums import Answer, Status
from fairealliance.network.models import Catalyst, SupportRequest, Turn
from fairealliance.territories.models import Territory
from tests.factories import TerritoryFactory
from tests.network.cast import catalyst
from tests.organisations.cast import person
from tests.races import CROWD, at_once

PEOPLE = 24


def _town() -> Territory:
    made: Territory = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    return made


def _offered(town: Territory, people: list[Catalyst], key: str = "k") -> SupportRequest:
    """To all of them: the last one's turn, the others having been silent."""
    made = SupportRequest.objects.create(
        start_key=key, asked_by=person(f"{key}@exemple.fr"), commune=town, challenge="Un défi.", status=Status.DESK
    )
    Turn.objects.bulk_create(Turn(request=made, catalyst=each, answer=Answer.SILENT) for each in people)
    return made


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    return at_once(acts, NotAllowed, IntegrityError)


def _accepting(user: User, request: SupportRequest) -> Callable[[], object]:
    return lambda: actions.accept(by=user, request=request)


def test_two_hundred_accept_at_once_one_has_it(shared_database) -> None:
    town = _town()
    people = [catalyst(f"c{n}@exemple.fr", town) for n in range(CROWD)]
    made = _offered(town, people)
    told = _at_once([_accepting(each.user, made) for each in people])
    assert sorted(told) == ["NotAllowed"] * (CROWD - 1) + ["done"]
    assert Turn.objects.get(answer=Answer.ACCEPTED).catalyst == SupportRequest.objects.get().catalyst
    assert Notice.objects.filter(event__contains=":accepted:").count() == 1


def test_one_accepts_many_at_once_no_more_than_their_places(shared_database) -> None:
    town = _town()
    one = catalyst("c@exemple.fr", town, capacity=2)
    requests = [_offered(town, [one], f"k{n}") for n in range(PEOPLE)]
    told = _at_once([_accepting(one.user, each) for each in requests])
    assert told.count("done") == 2
    assert SupportRequest.objects.filter(status=Status.ACCEPTED).count() == 2


def test_many_ask_one_by_name_at_once_no_more_than_their_places(shared_database) -> None:
    town = _town()
    one, other = catalyst("c@exemple.fr", town, capacity=1), catalyst("d@exemple.fr", town, capacity=1)
    people = [person(f"p{n}@exemple.fr") for n in range(PEOPLE)]
    asked = Asked(town, "Un défi.", wanted=one)
    assert _at_once([partial(actions.ask, by=each, asked=asked, page_key="k") for each in people]) == ["done"] * PEOPLE
    offered = SupportRequest.objects.filter(status=Status.OFFERED)
    assert sorted(offered.values_list("catalyst", flat=True)) == sorted([one.pk, other.pk])
    assert SupportRequest.objects.filter(status=Status.DESK).count() == PEOPLE - 2


def test_all_are_erased_at_once_and_what_they_held_reaches_the_desk(shared_database) -> None:
    """Each would hand on to another who goes as well: nobody waits for one who waits, and no request is lost."""
    town = _town()
    people = [catalyst(f"c{n}@exemple.fr", town) for n in range(8)]
    held = [_offered(town, [each], f"k{n}") for n, each in enumerate(people)]
    for each, one in zip(held, people, strict=True):
        actions.accept(by=one.user, request=each)
    assert _at_once([partial(personal.erase, one.user) for one in people]) == ["done"] * len(people)
    assert not Catalyst.objects.exists()
    assert set(SupportRequest.objects.values_list("status", "catalyst")) == {(Status.DESK, None)}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time: no row is locked")
def test_erasing_locks_in_the_order_of_every_act(db) -> None:
    town = _town()
    one = catalyst("c@exemple.fr", town)
    actions.accept(by=one.user, request=_offered(town, [one]))
    with CaptureQueriesContext(connection) as seen:
        personal.erase(one.user)
    locks = [_locked(each["sql"]) for each in seen if "FOR NO KEY UPDATE" in each["sql"] or "advisory" in each["sql"]]
    order = [locks.index(name) for name in ("network_supportrequest", "network_catalyst", "journal")]
    assert order == sorted(order)


def _locked(sql: str) -> str:
    return "journal" if "advisory" in sql else sql.partition('FROM "')[2].partition('"')[0]


@contextmanager
def _unguarded(request_id: int) -> Iterator[SupportRequest]:
    """What `alone_with` does, less being alone."""
    yield SupportRequest.objects.get(pk=request_id)


def _look_together(monkeypatch: pytest.MonkeyPatch, looks: str, people: int) -> None:
    """Each looks before any writes: the race as it happens, made sure."""
    looked, look = Barrier(people), getattr(answering, looks)

    def look_then_wait(*args: object) -> object:
        found = look(*args)
        looked.wait()
        return found

    monkeypatch.setattr(answering, looks, look_then_wait)
    monkeypatch.setattr(answering, "alone_with", _unguarded)
    monkeypatch.setattr(answering, "lock_catalysts", lambda pks: None)


def test_control_without_the_lock_each_believes_to_have_it(shared_database, monkeypatch) -> None:
    """All pass the look; only the database's own constraint then stands between two who accepted."""
    town = _town()
    people = [catalyst(f"c{n}@exemple.fr", town) for n in range(PEOPLE)]
    made = _offered(town, people)
    _look_together(monkeypatch, "can_accept", PEOPLE)
    told = _at_once([_accepting(each.user, made) for each in people])
    assert "NotAllowed" not in told
    assert told.count("IntegrityError") == PEOPLE - 1


def test_control_without_the_lock_more_than_the_places(shared_database, monkeypatch) -> None:
    town = _town()
    one = catalyst("c@exemple.fr", town, capacity=2)
    requests = [_offered(town, [one], f"k{n}") for n in range(PEOPLE)]
    _look_together(monkeypatch, "_require_room", PEOPLE)
    told = _at_once([_accepting(one.user, each) for each in requests])
    assert told == ["done"] * PEOPLE
    assert SupportRequest.objects.filter(status=Status.ACCEPTED).count() == PEOPLE
