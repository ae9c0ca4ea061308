"""What a territory is called, when a département is not one."""

import pytest

from fairealliance.territories import governing
from fairealliance.territories.enums import Level
from tests.factories import TerritoryFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "code", "what"),
    [
        (Level.DEPARTEMENT, "42", "département"),
        (Level.DEPARTEMENT, "974", "département"),
        (Level.DEPARTEMENT, "987", "collectivité d’outre-mer"),
        (Level.COMMUNE, "98735", "commune"),
    ],
)
def test_overseas_collectivities_are_called_so(level, code, what):
    assert governing.what(TerritoryFactory(level=level, code=code)) == what
