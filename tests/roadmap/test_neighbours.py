"""The roadmap in search and in the API."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actors import SYSTEM
from fairealliance.roadmap.actions import measures, publishing
from fairealliance.roadmap.models import Measure, Programme
from fairealliance.search.sources import measures as source
from tests.factories import TerritoryFactory


def test_a_measure_is_a_document(measure: Measure) -> None:
    measures.save_facilitator(by=SYSTEM, measure=measure, name="Une ville")
    measures.link(by=SYSTEM, measure=measure, kind="territory", key=TerritoryFactory(code="42218", name="Ville").pk)
    publishing.publish_measure_report(by=SYSTEM, measure=measure, dated_on=date(2022, 6, 1), text="Un site ouvert.")
    keys = list(source.keys())
    assert str(measure.pk) in keys
    [doc] = source.build([str(measure.pk)])
    assert (doc.ref, doc.kind, doc.title, doc.year) == (f"measure:{measure.pk}", "measure", "1. Mesure 1", 2022)
    assert "Un site ouvert." in doc.body
    assert "Une ville" in doc.keywords
    assert doc.territory_ref == "commune:42218"
    assert list(source.build(["999999", "rien"])) == []


def test_documents_take_a_fixed_number_of_queries(small: Programme) -> None:
    def cost(keys: list[str]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(list(source.build(keys))) == len(keys)
        return len(captured)

    keys = list(source.keys())
    cost(keys)
    assert cost(keys[:1]) == cost(keys)


def test_the_api_tells_a_programme_on_a_day(client: Client, roadmap: Programme) -> None:
    told = client.get(f"/api/v1/roadmaps/{roadmap.slug}?date=2021-05-07").json()
    assert len(told["measures"]) == 21
    assert told["counts"]["not_reported"] == 21
    assert told["measures"][0]["reports"][0]["dated_on"] == "2021-05-07"
    before = client.get(f"/api/v1/roadmaps/{roadmap.slug}/measures/1?date=2021-05-06").json()
    assert before["reports"] == []
    assert [each["slug"] for each in client.get("/api/v1/roadmaps").json()] == [roadmap.slug]


def test_the_api_tells_a_day_as_it_is_known_now(client: Client, small: Programme) -> None:
    measure = small.measures.get(number=1)
    publishing.publish_measure_report(by=SYSTEM, measure=measure, dated_on=date(2022, 6, 1), text="Fait.", result="met")
    address = "/api/v1/roadmaps/petit/measures/1?date=2022-12-31"
    assert client.get(address).json()["result"] == "not_reported"
    now = client.get(f"{address}&known=now").json()
    assert now["result"] == "met"
    assert now["reports"][0]["recorded_at"]
    assert client.get(f"{address}&known=hier").status_code == 422


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("rien", 404),
        ("alliances-strategiques?jour=2021-05-07", 422),
        ("alliances-strategiques?date=hier", 422),
        ("alliances-strategiques?date=2999-01-01", 422),
        ("alliances-strategiques?date=2019-01-01", 422),
        ("alliances-strategiques/measures/99", 404),
        ("alliances-strategiques/measures/99999999999999999999", 404),
    ],
)
def test_the_api_refuses_what_cannot_be(client: Client, roadmap: Programme, address: str, status: int) -> None:
    answer = client.get(f"/api/v1/roadmaps/{address}")
    assert answer.status_code == status
    assert "detail" in answer.json()
