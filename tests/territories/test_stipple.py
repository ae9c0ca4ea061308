"""The small map of France, in dots."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from fairealliance.territories.enums import Level
from fairealliance.territories.stipple import Pin, background, small_map
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
_LYON, _CAYENNE, _SAINT_DENIS = (45.76, 4.84), (4.92, -52.31), (-20.88, 55.45)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """The country of another test's territories, or of these."""
    cache.clear()
    yield
    cache.clear()


def test_a_part_of_the_country_that_has_no_frame_has_no_dots() -> None:
    for latitude, longitude in (_LYON, _CAYENNE, _SAINT_DENIS):
        TerritoryFactory(level=Level.EPCI, latitude=latitude, longitude=longitude)
    whole = background()
    assert whole.count("M") == 3
    mainland = small_map([Pin(*_LYON, "Lyon")])
    overseas = small_map([Pin(*_SAINT_DENIS, "Saint-Denis")])
    assert mainland
    assert overseas
    assert mainland.background.count("M") == 1
    assert [frame.name for frame in overseas.frames] == ["La Réunion"]
    assert overseas.background.count("M") == 2
    assert all(stroke in whole for stroke in (mainland.background, *overseas.background.replace("M", " M").split(" M")))
