"""A small country with figures of every state."""

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.territories.actions import save_values
from fairealliance.territories.enums import State
from fairealliance.territories.models import Indicator
from tests.territories.world import World, make_indicator, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def households(world: World) -> Indicator:
    """A count, known of every commune: summed upward."""
    indicator = make_indicator("menages", label="Ménages", unit="ménages", additive=True)
    rows = [(commune.pk, State.KNOWN, 100.0 * (i + 1), "") for i, commune in enumerate(world.communes)]
    save_values(by=SYSTEM, indicator=indicator, rows=rows)
    return indicator


@pytest.fixture
def rate(world: World) -> Indicator:
    """A rate by commune, in every state: known twice, secret, unavailable, and one of which nothing is written."""
    indicator = make_indicator("taux-pauvrete", label="Taux de pauvreté", unit="%", decimals=1)
    states = [
        (State.KNOWN, 10.0),
        (State.KNOWN, 22.5),
        (State.SECRET, None),
        (State.NOT_APPLICABLE, None),
    ]
    rows = [(commune.pk, state, number, "") for commune, (state, number) in zip(world.communes, states, strict=False)]
    save_values(by=SYSTEM, indicator=indicator, rows=rows)
    return indicator
