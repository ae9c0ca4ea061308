"""The cast of this room."""

import pytest

from fairealliance.accounts.models import User
from fairealliance.organisations.enums import Role
from fairealliance.organisations.models import Organisation
from tests.organisations import cast


@pytest.fixture
def halle(db: None) -> Organisation:
    return cast.organisation()


@pytest.fixture
def ada(halle: Organisation) -> User:
    """Administers it."""
    user = cast.person("ada@exemple.fr", name="Ada Administre")
    cast.join(halle, user, Role.ADMINISTRATOR)
    return user


@pytest.fixture
def mia(halle: Organisation) -> User:
    """A member of it."""
    user = cast.person("mia@exemple.fr", name="Mia Membre")
    cast.join(halle, user)
    return user


@pytest.fixture
def oscar(db: None) -> User:
    """Has nothing to do with it."""
    return cast.person("oscar@exemple.fr", name="Oscar Dehors")
