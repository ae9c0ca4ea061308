"""The cast: a place within its place, who asks, a catalyst near by, somebody outside."""

import pytest

from fairealliance.accounts.models import User
from fairealliance.network.models import Catalyst
from fairealliance.territories.models import Membership, Territory
from tests.factories import TerritoryFactory
from tests.network.cast import catalyst
from tests.organisations import cast


@pytest.fixture
def loire(db: None) -> Territory:
    return TerritoryFactory(level="departement", code="42", name="Loire", slug="loire")


@pytest.fixture
def town(loire: Territory) -> Territory:
    made = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    Membership.objects.create(child=made, parent=loire)
    return made


@pytest.fixture
def elsewhere(db: None) -> Territory:
    made = TerritoryFactory(code="69123", name="Lyon", slug="lyon")
    rhone = TerritoryFactory(level="departement", code="69", name="Rhône", slug="rhone")
    Membership.objects.create(child=made, parent=rhone)
    return made


@pytest.fixture
def cleo(loire: Territory) -> Catalyst:
    """A catalyst of the whole département."""
    return catalyst("cleo@exemple.fr", loire, name="Cléo Relie")


@pytest.fixture
def ana(db: None) -> User:
    """Who asks."""
    return cast.person("ana@exemple.fr", name="Ana Demande")


@pytest.fixture
def oscar(db: None) -> User:
    return cast.person("oscar@exemple.fr", name="Oscar Dehors")
