"""The page of a resource, and the list of an organisation's."""

import pytest
from django.test import Client

from fairealliance.resources.enums import MEDOC_OF_KIND, ResourceKind
from fairealliance.resources.words import MEDOC_WORDS
from tests.factories import (
    OrganisationFactory,
    PracticeFactory,
    PracticePartnerFactory,
    ResourceFactory,
    SourceFactory,
    TerritoryFactory,
)
from tests.pages import read

pytestmark = pytest.mark.django_db


def test_the_page_tells_what_for_whom_by_whom_and_where(client: Client) -> None:
    producer = OrganisationFactory(name="Le Réseau")
    resource = ResourceFactory(
        title="Kit « Co-construire »",
        slug="kit",
        kind=ResourceKind.KIT,
        summary="Quatre fiches.\n\nÀ lire à plusieurs.",
        producer=producer,
        audience=["elus", "bergers"],
        stage=["debate"],
        goals=[17],
        link="https://odd17.org/kit",
        year=2021,
        licence="CC BY-SA 4.0",
        source=SourceFactory(),
    )
    page = read(client, resource.get_absolute_url())
    assert page.status == 200
    for words in (
        "Kit",
        "Le Réseau",
        "Élus, bergers",
        "Mettre en débat",
        "2021",
        "CC BY-SA 4.0",
        "Une méthode",
    ):
        assert words in page.words
    assert 'href="https://odd17.org/kit" rel="noopener external"' in page.raw
    assert producer.get_absolute_url() in page.raw
    assert "Non renseigné par la source" not in page.words


def test_every_kind_has_its_place_and_its_words(client: Client) -> None:
    for kind in ResourceKind:
        page = read(client, ResourceFactory(kind=kind).get_absolute_url())
        assert page.status == 200
        assert str(MEDOC_WORDS[MEDOC_OF_KIND[kind]]) in page.words


def test_another_slug_is_led_to_todays(client: Client) -> None:
    resource = ResourceFactory(slug="a")
    assert client.get(f"/ressources/{resource.pk}-b/").status_code == 301
    assert client.get(f"/ressources/{resource.pk}/")["Location"] == f"/ressources/{resource.pk}-a/"
    assert client.get("/ressources/12345-x/").status_code == 404


def test_the_list_leads_to_the_search_by_words(client: Client) -> None:
    assert 'href="/recherche/?kind=resource"' in read(client, "/ressources/").raw


def test_what_the_source_does_not_say_is_listed(client: Client) -> None:
    page = read(client, ResourceFactory().get_absolute_url())
    _, _, unknown = page.words.partition("Non renseigné par la source")
    for words in ("à quoi elle sert", "qui l’a faite", "où la trouver", "son année", "sa licence"):
        assert words in unknown


def test_a_link_that_is_no_web_address_is_only_text(client: Client) -> None:
    page = read(client, ResourceFactory(link="javascript:alert(1)").get_absolute_url())
    assert "javascript:alert(1)" in page.words
    assert 'href="javascript' not in page.raw


def test_capitals_are_calmed_and_the_original_kept(client: Client) -> None:
    page = read(
        client,
        ResourceFactory(title="GUIDE DES PARTENARIATS LOCAUX", source=SourceFactory()).get_absolute_url(),
    )
    assert "<h1" in page.raw
    assert "Guide des partenariats locaux</h1>" in page.raw
    assert "GUIDE DES PARTENARIATS LOCAUX" in page.words


def test_practices_that_used_it_are_on_its_page(client: Client) -> None:
    resource = ResourceFactory()
    for number in range(8):
        practice = PracticeFactory(title=f"Essai {number}", start_year=2010 + number)
        practice.tools.add(resource)
    page = read(client, resource.get_absolute_url())
    assert "Qui s’en est servi" in page.words
    assert "Essai 7" in page.words
    assert "Essai 0" not in page.words
    assert "Voir les 8 exemples" in page.words
    everything = read(client, f"/pratiques/ressource/{resource.pk}-{resource.slug}/")
    assert "Essai 0" in everything.words


def test_resources_of_an_organisation_by_pages(client: Client) -> None:
    producer = OrganisationFactory(slug="reseau")
    ResourceFactory.create_batch(23, producer=producer, year=2020)
    ResourceFactory(producer=producer, title="Sans année")
    assert "Voir les 24 ressources" in read(client, producer.get_absolute_url()).words
    address = f"/ressources/organisation/{producer.pk}-reseau/"
    last = read(client, f"{address}?page=2")
    assert last.raw.count('class="card ') == 4
    assert "Sans année" in last.words
    assert client.get(f"/ressources/organisation/{producer.pk}-autre/?page=2")["Location"] == f"{address}?page=2"


def test_pages_ask_the_same_number_of_queries_at_one_and_at_twenty(client: Client) -> None:
    producers = [OrganisationFactory(), OrganisationFactory()]
    for producer, number in zip(producers, (1, 20), strict=True):
        ResourceFactory.create_batch(number, producer=producer, source=SourceFactory())
    counts = [read(client, f"/ressources/organisation/{each.pk}-{each.slug}/").queries for each in producers]
    assert counts[0] == counts[1]

    small, large = ResourceFactory(), ResourceFactory()
    for resource, number in ((small, 1), (large, 20)):
        for _ in range(number):
            resource.territories.add(TerritoryFactory())
            practice = PracticePartnerFactory(organisation=OrganisationFactory()).practice
            practice.tools.add(resource)
    assert read(client, large.get_absolute_url()).queries == read(client, small.get_absolute_url()).queries <= 15
