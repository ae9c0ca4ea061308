"""The cast: who asks and a teammate, who is asked, somebody of neither, the secretariat (`editor`)."""

import pytest

from fairealliance.accounts.models import User
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Membership, Territory
from tests.factories import TerritoryFactory
from tests.organisations import cast


@pytest.fixture
def town(db: None) -> Territory:
    made = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    loire = TerritoryFactory(level="departement", code="42", name="Loire", slug="loire")
    region = TerritoryFactory(level="region", code="84", name="Auvergne-Rhône-Alpes", slug="aura")
    for parent in (loire, region):
        Membership.objects.create(child=made, parent=parent)
    return made


@pytest.fixture
def halle(town: Territory) -> Organisation:
    """Asks."""
    return cast.organisation(seat=town)


@pytest.fixture
def fabrique(town: Territory) -> Organisation:
    """Is asked."""
    return cast.organisation(name="La Fabrique", slug="la-fabrique", seat=town)


@pytest.fixture
def mia(halle: Organisation) -> User:
    user = cast.person("mia@exemple.fr", name="Mia Membre")
    cast.join(halle, user)
    return user


@pytest.fixture
def tom(halle: Organisation) -> User:
    """Mia's teammate."""
    user = cast.person("tom@exemple.fr", name="Tom Équipier")
    cast.join(halle, user)
    return user


@pytest.fixture
def fanny(fabrique: Organisation) -> User:
    user = cast.person("fanny@exemple.fr", name="Fanny Fabrique")
    cast.join(fabrique, user)
    return user


@pytest.fixture
def oscar(db: None) -> User:
    """Acts for another."""
    user = cast.person("oscar@exemple.fr", name="Oscar Dehors")
    cast.join(cast.organisation(name="Tout autre chose"), user)
    return user
