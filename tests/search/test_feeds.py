"""The Atom feed of a search: valid, stable, absolute."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from fairealliance.search import engine
from fairealliance.search.query import State
from tests.search.fake_engine import FakeEngine, a_hit

pytestmark = pytest.mark.django_db
FEED = "/recherche/flux.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine(
        [
            a_hit(1, title="Ancienne", added=1_600_000_000),
            a_hit(
                2, title="Nouvelle <b>&</b>\x0b", added=1_700_000_000, summary="Du <i>texte</i>", source="Une source"
            ),
            a_hit(3, title="Inventée", added=1_650_000_000, is_demo=True, kind="organisation"),
        ]
    )
    monkeypatch.setattr(engine, "find", fake.find)
    return fake


def feed_of(client: Client, query: str = "") -> ET.Element:
    response = client.get(FEED + query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def test_it_says_what_atom_requires(client: Client, search: FakeEngine) -> None:
    feed = feed_of(client, "?q=elle")
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert part.findtext(ATOM + name), name
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Faire Alliance"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/recherche/?q=elle",
        "self": "http://testserver/recherche/flux.atom?q=elle",
    }


def test_newest_first_whatever_the_order_of_the_page(client: Client, search: FakeEngine) -> None:
    feed = feed_of(client, "?tri=titre&page=3")
    assert search.asked[-1].sort == "added"
    assert search.asked[-1].page == 1
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in feed.findall(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updated[0] == "2023-11-14T22:13:20+00:00"


def test_ids_are_stable_and_links_absolute(client: Client, search: FakeEngine) -> None:
    entries = feed_of(client).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        "tag:testserver,2026:practice:2",
        "tag:testserver,2026:organisation:3",
        "tag:testserver,2026:practice:1",
    ]
    first = entries[0].find(f"{ATOM}link")
    assert first is not None
    assert first.get("href") == "http://testserver/practices/2/"


def test_what_others_wrote_is_text_and_what_is_invented_says_so(client: Client, search: FakeEngine) -> None:
    first, second, _third = feed_of(client).findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Nouvelle <b>&</b>"
    summary = first.find(f"{ATOM}summary")
    assert summary is not None
    assert (summary.get("type"), summary.text) == ("text", "Du <i>texte</i>")
    assert second.findtext(f"{ATOM}title") == "[Contenu inventé] Inventée"


def test_it_is_narrowed_like_the_page(client: Client, search: FakeEngine) -> None:
    feed = feed_of(client, "?kind=organisation")
    assert len(feed.findall(f"{ATOM}entry")) == 1
    assert "Organisations" in (feed.findtext(f"{ATOM}title") or "")


def test_an_empty_feed_is_a_feed(client: Client, search: FakeEngine) -> None:
    feed = feed_of(client, "?q=zzzz")
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_the_same_feed_is_not_sent_twice(client: Client, search: FakeEngine) -> None:
    tag = client.get(FEED)["ETag"]
    assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 304


def test_wrong_values_are_refused_in_words(client: Client, search: FakeEngine) -> None:
    response = client.get(f"{FEED}?goal=99")
    assert response.status_code == 400
    assert "nous ne connaissons pas « 99 »" in response.content.decode()


def test_without_an_index(client: Client, search: FakeEngine) -> None:
    search.state = State.REBUILDING
    response = client.get(FEED)
    assert response.status_code == 503
    assert response["Retry-After"]


def test_the_page_leads_to_it(client: Client, search: FakeEngine) -> None:
    html = client.get("/recherche/?q=elle").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert 'href="/recherche/flux.atom?q=elle"' in html


@pytest.mark.parametrize("typed", ["%EF%BF%BE", "%EF%BF%BF", "%01", "%ED%A0%80"])
def test_signs_that_xml_cannot_hold_are_left_out(client: Client, search: FakeEngine, typed: str) -> None:
    assert "Faire Alliance" in (feed_of(client, f"?q=elle{typed}").findtext(f"{ATOM}title") or "")
