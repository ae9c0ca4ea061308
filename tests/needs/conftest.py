"""The cast: an organisation, its member, a member of another, and somebody of none."""

import pytest

from fairealliance.accounts.models import User
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Membership, Territory
from tests.factories import TerritoryFactory
from tests.organisations import cast


@pytest.fixture(autouse=True)
def town(db: None) -> Territory:
    made = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    loire = TerritoryFactory(level="departement", code="42", name="Loire", slug="loire")
    Membership.objects.create(child=made, parent=loire)
    return made


@pytest.fixture
def halle(db: None) -> Organisation:
    return cast.organisation()


@pytest.fixture
def mia(halle: Organisation) -> User:
    """Acts for it."""
    user = cast.person("mia@exemple.fr", name="Mia Membre")
    cast.join(halle, user)
    return user


@pytest.fixture
def nina(db: None) -> User:
    """Acts for another."""
    user = cast.person("nina@exemple.fr", name="Nina Voisine")
    cast.join(cast.organisation(name="L’Autre"), user)
    return user


@pytest.fixture
def oscar(db: None) -> User:
    """Acts for nobody."""
    return cast.person("oscar@exemple.fr", name="Oscar Dehors")
