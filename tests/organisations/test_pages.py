"""The page of an organisation and the list of its places."""

from datetime import date

import pytest
from django.test import Client

from fairealliance.organisations.models import Organisation, OrganisationTerritory
from fairealliance.organisations.tags import tags_of
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership
from tests.factories import (
    EstablishmentFactory,
    OrganisationFactory,
    PracticePartnerFactory,
    ResourceFactory,
    SourceFactory,
    TerritoryFactory,
)
from tests.pages import read

pytestmark = pytest.mark.django_db


def test_the_page_tells_what_it_does_where_and_under_which_numbers(client: Client) -> None:
    town = TerritoryFactory(name="Saint-Étienne", code="42218")
    region = TerritoryFactory(level=Level.REGION, name="Auvergne-Rhône-Alpes", code="84")
    Membership.objects.create(child=town, parent=region)
    organisation = OrganisationFactory(
        name="L’Atelier",
        acronym="ATL",
        slug="latelier",
        description="Un.\n\nDeux, voir https://exemple.fr/.",
        siren="200078004",
        rna="W422001234",
        seat=town,
        email="contact@exemple.fr",
        website="https://www.exemple.fr/a",
        goals=[4, 99, "x"],
        targets=["4.4", "0.0"],
        source=SourceFactory(),
    )
    OrganisationTerritory.objects.create(organisation=organisation, territory=town)
    page = read(client, organisation.get_absolute_url())
    assert page.status == 200
    for words in ("L’Atelier", "(ATL)", "Saint-Étienne", "Auvergne-Rhône-Alpes", "Source d’essai"):
        assert words in page.words
    assert "200\u00a0078\u00a0004" in page.raw
    assert "https://annuaire-entreprises.data.gouv.fr/entreprise/200078004" in page.raw
    assert "<p>Un.</p>" in page.raw
    assert 'href="mailto:contact@exemple.fr"' in page.raw
    assert 'href="/recherche/?kind=organisation&amp;goal=4"' in page.raw
    assert 'class="goal-mark goal-99"' not in page.raw
    assert "Position" not in page.words or "Position du bourg" in page.words


def test_another_slug_is_led_to_todays_with_its_query(client: Client) -> None:
    organisation = OrganisationFactory(slug="nouveau-nom")
    for address in (f"/organisations/{organisation.pk}-ancien/", f"/organisations/{organisation.pk}/"):
        response = client.get(address + "?vu=1")
        assert response.status_code == 301
        assert response["Location"] == f"/organisations/{organisation.pk}-nouveau-nom/?vu=1"


def test_an_organisation_without_slug_has_a_page(client: Client) -> None:
    organisation = OrganisationFactory(slug="")
    assert read(client, organisation.get_absolute_url()).status == 200


@pytest.mark.parametrize("address", ["/organisations/999-x/", f"/organisations/{10**30}-x/", "/organisations/a-b/"])
def test_unknown_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_list_is_a_search(client: Client) -> None:
    response = client.get("/organisations/")
    assert response.status_code == 302
    assert response["Location"] == "/recherche/?kind=organisation"


def test_what_no_source_says_is_listed(client: Client) -> None:
    page = read(client, OrganisationFactory(sphere="").get_absolute_url())
    _, _, unknown = page.words.partition("Non renseigné par la source")
    for words in ("ce qu’elle fait", "sa sphère", "SIREN ou RNA", "comment la joindre"):
        assert words in unknown
    assert "None" not in page.words


def test_hostile_content_is_shown_not_run(client: Client) -> None:
    organisation = OrganisationFactory(
        name="<script>alert(1)</script>",
        description="<img src=x onerror=alert(1)>",
        website="javascript:alert(1)",
        source=SourceFactory(),
        source_url="javascript:alert(2)",
    )
    page = read(client, organisation.get_absolute_url())
    assert "<script>alert" not in page.raw
    assert "<img src=x" not in page.raw
    assert 'href="javascript' not in page.raw


def test_an_invented_one_says_so_and_is_no_fact_for_machines(client: Client) -> None:
    real = read(client, OrganisationFactory(is_demo=False).get_absolute_url())
    invented = read(client, OrganisationFactory(is_demo=True).get_absolute_url())
    assert "application/ld+json" in real.raw
    assert "Contenu inventé" not in real.words
    assert "application/ld+json" not in invented.raw
    assert "Contenu inventé" in invented.words
    assert '<meta name="robots" content="noindex">' in invented.raw


def test_a_closed_one_keeps_its_page(client: Client) -> None:
    page = read(client, OrganisationFactory(closed_on=date(2024, 3, 31)).get_absolute_url())
    assert "Organisation fermée le 31 mars 2024" in page.words


def test_twenty_places_on_the_page_all_of_them_by_pages(client: Client) -> None:
    organisation = OrganisationFactory()
    EstablishmentFactory.create_batch(45, organisation=organisation)
    page = read(client, organisation.get_absolute_url())
    assert page.raw.count("annuaire-entreprises.data.gouv.fr/etablissement/") == 20
    assert "Voir les 45 établissements" in page.words
    address = f"{organisation.get_absolute_url()}etablissements/"
    assert read(client, address + "?page=3").raw.count("/etablissement/") == 5
    assert read(client, address + "?page=mot").status == 200
    assert read(client, address + "?page=999").raw.count("/etablissement/") == 5


def test_a_hundred_territories_are_counted_not_all_listed(client: Client) -> None:
    organisation = OrganisationFactory()
    for territory in TerritoryFactory.create_batch(33):
        OrganisationTerritory.objects.create(organisation=organisation, territory=territory)
    assert "et 3 autres territoires" in read(client, organisation.get_absolute_url()).words


def test_the_page_asks_the_same_number_of_queries_at_one_and_at_twenty(client: Client) -> None:
    small, large = OrganisationFactory(), OrganisationFactory()
    _furnish(small, 1)
    _furnish(large, 20)
    read(client, small.get_absolute_url())  # fills the caches
    assert read(client, large.get_absolute_url()).queries == read(client, small.get_absolute_url()).queries <= 20


def test_the_list_of_places_asks_the_same_number_of_queries_at_one_and_at_twenty(client: Client) -> None:
    small, large = OrganisationFactory(), OrganisationFactory()
    EstablishmentFactory(organisation=small, territory=TerritoryFactory())
    for _ in range(20):
        EstablishmentFactory(organisation=large, territory=TerritoryFactory())
    counts = [read(client, f"{each.get_absolute_url()}etablissements/").queries for each in (small, large)]
    assert counts[0] == counts[1]


def _furnish(organisation: Organisation, number: int) -> None:
    for _ in range(number):
        territory = TerritoryFactory()
        OrganisationTerritory.objects.create(organisation=organisation, territory=territory)
        EstablishmentFactory(organisation=organisation, territory=territory)
        ResourceFactory(producer=organisation)
        PracticePartnerFactory(organisation=organisation, sphere=organisation.sphere, role="lead")


def test_tags_leave_out_what_the_vocabulary_does_not_know() -> None:
    organisation = OrganisationFactory.build(goals=[17, 18, None], targets=["17.17", 3], themes=["inconnu"])
    tags = tags_of(organisation)
    assert [goal.number for goal in tags.goals] == [17]
    assert [target.code for target in tags.targets] == ["17.17"]
    assert tags.themes == []
    assert not tags_of(OrganisationFactory.build())
