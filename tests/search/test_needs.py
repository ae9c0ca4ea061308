"""Needs and offers in the index: public and open ones only; what resembles them, while one writes and after."""

import pytest
from django.test import Client

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.journal import alongside
from fairealliance.needs import actions
from fairealliance.needs.enums import Side
from fairealliance.needs.life import Verb
from fairealliance.organisations import actions as organisations
from fairealliance.organisations import merging
from fairealliance.organisations.models import Organisation
from fairealliance.search import engine, follow
from fairealliance.search.query import Query
from fairealliance.search.sources import needs as source
from tests.factories import PracticeFactory, SourceFactory, TerritoryFactory
from tests.needs.cast import OWN, published, words
from tests.organisations.cast import entered, join, organisation, person, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town():
    return TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")


@pytest.fixture
def halle() -> Organisation:
    return organisation()


@pytest.fixture
def mia(halle: Organisation) -> User:
    user = person("mia@exemple.fr")
    join(halle, user)
    return user


def found(text: str, *kinds: str) -> list[str]:
    follow.run_once()
    return [hit.ref for hit in engine.find(Query(text, kinds=kinds)).hits]


def test_published_found_closed_gone_renewed_back(mia: User, halle: Organisation) -> None:
    need = published(mia, halle, title="Un garage pour vélos")
    assert found("garage vélos", "need") == [need.ref]
    assert found("garage vélos", "offer") == []
    assert found("Saint-Étienne garage", "need") == [need.ref]
    actions.move(by=mia, need=need, verb=Verb.CLOSE)
    assert found("garage vélos") == []
    actions.renew(by=mia, need=need)
    assert found("garage vélos") == [need.ref]
    actions.save(by=mia, need=need, raw={"visibility": "network"}, version=need.version, page="p")
    actions.publish(by=mia, need=need)
    assert found("garage vélos") == []


@pytest.mark.parametrize("visibility", ["network", "link"])
def test_what_is_not_public_is_never_indexed(mia: User, halle: Organisation, visibility: str) -> None:
    need = published(mia, halle, title="Garage", visibility=visibility)
    assert found("garage", "need") == []
    assert list(source.keys(Side.NEED)) == []
    assert list(source.build(Side.NEED, [str(need.pk)])) == []
    page = read(Client().get("/recherche/?q=garage"))
    assert need.get_absolute_url() not in page
    assert Client().get("/api/v1/search?q=garage&kind=need").json()["results"] == []


def test_as_many_queries_for_one_as_for_twenty(mia: User, halle: Organisation, django_assert_num_queries) -> None:
    list(source.build(Side.NEED, [str(published(mia, halle).pk)]))
    some = [str(published(mia, halle).pk) for _n in range(19)]
    with django_assert_num_queries(3):
        assert len(list(source.build(Side.NEED, some))) == 19


def test_while_one_writes_the_like_is_shown(mia: User, halle: Organisation) -> None:
    other = organisation(name="Autre", website="")
    ann = person("ann@exemple.fr")
    join(other, ann)
    offer = published(ann, other, Side.OFFER, title="Un local pour votre atelier vélo")
    hidden = published(ann, other, Side.OFFER, title="Local secret atelier vélo", visibility="network")
    case = PracticeFactory(title="Un atelier vélo solidaire")
    follow.run_once()
    need = actions.begin(by=mia, organisation=halle, side=Side.NEED, page_key="k")
    client = entered(mia)
    assert "proches-1" not in read(client.get(f"{OWN}{need.pk}/"))
    said = read(client.post(f"{OWN}{need.pk}/enregistrer/", words(version="0", editing="p")))
    for thing in (offer, case):
        assert thing.get_absolute_url() in said
    assert hidden.get_absolute_url() not in said
    actions.publish(by=mia, need=need)
    page = read(Client().get(need.__class__.objects.get(pk=need.pk).get_absolute_url()))
    assert offer.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page


def test_the_action_sheet_tells_who_seeks_here(mia: User, halle: Organisation) -> None:
    address = "/agir/?territoire=commune:42218&defi=des+jeunes+sans+emploi"
    assert "Qui cherche, qui propose" not in read(Client().get(address))
    need = published(mia, halle)
    hidden = published(mia, halle, visibility="network")
    page = read(Client().get(address))
    assert "Qui cherche, qui propose, près d’ici" in page
    assert need.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page
    assert hidden.get_absolute_url() in read(entered(mia).get(address))
    assert page.count("Contenu inventé") == 0
    Organisation.objects.filter(pk=halle.pk).update(is_demo=True)
    assert "Contenu inventé" in read(Client().get(address))


def told_under(text: str) -> list[tuple[str, str]]:
    """(ref, organisation) of the needs and offers found."""
    follow.run_once()
    return [(hit.ref, hit.source) for hit in engine.find(Query(text, kinds=("need", "offer"))).hits]


def test_an_organisation_renamed_renames_what_it_seeks(mia: User, halle: Organisation) -> None:
    need = published(mia, halle, title="Un garage")
    assert told_under("garage") == [(need.ref, "La Halle du Forez")]
    organisations.correct(by=SYSTEM, organisation=halle, field="name", text="La Grande Halle")
    assert told_under("garage") == [(need.ref, "La Grande Halle")]


def test_an_import_that_renames_renames_what_it_seeks(mia: User) -> None:
    source = SourceFactory()
    halle, _made = organisations.save(by=SYSTEM, source=source, key="h", fingerprint="1", name="La Halle")
    join(halle, mia)
    need = published(mia, halle, title="Un garage")
    organisations.save(by=SYSTEM, source=source, key="h", fingerprint="2", name="La Halle neuve")
    assert told_under("garage") == [(need.ref, "La Halle neuve")]


def test_merged_and_parted_again_each_is_told_under_its_own(mia: User, halle: Organisation) -> None:
    twin = organisation(name="Halle (doublon)", website="")
    join(twin, mia)
    need, offer = published(mia, halle, title="Garage cherché"), published(mia, twin, Side.OFFER, title="Garage offert")
    assert sorted(told_under("garage")) == [(need.ref, "La Halle du Forez"), (offer.ref, "Halle (doublon)")]
    merger = merging.merge(by=SYSTEM, kept=halle, gone=twin)
    assert sorted(told_under("garage")) == [(need.ref, "La Halle du Forez"), (offer.ref, "La Halle du Forez")]
    merging.unmerge(by=SYSTEM, merger=merger)
    assert sorted(told_under("garage")) == [(need.ref, "La Halle du Forez"), (offer.ref, "Halle (doublon)")]


def test_what_was_invented_goes_from_the_index_with_its_organisation(mia: User) -> None:
    invented = organisation(name="Inventée", website="", is_demo=True)
    join(invented, mia)
    need = published(mia, invented, title="Un garage")
    assert told_under("garage") == [(need.ref, "Inventée")]
    organisations.remove_demo(by=SYSTEM)
    assert told_under("garage") == []


def test_without_what_changes_alongside_the_old_name_would_stay(
    mia: User, halle: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = published(mia, halle, title="Un garage")
    follow.run_once()
    monkeypatch.setattr(alongside, "_known", {})
    organisations.correct(by=SYSTEM, organisation=halle, field="name", text="La Grande Halle")
    assert told_under("garage") == [(need.ref, "La Halle du Forez")]


def test_as_many_queries_alongside_one_organisation_as_twenty(
    mia: User, halle: Organisation, django_assert_num_queries
) -> None:
    need = published(mia, halle)
    with django_assert_num_queries(2):
        assert list(alongside.changed_with("organisation", [halle.pk])) == [("need", [need.pk])]
    with django_assert_num_queries(2):
        assert list(alongside.changed_with("organisation", [*range(900_000, 900_019), str(halle.pk)]))
