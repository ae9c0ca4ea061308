"""Catalysts in the index: listed ones only; whoever withdraws leaves it."""

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from fairealliance.accounts import personal
from fairealliance.journal import alongside
from fairealliance.journal.models import Change
from fairealliance.network import actions
from fairealliance.network.models import Catalyst
from fairealliance.search import engine, follow
from fairealliance.search.query import Query
from fairealliance.search.sources import catalysts as source
from fairealliance.territories.models import Membership, Territory
from tests.factories import TerritoryFactory
from tests.network.cast import catalyst
from tests.organisations.cast import organisation, person, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Territory:
    made = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    loire = TerritoryFactory(level="departement", code="42", name="Loire", slug="loire")
    Membership.objects.create(child=made, parent=loire)
    return made


@pytest.fixture
def cleo(town: Territory) -> Catalyst:
    told = {"presentation": "Je fais se parler maraîchers et cantines.", "skills": ["animation"]}
    return catalyst("cleo@exemple.fr", town, name="Cléo Relie", sectors=["emploi"], trades=["place"], **told)


def found(text: str, **asked) -> list[str]:
    follow.run_once()
    return [hit.ref for hit in engine.find(Query(text, kinds=("catalyst",), **asked)).hits]


@pytest.mark.parametrize("text", ["Cléo Relie", "maraîchers", "animation", "gestion d’un lieu", "catalyseur Loire"])
def test_found_by_what_they_say(cleo: Catalyst, text: str) -> None:
    assert found(text) == [cleo.ref]


def test_narrowed_by_place_and_by_what_their_sectors_hold(cleo: Catalyst) -> None:
    assert found("", departements=("42",)) == [cleo.ref]
    assert found("", departements=("69",)) == []
    (doc,) = source.build([str(cleo.pk)])
    assert doc.themes
    assert found("", themes=doc.themes[:1]) == [cleo.ref]
    assert found("", themes=("mobilite",)) == ([cleo.ref] if "mobilite" in doc.themes else [])


def test_withdrawn_gone_given_back_found_again_refused_gone(cleo: Catalyst, editor) -> None:
    assert found("maraîchers") == [cleo.ref]
    actions.withdraw_consent(by=cleo.user)
    assert found("maraîchers") == []
    actions.consent(by=cleo.user)
    assert found("maraîchers") == [cleo.ref]
    actions.judge(by=editor, catalyst=cleo, accepted=False, reason="Hors sujet.")
    assert found("maraîchers") == []


def test_account_closed_gone_opened_again_found_again(cleo: Catalyst) -> None:
    assert found("maraîchers") == [cleo.ref]
    for is_active, answers in ((False, []), (True, [cleo.ref])):
        cleo.user.is_active = is_active
        cleo.user.save()
        assert found("maraîchers") == answers


def test_signing_in_says_nothing_to_the_outbox(cleo: Catalyst) -> None:
    follow.run_once()
    before = Change.objects.count()
    Client().force_login(cleo.user)
    assert Change.objects.count() == before


def test_erased_gone(cleo: Catalyst) -> None:
    assert found("maraîchers") == [cleo.ref]
    personal.erase(cleo.user)
    assert found("maraîchers") == []


@pytest.mark.parametrize(
    "hidden",
    [{"standing": "waiting", "decided_at": None}, {"consented_at": None, "withdrawn_at": timezone.now()}],
)
def test_who_is_not_listed_is_never_indexed(town: Territory, hidden: dict[str, object]) -> None:
    made = catalyst("w@exemple.fr", town, name="Wanda Cachée", **hidden)
    assert found("Wanda") == []
    assert list(source.keys()) == []
    assert list(source.build([str(made.pk)])) == []
    assert made.get_absolute_url() not in read(Client().get("/recherche/?q=Wanda"))


def test_marked_when_invented(town: Territory) -> None:
    catalyst(person("e@demo.invalid", is_demo=True), town)
    follow.run_once()
    assert [hit.is_demo for hit in engine.find(Query("", kinds=("catalyst",))).hits] == [True]


def test_an_organisation_renamed_renames_where_they_act(cleo: Catalyst) -> None:
    halle = organisation()
    Catalyst.objects.update(organisation=halle)
    catalyst("w@exemple.fr", organisation=halle, consented_at=None)
    assert dict(alongside.changed_with("organisation", [halle.pk]))["catalyst"] == [cleo.pk]


def test_only_those_of_the_organisations_that_change_change(cleo: Catalyst) -> None:
    first, own, last = (organisation(name=name, slug=name.lower()) for name in ("Avant", "Halle", "Fin"))
    Catalyst.objects.update(organisation=own)
    told = partial(alongside.changed_with, "organisation")
    assert dict(told([str(first.pk), str(last.pk)])) == {}
    assert dict(told([str(last.pk), str(own.pk), str(first.pk)])) == {"catalyst": [cleo.pk]}


def test_as_many_queries_for_one_as_for_twenty(cleo: Catalyst, town: Territory, django_assert_num_queries) -> None:
    list(source.build([str(cleo.pk)]))
    some = [str(catalyst(f"c{n}@exemple.fr", town).pk) for n in range(19)]
    with django_assert_num_queries(4):
        assert len(list(source.build(some))) == 19
