"""Looking for one's own organisation with mistakes, without accents, by its acronym."""

import pytest

from fairealliance.organisations.members import finding
from fairealliance.organisations.members.finding import find
from fairealliance.organisations.models import Organisation
from fairealliance.search import follow
from fairealliance.territories.models import Territory
from tests.factories import TerritoryFactory
from tests.organisations.cast import HERE, entered, organisation, person, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Territory:
    made: Territory = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    return made


@pytest.fixture
def furan(town: Territory) -> Organisation:
    made = organisation(
        name="Les Ateliers du Furan", slug="les-ateliers-du-furan", acronym="LAF", seat=town, description="Des vélos."
    )
    organisation(name="Vélos pour tous", slug="velos-pour-tous", description="Comme les ateliers d’ailleurs.")
    follow.run_once()
    return made


@pytest.mark.parametrize(
    "typed",
    [
        "atelier du furan",
        "les atteliers du furan",
        "ATELIERS FURAN",
        "furan ateliers",
        "Atéliers du Furran",
        "L.A.F.",
        "laf",
    ],
)
def test_mistakes_are_forgiven(furan: Organisation, typed: str) -> None:
    assert furan in find(typed).organisations


@pytest.mark.parametrize("typed", ["atteliers du furan", "laf"])
def test_in_its_commune_too(furan: Organisation, town: Territory, typed: str) -> None:
    elsewhere = TerritoryFactory(code="69123", name="Lyon", slug="lyon")
    assert find(typed, town).organisations == [furan]
    assert find(typed, elsewhere).organisations == []


def test_only_names_count(furan: Organisation) -> None:
    assert [each.name for each in find("atteliers").organisations] == ["Les Ateliers du Furan"]


def test_without_the_index_one_still_looks(furan: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_indexes", [])
    assert find("les ateliers").organisations == [furan]
    assert find("les atteliers").organisations == []


def test_the_page_proposes_it(furan: Organisation) -> None:
    page = read(entered(person("nadia@exemple.fr")).get(f"{HERE}rejoindre/", {"q": "atteliers du furant"}))
    assert "Les Ateliers du Furan" in page
    assert "Est-ce l’une d’elles" in page
