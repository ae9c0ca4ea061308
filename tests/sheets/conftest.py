"""A small world: a town of the Loire, its neighbours, and what is known of them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Organisation, OrganisationTerritory
from fairealliance.practices.models import Practice, PracticePartner, PracticeTerritory
from fairealliance.resources.models import Resource
from fairealliance.sheets import finding
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory
from tests.factories import (
    OrganisationFactory,
    PracticeFactory,
    ResourceFactory,
    SourceFactory,
    TerritoryFactory,
)
from tests.sheets.fake_index import FakeIndex

CHALLENGE = "des jeunes décrochent de l’école"
DROPOUT = "decrochage-scolaire"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> FakeIndex:
    fake = FakeIndex()
    monkeypatch.setattr(finding.engine, "find", fake.find)
    return fake


@dataclass
class World:
    town: Territory
    neighbour: Territory
    lyon: Territory
    lille: Territory
    epci: Territory
    loire: Territory


@pytest.fixture
def world(db: None) -> World:
    """Saint-Étienne and Firminy in one EPCI of the Loire; Lyon in the same région; Lille far away."""
    country = TerritoryFactory(level=Level.COUNTRY, code="FR", name="France", latitude=None, longitude=None)
    aura = TerritoryFactory(level=Level.REGION, code="84", name="Auvergne-Rhône-Alpes", article=5)
    hdf = TerritoryFactory(level=Level.REGION, code="32", name="Hauts-de-France", article=4)
    loire = TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire", article=3)
    rhone = TerritoryFactory(level=Level.DEPARTEMENT, code="69", name="Rhône", article=2)
    nord = TerritoryFactory(level=Level.DEPARTEMENT, code="59", name="Nord", article=2)
    epci = TerritoryFactory(level=Level.EPCI, code="244200770", name="Saint-Étienne Métropole")
    town = _commune("42218", "Saint-Étienne", (45.4397, 4.3872), [epci, loire, aura, country], 173136)
    neighbour = _commune("42095", "Firminy", (45.3880, 4.2870), [epci, loire, aura, country])
    lyon = _commune("69123", "Lyon", (45.7640, 4.8357), [rhone, aura, country])
    lille = _commune("59350", "Lille", (50.6292, 3.0573), [nord, hdf, country])
    for child, parents in ((epci, [loire, aura, country]), (loire, [aura, country]), (aura, [country])):
        _within(child, parents)
    return World(town, neighbour, lyon, lille, epci, loire)


def _commune(
    code: str, name: str, point: tuple[float, float], parents: list[Territory], population: int = 1000
) -> Territory:
    made = TerritoryFactory(code=code, name=name, latitude=point[0], longitude=point[1], population=population)
    _within(made, parents)
    return made


def _within(child: Territory, parents: list[Territory]) -> None:
    Membership.objects.bulk_create(Membership(child=child, parent=parent) for parent in parents)


MakePractice = Callable[..., Practice]


@pytest.fixture
def make_practice() -> MakePractice:
    def make(
        where: Territory,
        title: str = "Des ateliers pour les jeunes qui décrochent",
        spheres: tuple[str, ...] = (),
        **more: object,
    ) -> Practice:
        values = {"goals": [4], "themes": [DROPOUT], "summary": "Des artisans accueillent des jeunes."}
        practice = PracticeFactory(
            title=title,
            source=SourceFactory(),
            latitude=where.latitude,
            longitude=where.longitude,
            precision=where.precision,
            **(values | more),
        )
        PracticeTerritory.objects.create(practice=practice, territory=where)
        for sphere in spheres:
            PracticePartner.objects.create(practice=practice, name=f"Partenaire {sphere}", sphere=sphere)
        return practice

    return make


@pytest.fixture
def make_organisation() -> Callable[..., Organisation]:
    def make(where: Territory, name: str = "Mission locale", **more: object) -> Organisation:
        values = {
            "sphere": Sphere.ASSOCIATION,
            "goals": [4],
            "themes": [DROPOUT],
            "description": "Accompagne les jeunes qui décrochent.",
            "source": SourceFactory(),
        }
        made = OrganisationFactory(
            name=name,
            seat=where,
            latitude=where.latitude,
            longitude=where.longitude,
            precision=where.precision,
            **(values | more),
        )
        OrganisationTerritory.objects.create(organisation=made, territory=where)
        return made

    return make


@pytest.fixture
def make_resource() -> Callable[..., Resource]:
    def make(title: str = "Guide du décrochage", **more: object) -> Resource:
        values = {"goals": [4], "themes": [DROPOUT], "stage": ["understand"], "summary": "Pour les jeunes."}
        return ResourceFactory(title=title, source=SourceFactory(), **(values | more))

    return make
