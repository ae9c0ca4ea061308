"""Surveys for programs, and in the search."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.journal.models import Change
from fairealliance.observatory import actions
from fairealliance.observatory.exchange.sheet import plain_text
from fairealliance.observatory.models import Study
from fairealliance.observatory.reads import perceived_fragilities, series_chart, series_choices
from fairealliance.search.sources import studies as source
from fairealliance.territories.models import Membership, Territory
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.usefixtures("loaded")
API = "/api/v1/observatory"


def test_studies_and_series_are_told_as_on_their_pages(client: Client) -> None:
    listed = client.get(f"{API}/studies?actor=mayors").json()
    assert listed["total"] == len(listed["results"]) == 4
    study = client.get(f"{API}/studies/impact-elus-locaux").json()
    figure = study["questions"][0]["figures"][0]
    assert figure["words"] == "92\u00a0% ou environ 90\u00a0%"
    assert figure["disagreements"]
    assert study["sample_size"] is None
    series = client.get(f"{API}/series/citoyens-et-partenariats").json()
    assert [bool(wave["rupture"]) for wave in series["waves"]] == [False, True, False, True]
    assert any(each["slug"] == series["slug"] for each in client.get(f"{API}/series").json()["results"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/studies?acteur=mayors", 422),
        ("/studies?actor=martians", 422),
        ("/studies?limit=0", 422),
        ("/studies?limit=1&offset=3", 200),
        ("/studies/rien", 404),
        ("/studies/rien?x=1", 422),
        ("/series/rien", 404),
        ("/series/RIEN", 422),
        ("/series?x=1", 422),
    ],
)
def test_strange_questions_are_answered_in_french(client: Client, path: str, status: int) -> None:
    response = client.get(API + path)
    assert response.status_code == status
    assert status == 200 or response.json()["detail"]


def test_drafts_are_not_given(client: Client, editor) -> None:
    actions.withdraw(by=editor, study=Study.objects.get(slug="phare-citoyens"))
    assert client.get(f"{API}/studies/phare-citoyens").status_code == 404
    assert "PHARE-Citoyens" not in client.get(f"{API}/studies?limit=100").content.decode()


def test_search_finds_published_studies_by_what_they_asked_and_answered(region: Territory, editor) -> None:
    study = Study.objects.get(slug="phare-entreprises")
    doc = next(iter(source.build([str(study.pk)])))
    assert "81\u00a0%" in doc.body
    assert "source d’innovation" in doc.body
    assert region.ref in doc.scopes
    assert doc.spheres == ("entreprise",)
    assert doc.year == 2015
    actions.withdraw(by=editor, study=study)
    assert not list(source.build([str(study.pk)]))
    assert str(study.pk) not in list(source.keys())
    assert Change.objects.filter(kind="study", key=str(study.pk)).exists()


def test_documents_cost_the_same_queries_for_one_and_for_all() -> None:
    keys = list(source.keys())
    with CaptureQueriesContext(connection) as one:
        list(source.build([str(Study.objects.get(slug="phare-entreprises").pk)]))
    with CaptureQueriesContext(connection) as every:
        assert len(list(source.build(keys))) == len(keys)
    assert len(every) <= len(one)


def test_fragilities_are_those_of_the_nearest_place_known(region: Territory) -> None:
    commune = TerritoryFactory(code="33063", name="Bordeaux")
    Membership.objects.create(child=commune, parent=region)
    told = {each.actor.value: each for each in perceived_fragilities(commune)}
    assert set(told) == {"citizens", "companies", "associations"}
    assert told["companies"].territory == region
    assert told["companies"].figures[0].first.code == "precarite"
    assert told["citizens"].territory is None
    elsewhere = TerritoryFactory(code="59350", name="Lille")
    assert {each.actor.value: each.territory for each in perceived_fragilities(elsewhere)}["companies"] is None


def test_what_other_rooms_ask_of_a_series() -> None:
    chart = series_chart("jouer-collectif-2020")
    assert chart is not None
    assert chart.address == "/observatoire/series/jouer-collectif-2020.svg"
    assert "92\u00a0%" in chart.sentence
    assert series_chart("rien") is None
    assert ("jouer-collectif-2020", chart.title) in series_choices()


def test_signs_that_no_feed_holds_do_not_break_it(client: Client) -> None:
    """A line's end of a word processor, kept before such signs were taken out as they come in."""
    Study.objects.filter(slug="impact-elus-locaux").update(title="Deux\x0blignes", producer="Un\x0binstitut")
    answer = client.get("/observatoire/atom.xml")
    assert answer.status_code == 200
    assert "Deuxlignes" in answer.content.decode()
    assert plain_text("Deux\x0blignes\r\nici") == "Deuxlignes\nici"
