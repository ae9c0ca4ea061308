"""What the documents say of the things they stand for, in a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import OrganisationTerritory
from fairealliance.practices.models import PracticeTerritory
from fairealliance.search.documents import Doc, sources
from fairealliance.search.sources import organisations, practices, resources, territories
from fairealliance.search.sources import places as where_things_are
from fairealliance.search.sources.places import Places
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Former, Membership, Territory
from tests.factories import (
    EstablishmentFactory,
    OrganisationFactory,
    PracticeFactory,
    PracticePartnerFactory,
    ResourceFactory,
    SourceFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Territory:
    made = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne", postal_codes=["42000", "42100"])
    above = (
        (Level.EPCI, "244200770", "Saint-Étienne Métropole"),
        (Level.DEPARTEMENT, "42", "Loire"),
        (Level.REGION, "84", "Auvergne-Rhône-Alpes"),
        (Level.COUNTRY, "FR", "France"),
    )
    for level, code, name in above:
        parent = TerritoryFactory(level=level, code=code, name=name, slug="x")
        Membership.objects.create(child=made, parent=parent)
    return made


def only(docs: object) -> Doc:
    (doc,) = docs  # type: ignore[misc]
    return doc


def test_every_kind_has_a_source() -> None:
    assert [source.kind for source in sources()] == [
        *(
            "practice",
            "organisation",
            "resource",
            "territory",
            "study",
            "measure",
            "need",
            "offer",
            "catalyst",
            "article",
        )
    ]


def test_practice(commune: Territory) -> None:
    practice = PracticeFactory(
        title="Cantine locale",
        challenge="Mieux manger",
        summary="Un potager nourrit la cantine.",
        start_year=2022,
        goals=[2, 99],
        themes=["bogus"],
        source=SourceFactory(),
    )
    PracticePartnerFactory(practice=practice, name="La Ferme", sphere=Sphere.ENTREPRISE)
    practice.tools.add(ResourceFactory(title="Guide des cantines"))
    PracticeTerritory.objects.create(practice=practice, territory=commune)
    doc = only(practices.build([str(practice.pk), "999999", "x"]))
    assert doc.ref == f"practice:{practice.pk}"
    assert doc.url == practice.get_absolute_url()
    assert "potager" in doc.body
    assert "La Ferme" in doc.keywords
    assert "Guide des cantines" in doc.keywords
    assert "Loire" in doc.places
    assert doc.goals == (2,)
    assert doc.themes == ()
    assert doc.spheres == ("entreprise",)
    assert set(doc.scopes) == {"commune:42218", "epci:244200770", "departement:42", "region:84", "pays:FR"}
    assert (doc.regions, doc.departements) == (("84",), ("42",))
    assert (doc.territory, doc.territory_ref, doc.year) == ("Saint-Étienne", "commune:42218", 2022)
    assert (doc.latitude, doc.longitude, doc.precision) == (commune.latitude, commune.longitude, "town")
    assert doc.source == "Source d’essai"
    assert doc.added == int(practice.created_at.timestamp())
    practice.imported_at = practice.created_at + timedelta(days=3)
    practice.save()
    assert only(practices.build([str(practice.pk)])).added == int(practice.imported_at.timestamp())


def test_organisation(commune: Territory) -> None:
    organisation = OrganisationFactory(
        name="Emmaüs", acronym="EM", siren="356000000", description="Réemploi", seat=commune, is_demo=True
    )
    EstablishmentFactory(
        organisation=organisation, siret="35600000000048", latitude=45.0, longitude=4.0, precision="exact"
    )
    doc = only(organisations.build([str(organisation.pk)]))
    assert {"EM", "356000000", "35600000000048"} <= set(doc.keywords.split())
    assert (doc.latitude, doc.precision) == (45.0, "exact")
    assert doc.departements == ("42",)
    assert doc.is_demo
    assert doc.added == int(organisation.created_at.timestamp())


def test_resource(commune: Territory) -> None:
    resource = ResourceFactory(
        title="Boussole",
        producer=OrganisationFactory(name="Le Rameau", sphere=Sphere.ASSOCIATION),
        year=2020,
        stage=["act"],
    )
    resource.territories.add(commune)
    doc = only(resources.build([str(resource.pk)]))
    assert "Le Rameau" in doc.keywords
    assert (doc.medoc, doc.stages, doc.spheres, doc.year) == ("tool", ("act",), ("association",), 2020)
    assert "region:84" in doc.scopes


def test_territory(commune: Territory) -> None:
    Former.objects.create(level=Level.COMMUNE, code="42255", name="Terrenoire", territory=commune, kind="merged")
    doc = only(territories.build(["commune:42218", "commune:00000", "nonsense", "pays:FR"]))
    assert doc.ref == "territory:commune:42218"
    assert {"42100", "Loire", "42218"} <= set(doc.keywords.split())
    assert doc.names == ("Saint-Étienne", "Terrenoire")
    assert doc.standing == 4
    assert doc.scopes[0] == "commune:42218"
    assert "1 000" in doc.summary.replace("\u202f", " ").replace("\xa0", " ")
    assert "commune:42218" in set(territories.keys())
    assert "pays:FR" not in set(territories.keys())


def test_a_departement_is_no_address() -> None:
    loire = TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire", latitude=45.7, longitude=4.2)
    where = Places.of([loire.pk]).whereabouts([loire.pk])
    assert (where.territory, where.latitude, where.longitude, where.precision) == ("Loire", None, None, "unknown")


def test_neighbours_are_told_alike_alone_or_after_one_another() -> None:
    """What contains a place is told once for all that share it: no more, no less."""
    loire = TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire")
    rhone = TerritoryFactory(level=Level.DEPARTEMENT, code="69", name="Rhône")
    epci = TerritoryFactory(level=Level.EPCI, code="200000001", name="CC du Pilat")
    first, second, across = (TerritoryFactory(name=name) for name in ("Pélussin", "Maclas", "Ampuis"))
    for child, *parents in ((first, epci, loire), (second, epci, loire), (across, epci, rhone)):
        for parent in parents:
            Membership.objects.create(child=child, parent=parent)
    asked = ([first.pk], [second.pk], [across.pk], [first.pk, epci.pk], [second.pk, across.pk])
    together = Places.of([pk for ids in asked for pk in ids])
    for ids in asked:
        told = together.whereabouts(ids)
        alone = Places()
        alone._learn(set(ids))
        at_once = Places()
        at_once._learn_all()
        assert told == alone.whereabouts(ids) == at_once.whereabouts(ids)
        assert len(set(told.scopes)) == len(told.scopes)
    assert together.whereabouts([second.pk]).names == ("Maclas", "Loire", "CC du Pilat")
    assert together.whereabouts([across.pk]).departements == ("69",)
    assert together.whereabouts([first.pk, epci.pk]).scopes == (first.ref, epci.ref, "departement:42")


def test_many_unknown_places_are_read_in_two_questions(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    *asked, another = [TerritoryFactory().pk for _ in range(5)]
    monkeypatch.setattr(where_things_are, "_MANY", 3)
    few, many = Places(), Places()
    few._learn(set(asked[:3]))
    with django_assert_num_queries(2):
        many._learn({*asked, 987_654_321})
    assert another not in few.parents
    assert many.territories.keys() == {*asked, another}
    assert many.parents.keys() == {*asked, another, 987_654_321}


def test_nowhere_is_nowhere() -> None:
    doc = only(practices.build([str(PracticeFactory().pk)]))
    assert (doc.scopes, doc.territory, doc.latitude, doc.precision) == ((), "", None, "unknown")


def _practice(commune: Territory) -> str:
    practice = PracticeFactory()
    PracticePartnerFactory(practice=practice)
    practice.tools.add(ResourceFactory())
    PracticeTerritory.objects.create(practice=practice, territory=commune)
    return str(practice.pk)


def _organisation(commune: Territory) -> str:
    organisation = OrganisationFactory(seat=commune, source=SourceFactory())
    EstablishmentFactory(organisation=organisation, territory=commune)
    OrganisationTerritory.objects.create(organisation=organisation, territory=commune)
    return str(organisation.pk)


def _resource(commune: Territory) -> str:
    resource = ResourceFactory(producer=OrganisationFactory())
    resource.territories.add(commune)
    return str(resource.pk)


def _territory(commune: Territory) -> str:
    made = TerritoryFactory()
    Membership.objects.create(child=made, parent=commune)
    return made.ref


@pytest.mark.parametrize(
    ("module", "make", "most"),
    [
        (practices, _practice, 7),
        (organisations, _organisation, 6),
        (resources, _resource, 4),
        (territories, _territory, 4),
    ],
)
def test_as_many_queries_for_twenty_as_for_one(
    commune: Territory, module, make: Callable[[Territory], str], most: int
) -> None:
    keys = [make(commune) for _ in range(20)]
    list(module.build(keys))  # places learnt once are not asked again
    counts = []
    for wanted in (keys[:1], keys):
        with CaptureQueriesContext(connection) as captured:
            assert len(list(module.build(wanted))) == len(wanted)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= most
