"""A world with the known surveys in it."""

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.observatory.starter_content import load
from fairealliance.territories.models import Territory
from tests.factories import TerritoryFactory


@pytest.fixture
def region(db: None) -> Territory:
    return TerritoryFactory(level="region", code="75", name="Nouvelle-Aquitaine", slug="nouvelle-aquitaine")


@pytest.fixture
def loaded(region: Territory) -> None:
    """The starter content."""
    load(by=SYSTEM)
