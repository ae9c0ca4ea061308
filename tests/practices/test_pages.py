"""The page of a practice, and the lists of practices."""

import json
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from fairealliance.organisations.models import Organisation
from fairealliance.practices.enums import Form, PartnershipKind
from fairealliance.practices.models import Practice, PracticeTerritory
from fairealliance.practices.partners import partners_by_sphere
from fairealliance.practices.unknown import missing_from
from fairealliance.practices.words import FORM_WORDS, KIND_WORDS, years_in_words
from fairealliance.territories.enums import Precision
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


@pytest.fixture
def told() -> Practice:
    """A practice of which everything is known."""
    practice = PracticeFactory(
        title="Des ateliers ouverts",
        slug="ateliers",
        challenge="Quarante jeunes ne venaient plus.",
        summary="Le garage ouvre.\n\nLa métropole paie le bus.",
        form=Form.EXPERIMENT,
        kind=PartnershipKind.INNOVATION,
        stage="running",
        start_year=2022,
        cost=Decimal("48500"),
        funding="Trois parts égales.",
        results="27 sur 40 sont repartis.",
        evidence="Comptage de la mission locale.",
        conditions="Un artisan volontaire.",
        contact="Pôle jeunesse, jeunesse@exemple.fr",
        goals=[4, 17],
        targets=["4.4"],
        source=SourceFactory(),
        source_url="https://exemple.fr/origine",
    )
    PracticeTerritory.objects.create(practice=practice, territory=TerritoryFactory(name="Saint-Étienne"))
    lead = OrganisationFactory(name="L’Atelier", sphere="association")
    PracticePartnerFactory(practice=practice, organisation=lead, name="L’Atelier", sphere="association", role="lead")
    PracticePartnerFactory(
        practice=practice, name="Le Garage", sphere="entreprise", role="partner", amount=Decimal("6000")
    )
    practice.tools.add(ResourceFactory(title="Kit de départ"))
    return practice


def test_a_practice_fully_told(client: Client, told: Practice) -> None:
    page = read(client, told.get_absolute_url())
    assert page.status == 200
    for words in (
        "Des ateliers ouverts",
        "Quarante jeunes ne venaient plus.",
        "La métropole paie le bus.",
        "L’Atelier porteur",
        "Le Garage partenaire apporte 6",
        "Trois parts égales.",
        "27 sur 40 sont repartis.",
        "Comptage de la mission locale.",
        "Un artisan volontaire.",
        "Kit de départ",
        "Saint-Étienne",
        "Depuis 2022",
        "Source d’essai",
    ):
        assert words in page.words
    assert "48\u202f500\u00a0€" in page.raw
    assert str(FORM_WORDS[Form.EXPERIMENT]) in page.words
    assert str(KIND_WORDS[PartnershipKind.INNOVATION]) in page.words
    assert 'href="mailto:jeunesse@exemple.fr"' in page.raw
    assert 'href="https://exemple.fr/origine"' in page.raw
    assert 'href="/recherche/?kind=practice&amp;goal=4"' in page.raw
    assert "Non renseigné par la source" not in page.words


def test_what_is_unknown_is_said_never_zero(client: Client) -> None:
    page = read(client, PracticeFactory().get_absolute_url())
    _, _, unknown = page.words.partition("Non renseigné par la source")
    for words in ("le défi de départ", "les partenaires", "le coût total", "les résultats", "qui contacter"):
        assert words in unknown
    assert "€" not in page.words
    assert "None" not in page.words


def test_a_cost_of_zero_is_not_unknown(client: Client) -> None:
    practice = PracticeFactory(cost=Decimal(0))
    assert "0\u00a0€" in read(client, practice.get_absolute_url()).raw
    assert "le coût total" not in missing_from(practice, placed=True)


def test_a_practice_still_going_on_has_no_end_to_miss() -> None:
    assert "l’année de fin" not in missing_from(PracticeFactory(stage="running"), placed=True)
    assert "l’année de fin" in missing_from(PracticeFactory(stage="ended"), placed=True)


@pytest.mark.parametrize(
    ("start", "end", "stage", "words"),
    [
        (2021, None, "", "2021"),
        (2021, None, "running", "depuis 2021"),
        (2021, 2023, "", "de 2021 à 2023"),
        (2021, 2021, "", "2021"),
        (None, 2023, "", "jusqu’en 2023"),
        (None, None, "running", ""),
    ],
)
def test_years_in_words(start: int | None, end: int | None, stage: str, words: str) -> None:
    assert years_in_words(PracticeFactory.build(start_year=start, end_year=end, stage=stage)) == words


def test_partners_are_gathered_by_sphere_one_line_each() -> None:
    practice = PracticeFactory()
    town = OrganisationFactory(name="La ville", sphere="collectivite")
    PracticePartnerFactory(practice=practice, name="Inconnu")
    PracticePartnerFactory(practice=practice, organisation=town, name="Ville", role="lead", amount=Decimal(10))
    PracticePartnerFactory(practice=practice, organisation=town, name="Ville", role="funder", amount=Decimal(5))
    PracticePartnerFactory(practice=practice, name="Asso", sphere="association")
    groups = partners_by_sphere(practice)
    assert [group.sphere for group in groups] == ["association", "collectivite", ""]
    (line,) = groups[1].partners
    assert line.roles == ["porteur", "financeur"]
    assert line.amount == Decimal(15)


def test_money_goes_to_the_beneficiary_and_comes_from_the_others(client: Client) -> None:
    practice = PracticeFactory()
    PracticePartnerFactory(practice=practice, name="L’école", role="beneficiary", amount=Decimal(900))
    PracticePartnerFactory(practice=practice, name="Le fonds", role="funder", amount=Decimal(900))
    page = read(client, practice.get_absolute_url())
    assert "bénéficiaire reçoit 900" in page.words
    assert "financeur apporte 900" in page.words


def test_capitals_are_calmed_with_the_places_right_name(client: Client) -> None:
    practice = PracticeFactory(title="RENOVATION DE L'ECOLE DE SAINT ETIENNE", source=SourceFactory())
    PracticeTerritory.objects.create(practice=practice, territory=TerritoryFactory(name="Saint-Étienne"))
    page = read(client, practice.get_absolute_url())
    assert "Renovation de l'ecole de Saint-Étienne" in page.words
    assert "Titre d’origine\u00a0: RENOVATION DE L'ECOLE DE SAINT ETIENNE".replace("\u00a0", " ") in page.words


def test_a_title_of_four_hundred_characters_is_set_smaller(client: Client) -> None:
    page = read(client, PracticeFactory(title="Un projet " * 39).get_absolute_url())
    assert 'class="title-long title-endless"' in page.raw


def test_an_approximate_place_is_said_so(client: Client) -> None:
    practice = PracticeFactory()
    place = TerritoryFactory(latitude=45.4, longitude=4.4, precision=Precision.APPROXIMATE)
    PracticeTerritory.objects.create(practice=practice, territory=place)
    assert "Position approximative" in read(client, practice.get_absolute_url()).words
    exact = PracticeFactory(latitude=45.4, longitude=4.4, precision=Precision.EXACT)
    page = read(client, exact.get_absolute_url())
    assert 'class="locator-dot"' in page.raw
    assert "Position approximative" not in page.words


def test_no_known_place_no_map(client: Client) -> None:
    page = read(client, PracticeFactory(latitude=0.0, longitude=-140.0).get_absolute_url())
    assert page.status == 200
    assert "locator-dot" not in page.raw


def test_hostile_content_is_shown_not_run(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    practice = PracticeFactory(
        title=evil,
        challenge=evil,
        summary="<img src=x onerror=alert(1)>",
        funding=evil,
        results=evil,
        evidence=evil,
        conditions=evil,
        contact=evil,
        source_url="javascript:alert(1)",
        source=SourceFactory(),
    )
    PracticePartnerFactory(practice=practice, name=evil, sphere="inconnue", role="x")
    page = read(client, practice.get_absolute_url())
    assert page.status == 200
    assert "<script>alert" not in page.raw
    assert "<img src=x" not in page.raw
    assert 'href="javascript' not in page.raw


def test_linked_data_reads_as_json_and_is_absent_from_invented_ones(client: Client, told: Practice) -> None:
    page = read(client, told.get_absolute_url())
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.raw)
    assert found is not None
    facts = json.loads(found.group(1))
    assert facts["name"] == "Des ateliers ouverts"
    assert [person["name"] for person in facts["contributor"]] == ["L’Atelier", "Le Garage"]
    told.is_demo = True
    told.save()
    invented = read(client, told.get_absolute_url())
    assert "application/ld+json" not in invented.raw
    assert "Contenu inventé" in invented.words


def test_addresses_last(client: Client) -> None:
    practice = PracticeFactory(slug="aujourd-hui")
    for address in (f"/pratiques/{practice.pk}-hier/?a=1", f"/pratiques/{practice.pk}/?a=1"):
        response = client.get(address)
        assert response.status_code == 301
        assert response["Location"] == f"/pratiques/{practice.pk}-aujourd-hui/?a=1"
    assert read(client, PracticeFactory(slug="").get_absolute_url()).status == 200
    assert client.get("/pratiques/")["Location"] == "/recherche/?kind=practice"
    for address in ("/pratiques/999999-x/", f"/pratiques/{10**40}-x/", "/pratiques/mot/"):
        assert client.get(address).status_code == 404


def test_on_an_organisations_page_with_its_role(client: Client, told: Practice) -> None:
    organisation = told.partners.get(role="lead").organisation
    assert organisation is not None
    page = read(client, organisation.get_absolute_url())
    assert "Ce qu’elle a fait avec d’autres" in page.words
    assert "Des ateliers ouverts" in page.words
    assert "Son rôle : porteur" in page.words.replace("\u00a0", " ")


def test_a_partner_in_two_roles_counts_its_practice_once(client: Client) -> None:
    organisation = OrganisationFactory()
    practice = PracticeFactory()
    for role in ("lead", "funder"):
        PracticePartnerFactory(practice=practice, organisation=organisation, name="x", role=role)
    assert "1\u00a0exemple<" in read(client, organisation.get_absolute_url()).raw


def test_lists_by_pages(client: Client) -> None:
    organisation = OrganisationFactory(slug="ville")
    for _ in range(23):
        PracticePartnerFactory(organisation=organisation)
    address = reverse("practices:of-organisation", args=[organisation.pk, "ville"])
    assert read(client, f"{address}?page=2").raw.count('class="card ') == 3
    assert read(client, f"{address}?page=-1").status == 200
    assert "Aucun exemple connu" in read(client, _list_of(OrganisationFactory())).words


def _list_of(organisation: Organisation) -> str:
    return reverse("practices:of-organisation", args=[organisation.pk, organisation.slug])


def test_lists_and_pages_ask_the_same_number_of_queries_at_one_and_at_twenty(client: Client) -> None:
    small, large = OrganisationFactory(), OrganisationFactory()
    for organisation, number in ((small, 1), (large, 20)):
        for _ in range(number):
            _furnish(PracticeFactory(source=SourceFactory()), organisation, 1)
    assert read(client, _list_of(large)).queries == read(client, _list_of(small)).queries <= 8

    brief, long = PracticeFactory(), PracticeFactory()
    _furnish(brief, small, 1)
    _furnish(long, large, 20)
    read(client, brief.get_absolute_url())  # fills the caches
    assert read(client, long.get_absolute_url()).queries == read(client, brief.get_absolute_url()).queries <= 15


def _furnish(practice: Practice, organisation: Organisation, number: int) -> None:
    PracticePartnerFactory(practice=practice, organisation=organisation, name="Premier", role="lead")
    for _ in range(number):
        PracticePartnerFactory(practice=practice, organisation=OrganisationFactory())
        PracticeTerritory.objects.create(practice=practice, territory=TerritoryFactory())
        practice.tools.add(ResourceFactory())


def test_frames_overseas_have_a_letter_that_the_legend_names(client: Client) -> None:
    """Their names would run into one another on the drawing."""
    practice = PracticeFactory()
    for name, latitude, longitude in (
        ("Nouméa", -22.3, 166.4),
        ("Papeete", -17.5, -149.6),
        ("Les Abymes", 16.27, -61.5),
    ):
        place = TerritoryFactory(name=name, latitude=latitude, longitude=longitude, precision=Precision.EXACT)
        PracticeTerritory.objects.create(practice=practice, territory=place)
    page = read(client, practice.get_absolute_url())
    assert "A Guadeloupe B Polynésie française C Nouvelle-Calédonie" in page.words
    drawing = page.raw[
        page.raw.index('class="locator"') : page.raw.index("<figcaption", page.raw.index('class="locator"'))
    ]
    assert re.findall(r'class="locator-key"[^>]*>(.)<', drawing) == ["A", "B", "C"]
    assert ">Guadeloupe<" not in drawing
