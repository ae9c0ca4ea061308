"""Who is seen, who covers a place, who has room, who is there, in which order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairealliance.network.choosing import in_order
from fairealliance.network.enums import Standing, Status
from fairealliance.network.models import Catalyst, Mediator
from tests.factories import TerritoryFactory
from tests.network.cast import catalyst, held


def test_active_is_accepted_willing_and_of_an_open_account(cleo, loire) -> None:
    catalyst("w@exemple.fr", loire, standing=Standing.WAITING, decided_at=None)
    catalyst("r@exemple.fr", loire, standing=Standing.REFUSED)
    catalyst("n@exemple.fr", loire, consented_at=None, withdrawn_at=timezone.now())
    closed = catalyst("c@exemple.fr", loire)
    closed.user.is_active = False
    closed.user.save()
    assert list(Catalyst.objects.active()) == [cleo]


def test_a_territory_covers_what_it_contains(cleo, town, loire, elsewhere) -> None:
    near = catalyst("near@exemple.fr", town)
    assert set(Catalyst.objects.covering(town)) == {cleo, near}
    assert set(Catalyst.objects.covering(loire)) == {cleo}
    assert set(Catalyst.objects.around(loire)) == {cleo, near}
    assert not Catalyst.objects.covering(elsewhere).exists()


def test_room_counts_what_they_hold(cleo, town) -> None:
    held(cleo, town, Status.OFFERED)
    held(cleo, town, Status.ACCEPTED)
    held(cleo, town, Status.ENDED)
    assert Catalyst.objects.with_workload().get().workload == 2
    assert Catalyst.objects.with_room().exists()
    held(cleo, town)
    assert not Catalyst.objects.with_room().exists()


@pytest.mark.parametrize(
    ("start", "end", "away"), [(0, 0, True), (0, None, True), (-5, -1, False), (1, None, False), (None, None, False)]
)
def test_absent_between_two_days(cleo, start, end, away) -> None:
    today = timezone.localdate()
    cleo.absent_from, cleo.absent_until = (None if n is None else today + timedelta(days=n) for n in (start, end))
    cleo.save()
    assert cleo.is_absent() is away
    assert Catalyst.objects.present().exists() is not away


def test_in_order_the_nearest_then_the_least_busy(cleo, town, loire) -> None:
    near = catalyst("near@exemple.fr", town)
    busy = catalyst("busy@exemple.fr", loire)
    held(busy, town)
    catalyst("full@exemple.fr", town, capacity=0)
    catalyst("away@exemple.fr", town, absent_from=timezone.localdate())
    catalyst("other@exemple.fr", town, sectors=["climat"])
    assert in_order(town, sectors=["emploi"]) == [near, cleo, busy]
    assert in_order(town, sectors=["emploi"], but=[near.pk]) == [cleo, busy]
    assert in_order(town, sectors=["emploi"], trade="place") == []


def test_in_order_asks_as_much_for_one_as_for_twenty(cleo, town, loire, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        assert len(in_order(town)) == 1
    for number in range(20):
        catalyst(f"c{number}@exemple.fr", loire)
    with django_assert_num_queries(3):
        assert len(in_order(town)) == 21


def test_mediators_of_the_departement(oscar, town, loire, elsewhere) -> None:
    Mediator.objects.create(user=oscar, territory=loire)
    assert Mediator.objects.of(town).get().user == oscar
    assert Mediator.objects.of(loire).exists()
    assert not Mediator.objects.of(elsewhere).exists()
    assert not Mediator.objects.of(TerritoryFactory(level="region", code="84")).exists()
    oscar.is_active = False
    oscar.save()
    assert not Mediator.objects.of(town).exists()
