"""The starter roadmap, a cast, and a small programme of someone else's."""

from datetime import date

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.roadmap import starter
from fairealliance.roadmap.actions import measures, programmes
from fairealliance.roadmap.models import Measure, Programme
from tests.factories import UserFactory

START = date(2022, 1, 1)


@pytest.fixture
def roadmap(db: None) -> Programme:
    loaded = starter.load(by=SYSTEM)
    assert loaded is not None
    assert loaded.rejected == []
    return Programme.objects.get(is_default=True)


@pytest.fixture
def secretariat(db: None) -> User:
    return UserFactory(email="secretariat@exemple.fr", is_secretariat=True)


@pytest.fixture
def facilitator(db: None) -> User:
    return UserFactory(email="facilitateur@exemple.fr")


@pytest.fixture
def outsider(db: None) -> User:
    return UserFactory(email="passant@exemple.fr")


@pytest.fixture
def small(db: None) -> Programme:
    """One dimension of three to six months, two measures."""
    programme, _made = programmes.save_programme(
        by=SYSTEM, slug="petit", title="Petit programme", started_on=START, rhythm=12, since=START
    )
    dimension, _made = programmes.save_dimension(
        by=SYSTEM, programme=programme, number=1, title="Première", delay_min=3, delay_max=6, since=START
    )
    for number in (1, 2):
        measures.save_measure(
            by=SYSTEM, programme=programme, number=number, title=f"Mesure {number}", dimension=dimension, since=START
        )
    return programme


@pytest.fixture
def measure(small: Programme) -> Measure:
    return small.measures.get(number=1)
