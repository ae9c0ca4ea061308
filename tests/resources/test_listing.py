"""The list of resources: what each facet narrows and counts."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from fairealliance.resources.enums import ResourceKind
from fairealliance.resources.listing import facets
from fairealliance.resources.listing import read as read_choices
from fairealliance.resources.models import Collection, CollectionItem
from tests.factories import OrganisationFactory, ResourceFactory, SourceFactory, TerritoryFactory
from tests.pages import read

pytestmark = pytest.mark.django_db


def titles(raw: str) -> set[str]:
    return set(re.findall(r'card-title"><a href="[^"]+">([^<]+)<', raw))


@pytest.fixture
def three() -> None:
    place = TerritoryFactory(code="42218", name="Saint-Étienne")
    ResourceFactory(
        title="Kit",
        kind=ResourceKind.KIT,
        stage=["debate", "act"],
        progress=["relate"],
        audience=["elus", "agents"],
        goals=[17, 4],
        licence="CC BY",
        producer_name="Le Réseau",
    )
    ResourceFactory(title="Guide", kind=ResourceKind.METHOD, stage=["act"], audience=["elus"], goals=[1, 7])
    study = ResourceFactory(title="Étude", kind=ResourceKind.STUDY, stage=["understand"], goals=[14])
    study.territories.add(place)
    study.producer = OrganisationFactory(name="Observatoire")
    study.save()


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Kit", "Guide", "Étude"}),
        ("nature=kit", {"Kit"}),
        ("nature=kit&nature=study", {"Kit", "Étude"}),
        ("etape=act", {"Kit", "Guide"}),
        ("etape=act&etape=understand", {"Kit", "Guide", "Étude"}),
        ("trois_r=relate", {"Kit"}),
        ("pour=elus&nature=method", {"Guide"}),
        ("odd=4", {"Kit"}),
        ("odd=1", {"Guide"}),
        ("odd=7", {"Guide"}),
        ("lieu=Saint-Étienne", {"Étude"}),
        ("lieu=partout", {"Kit", "Guide"}),
        ("lieu=partout&lieu=Saint-Étienne", {"Kit", "Guide", "Étude"}),
        ("producteur=Observatoire", {"Étude"}),
        ("producteur=Le Réseau", {"Kit"}),
        ("licence=CC BY", {"Kit"}),
        ("odd=4&nature=study", set()),
        ("producteur=Personne", set()),
    ],
)
def test_each_facet_narrows(client: Client, query: str, expected: set[str]) -> None:
    page = read(client, f"/ressources/?{query}")
    assert page.status == 200
    assert titles(page.raw) == expected


@pytest.mark.usefixtures("three")
def test_a_facet_counts_what_its_own_choices_would_add() -> None:
    counted = {
        facet.name: {option.value: option.count for option in facet.options}
        for facet in facets(read_choices(QueryDict("etape=act")))
    }
    assert counted["nature"] == {"method": 1, "kit": 1}
    assert counted["etape"] == {"understand": 1, "debate": 1, "act": 2}, "not narrowed by itself"
    assert counted["odd"] == {"1": 1, "4": 1, "7": 1, "17": 1}


@pytest.mark.parametrize("query", ["nature=xx", "odd=18", "etape=agir", "pour=%00", "licence=" + "x" * 300])
def test_a_choice_nobody_offered_is_refused_in_words(client: Client, query: str) -> None:
    page = read(client, f"/ressources/?{query}")
    assert page.status == 400


def test_nothing_found_says_so(client: Client) -> None:
    page = read(client, "/ressources/?nature=kit")
    assert "Aucune ressource ne réunit ces choix" in page.words


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_at_one_and_at_twenty(client: Client, number: int) -> None:
    for index in range(number):
        made = ResourceFactory(
            source=SourceFactory(), producer=OrganisationFactory(), goals=[17], stage=["act"], audience=["elus"]
        )
        made.territories.add(TerritoryFactory())
        shelf = Collection.objects.create(slug=f"c-{index}", title=f"C {index}", is_public=True)
        CollectionItem.objects.create(collection=shelf, resource=made, place=1)
    assert read(client, "/ressources/").queries == 11
    assert read(client, "/ressources/collections/").queries == 2


def test_a_collection_shows_its_resources_in_order(client: Client) -> None:
    shelf = Collection.objects.create(slug="crise", title="Sortir de la crise", cover="Pour agir", is_public=True)
    for place, title in ((2, "Second"), (1, "Premier")):
        CollectionItem.objects.create(
            collection=shelf, resource=ResourceFactory(title=title), place=place, note=f"Note {place}"
        )
    page = read(client, "/ressources/collections/crise/")
    assert page.words.index("Premier") < page.words.index("Second")
    assert "Note 1" in page.words
    assert page.queries == 2
    assert "Sortir de la crise" in read(client, shelf.items.first().resource.get_absolute_url()).words


def test_a_collection_not_yet_public_is_not_found(client: Client) -> None:
    shelf = Collection.objects.create(slug="brouillon", title="Brouillon")
    resource = ResourceFactory()
    CollectionItem.objects.create(collection=shelf, resource=resource, place=1)
    assert client.get("/ressources/collections/brouillon/").status_code == 404
    assert "Brouillon" not in read(client, "/ressources/collections/").words
    assert "Brouillon" not in read(client, resource.get_absolute_url()).words
