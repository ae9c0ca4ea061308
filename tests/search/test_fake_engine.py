"""The fake engine answers as the real one does: else the tests of pages and API would prove nothing."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from fairealliance.search.documents import Doc
from fairealliance.search.engine import find
from fairealliance.search.query import Near, Query
from fairealliance.search.reader import Reader
from fairealliance.search.store import Store
from fairealliance.search.writer import Writer
from tests.search.fake_engine import FakeEngine, a_hit

LOIRE = ("commune:42218", "departement:42", "region:84", "pays:FR")
RHONE = ("commune:69123", "departement:69", "region:84", "pays:FR")
HITS = [
    a_hit(1, title="Garage solidaire", goals=(4, 8), themes=("mobilite",), scopes=LOIRE, year=2021,
          spheres=("association",), latitude=45.43, longitude=4.39),
    a_hit(2, title="Verger partagé", goals=(15,), scopes=RHONE, year=2023, latitude=45.75, longitude=4.85),
    a_hit(3, title="Atelier du garage", kind="organisation", spheres=("entreprise",), scopes=LOIRE),
    a_hit(4, title="Banque alimentaire", kind="resource", goals=(2,), year=2021),
]  # fmt: skip
QUESTIONS = [
    Query(),
    Query(text="garage", sort="title"),
    Query(kinds=("practice",), sort="date"),
    Query(kinds=("practice", "resource"), goals=(4, 2), sort="title"),
    Query(themes=("mobilite",)),
    Query(spheres=("association", "entreprise"), sort="title"),
    Query(regions=("84",), departements=("42",), sort="date"),
    Query(years=(2021,), sort="title"),
    Query(sort="added"),
    Query(scopes=("departement:69",)),
    Query(near=Near(45.43, 4.39, 10)),
    Query(near=Near(45.43, 4.39, 100), sort="distance"),
    Query(sort="title", page=2, size=3),
    Query(text="zzzzz"),
    Query(sort="title", with_facets=False),
]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Reader]:
    store = Store(tmp_path / "index")
    writer = Writer(store.new_folder())
    shared = set(Doc._fields) & {each.name for each in fields(HITS[0])}
    codes = {"regions": "region:", "departements": "departement:"}
    for hit in HITS:
        places = {
            name: tuple(scope.removeprefix(level) for scope in hit.scopes if scope.startswith(level))
            for name, level in codes.items()
        }
        writer.put([Doc(**{name: getattr(hit, name) for name in shared}, **places)])
    writer.commit(0)
    writer.close()
    store.publish(writer.folder)
    reader = Reader(store)
    yield reader
    reader.forget()


@pytest.mark.parametrize("question", QUESTIONS)
def test_same_hits_in_the_same_order_same_total_same_counts(real: Reader, question: Query) -> None:
    theirs, ours = find(question, at=real), FakeEngine(HITS).find(question)
    assert ours.state == theirs.state
    assert ours.total == theirs.total
    assert [hit.ref for hit in ours.hits] == [hit.ref for hit in theirs.hits]
    assert ours.facets == theirs.facets
    assert [hit.distance_km for hit in ours.hits] == pytest.approx([hit.distance_km for hit in theirs.hits])


def test_what_a_hit_tells_is_the_same(real: Reader) -> None:
    ours, theirs = (FakeEngine(HITS).find(Query(text="solidaire")), find(Query(text="solidaire"), at=real))
    told = (
        "ref",
        "kind",
        "title",
        "url",
        "summary",
        "scopes",
        "goals",
        "themes",
        "spheres",
        "year",
        "latitude",
        "added",
    )
    for name in told:
        assert getattr(ours.hits[0], name) == getattr(theirs.hits[0], name)
