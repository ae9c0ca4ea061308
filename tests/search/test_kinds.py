"""Whatever the index holds can be shown: on the page with its map, in the feed, to the API, beside an action sheet."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape

from fairealliance.api.search import Kind
from fairealliance.design.templatetags.design import icon
from fairealliance.network.models import Catalyst
from fairealliance.search import engine, follow
from fairealliance.search.explore.labels import KINDS
from tests.factories import TerritoryFactory
from tests.network.cast import catalyst
from tests.organisations.cast import read
from tests.search.fake_engine import FakeEngine, a_hit

pytestmark = pytest.mark.django_db
ALL = sorted(KINDS)


@pytest.fixture
def one_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    hits = [a_hit(n, kind=kind, title=f"Un {kind}", latitude=45.4, longitude=4.4) for n, kind in enumerate(ALL, 1)]
    monkeypatch.setattr(engine, "find", FakeEngine(hits).find)


@pytest.mark.parametrize("kind", ALL)
def test_it_has_an_icon(kind: str) -> None:
    assert str(icon(kind)).startswith("<svg")


@pytest.mark.parametrize("kind", ALL)
def test_it_is_a_card_and_a_point_of_the_map(one_of_each: None, kind: str) -> None:
    page = read(Client().get("/recherche/", {"kind": kind}))
    assert f"card-{kind}" in page
    assert f"Un {kind}" in page
    assert "data-map-item" in page


def test_the_feed_and_the_api_tell_them_all(one_of_each: None) -> None:
    feed = read(Client().get("/recherche/flux.atom"))
    assert [kind for kind in ALL if escape(str(KINDS[kind])) not in feed or f"Un {kind}" not in feed] == []
    results = Client().get("/api/v1/search").json()["results"]
    assert {each["kind"] for each in results} == {*Kind} == set(ALL)


def test_a_catalyst_among_the_results_breaks_no_page() -> None:
    """The real engine, the real documents."""
    town = TerritoryFactory(code="42218", name="Saint-Étienne", slug="st", latitude=45.43, longitude=4.39)
    catalyst("cleo@exemple.fr", town, name="Cléo Relie", presentation="Je relie maraîchers et cantines.")
    follow.run_once()
    here = Catalyst.objects.get().get_absolute_url()
    for address in ("/recherche/?q=maraîchers", "/recherche/flux.atom?q=maraîchers", "/api/v1/search?q=maraîchers"):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert here in read(answer)
    sheet = Client().get("/agir/", {"defi": "relier maraîchers et cantines", "territoire": "commune:42218"})
    assert sheet.status_code == 200
