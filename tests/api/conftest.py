"""A small world to ask the API about: two territories, a figure of each state, a practice, a search."""

import pytest
from django.core.cache import cache

from fairealliance.organisations.enums import Sphere
from fairealliance.practices.models import Practice, PracticePartner, PracticeTerritory
from fairealliance.search import engine
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Former, Indicator, Membership, Territory, Value
from tests.factories import OrganisationFactory, PracticeFactory, ResourceFactory, SourceFactory, TerritoryFactory
from tests.search.fake_engine import FakeEngine, a_hit


@pytest.fixture
def city(db: None) -> Territory:
    cache.clear()
    country = TerritoryFactory(level=Level.COUNTRY, code="FR", name="France", slug="france")
    region = TerritoryFactory(level=Level.REGION, code="84", name="Auvergne-Rhône-Alpes")
    loire = TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire")
    city = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne", population=173_000)
    TerritoryFactory(code="43268", name="Ally", population=600)
    Membership.objects.bulk_create(Membership(child=city, parent=each) for each in (country, region, loire))
    Former.objects.create(level=Level.COMMUNE, code="42208", name="Terrenoire", territory=city, kind="merged")
    _figures(city)
    return city


def _figures(city: Territory) -> None:
    source = SourceFactory(label="Institut d’essai", producer="Institut", url="https://exemple.fr", vintage="2023")
    states = [(State.KNOWN, 12.5), (State.SECRET, None), (State.NOT_APPLICABLE, None), (None, None)]
    for number, (state, value) in enumerate(states):
        indicator = Indicator.objects.create(
            slug=f"chiffre-{number}", label=f"Chiffre {number}", unit="%", theme="Essai", source=source,
            vintage="2021", decimals=1, order=number,
        )  # fmt: skip
        if state:
            Value.objects.create(territory=city, indicator=indicator, state=state, number=value)


@pytest.fixture
def practice(city: Territory) -> Practice:
    made = PracticeFactory(
        title="Garages solidaires", goals=[4], themes=["mobilite"], cost="1200.50", is_demo=True,
        source=SourceFactory(slug="pratiques", label="Source des pratiques"), source_key="1", source_url="https://exemple.fr/1",
    )  # fmt: skip
    partner = OrganisationFactory(name="Les Ateliers")
    PracticePartner.objects.create(practice=made, organisation=partner, name="Les Ateliers", sphere=Sphere.ASSOCIATION)
    PracticeTerritory.objects.create(practice=made, territory=city)
    made.tools.add(ResourceFactory(title="Guide"))
    return made


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch, city: Territory) -> FakeEngine:
    fake = FakeEngine(
        [
            a_hit(1, title="Garages solidaires", goals=(4,), scopes=("commune:42218", "region:84"), year=2023,
                  spheres=("association",), latitude=45.44, longitude=4.39, source="Source d’essai", is_demo=True),
            a_hit(2, kind="organisation", title="Les Ateliers", snippet=(("Les ", False), ("Ateliers", True))),
        ]
    )  # fmt: skip
    monkeypatch.setattr(engine, "find", fake.find)
    return fake
