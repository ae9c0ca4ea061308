"""A small country, a rate known of enough communes, and an index that answers what one tells it to."""

from collections.abc import Callable

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.reports import alliances
from fairealliance.search.query import Hit, Query, Results, State
from fairealliance.territories.actions import save_values
from fairealliance.territories.enums import State as Known
from fairealliance.territories.models import Indicator
from tests.territories.world import World, make_indicator, make_world

Answers = Callable[[Query], Results]


@pytest.fixture
def world(db: None) -> World:
    """Its last commune has its inhabitants too: shares of inhabitants are what reports tell."""
    made = make_world()
    made.communes[4].population = 5_000
    made.communes[4].save()
    return made


@pytest.fixture
def poverty(world: World) -> Indicator:
    """Known of four communes: the hardest, by itself, holds more than a quarter of all inhabitants."""
    indicator = make_indicator("taux-pauvrete", label="Taux de pauvreté", unit="%")
    numbers = [28.0, 15.0, 9.0, 8.0]
    rows = [(commune.pk, Known.KNOWN, number, "") for commune, number in zip(world.communes, numbers, strict=False)] + [
        (world.communes[4].pk, Known.SECRET, None, "")
    ]
    save_values(by=SYSTEM, indicator=indicator, rows=rows)
    return indicator


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answers], None]:
    """`answering(find)`: the engine says what `find` says."""

    def put(find: Answers) -> None:
        monkeypatch.setattr(alliances.engine, "find", find)

    return put


def full(query: Query) -> Results:
    """Some cases here on housing, many of comparable territories on mobility too."""
    hit = Hit("practice:1", "practice", "Un garage solidaire", "/pratiques/1-garage/", 1.0, territory="Saint-Étienne")
    if "departement:69" in query.scopes:
        return Results((hit,), 6, {"theme": {"mobilite": 4, "logement": 2, "mer-littoral": 3}})
    if "region:84" in query.scopes:
        return Results((hit,), 9, {"theme": {"mobilite": 1, "logement": 8}})
    facets = {
        "kind": {"practice": 3, "organisation": 7},
        "theme": {"logement": 3},
        "sphere": {"association": 5, "collectivite": 2},
        "goal": {"11": 3},
    }
    return Results((hit,), 3, facets)


def away(query: Query) -> Results:
    return Results(state=State.UNAVAILABLE)
