"""Two catalysts accept one request at once, or two requests take one's last place: one effect."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import IntegrityError

from fairealliance.accounts.models import User
from fairealliance.mailing.models import Notice
from fairealliance.network import actions
from fairealliance.network.actions import answering
from fairealliance.network.enums import Answer, Status
from fairealliance.network.life import NotAllowed
from fairealliance.network.models import Catalyst, SupportRequest, Turn
from fairealliance.territories.models import Territory
from tests.factories import TerritoryFactory
from tests.network.cast import catalyst
from tests.organisations.cast import person
from tests.races import at_once

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


def test_all_accept_at_once_one_has_it(shared_database) -> None:
    town = _town()
    people = [catalyst(f"c{n}@exemple.fr", town) for n in range(PEOPLE)]
    made = _offered(town, people)
    told = _at_once([_accepting(each.user, made) for each in people])
    assert sorted(told) == ["NotAllowed"] * (PEOPLE - 1) + ["done"]
    assert Turn.objects.get(answer=Answer.ACCEPTED).catalyst == SupportRequest.objects.get().catalyst
    assert Notice.objects.filter(event__contains=":accepted:").count() == 1


def test_one_accepts_many_at_once_no_more_than_their_places(shared_database) -> None:
    town = _town()
    one = catalyst("c@exemple.fr", town, capacity=2)
    requests = [_offered(town, [one], f"k{n}") for n in range(PEOPLE)]
    told = _at_once([_accepting(one.user, each) for each in requests])
    assert told.count("done") == 2
    assert SupportRequest.objects.filter(status=Status.ACCEPTED).count() == 2


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
