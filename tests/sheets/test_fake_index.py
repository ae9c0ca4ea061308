"""The stand-in and the real engine, asked the same questions of the same documents."""

import pytest

from fairealliance.search import engine
from fairealliance.search.query import Near, Query, State
from fairealliance.search.store import default_store
from fairealliance.search.writer import rebuild
from tests.sheets.fake_index import FakeIndex


@pytest.fixture
def both(world, make_practice, make_organisation, make_resource):
    """The two, holding the same things."""
    make_practice(world.neighbour, "Des ateliers pour les jeunes qui décrochent", goals=[4, 8])
    make_practice(world.lille, "Rénover la mairie", themes=["renovation-energetique"], goals=[7], summary="Travaux.")
    make_organisation(world.town, "Mission locale")
    make_organisation(world.lyon, "Ateliers réunis", sphere="entreprise", themes=[], goals=[8])
    make_resource()
    fake = FakeIndex()
    fake.follow()
    with default_store().writing():
        rebuild(default_store())
    return fake


QUESTIONS = [
    Query("jeunes décrochent", ("practice",)),
    Query("jeunes", ("organisation",), spheres=("entreprise",)),
    Query("jeunes", ("practice", "organisation"), goals=(8,)),
    Query("jeunes", ("resource",), themes=("decrochage-scolaire",)),
    Query("", ("organisation",), near=Near(45.44, 4.39, 100), sort="distance"),
    Query("", ("practice",), near=Near(45.44, 4.39, 30), sort="distance"),
    Query("zorglub", ("practice",)),
]


@pytest.mark.parametrize("query", QUESTIONS)
def test_they_find_the_same(both, query):
    fake, real = both.find(query), engine.find(query)
    assert real.state == State.READY
    if query.sort == "distance":
        assert [hit.ref for hit in fake.hits] == [hit.ref for hit in real.hits]
    assert {hit.ref for hit in fake.hits} == {hit.ref for hit in real.hits}
    by_ref = {hit.ref: hit for hit in real.hits}
    for hit in fake.hits:
        twin = by_ref[hit.ref]
        assert (hit.title, set(hit.goals), set(hit.themes), hit.medoc if hit.kind == "resource" else "") == (
            twin.title,
            set(twin.goals),
            set(twin.themes),
            twin.medoc if twin.kind == "resource" else "",
        )


def test_boosts_lift_alike(both, world):
    query = Query("", ("organisation",), boosts=(("scope", world.lyon.ref, 5.0),))
    assert both.find(query).hits[0].ref == engine.find(query).hits[0].ref


def test_without_an_index_both_say_so(world):
    fake = FakeIndex()
    fake.state = State.REBUILDING
    assert fake.find(Query("école")).state != State.READY
    assert engine.find(Query("école")).state != State.READY
