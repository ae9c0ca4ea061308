"""Those who talk already, or lately said no, are not suggested to each other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.introductions import actions
from fairealliance.introductions.in_touch import LET_BE
from fairealliance.introductions.models import Introduction
from fairealliance.matching import excluding
from fairealliance.organisations.models import Organisation
from tests.factories import OrganisationFactory
from tests.introductions.world import asked
from tests.organisations.cast import join, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia() -> User:
    return person("mia@exemple.fr")


@pytest.fixture
def both(mia: User) -> tuple[Organisation, Organisation]:
    halle, durand = OrganisationFactory(name="La Halle"), OrganisationFactory(name="Atelier Durand")
    join(halle, mia)
    join(durand, person("ann@exemple.fr"))
    return halle, durand


def are_apart(both: tuple[Organisation, Organisation]) -> bool:
    """The same from either side."""
    one, other = both
    told = excluding.excluded([one.pk, other.pk])
    assert (other.pk in told[one.pk]) == (one.pk in told[other.pk])
    return other.pk in told[one.pk]


def test_while_it_is_asked_and_not_once_it_is_withdrawn(both: tuple[Organisation, Organisation], mia: User) -> None:
    assert not are_apart(both)
    held = asked(mia, *both)
    assert are_apart(both)
    actions.withdraw(by=mia, introduction=held)
    assert not are_apart(both)


def test_a_no_holds_for_a_year(both: tuple[Organisation, Organisation], mia: User) -> None:
    held = asked(mia, *both)
    actions.decline(by=both[1].members.get().user, introduction=held, reason="too_far")
    assert are_apart(both)
    Introduction.objects.update(ended_at=timezone.now() - LET_BE - timedelta(days=1))
    assert not are_apart(both)


def test_one_query_for_many(both: tuple[Organisation, Organisation], mia: User, django_assert_num_queries) -> None:
    asked(mia, *both)
    with django_assert_num_queries(2):
        excluding.excluded([organisation.pk for organisation in both])
