"""What is counted and what is not; what is kept and what can never be."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch

from fairealliance.audience import actions
from fairealliance.audience.buffer import Buffer, Key, buffer
from fairealliance.audience.models import MissedSearch, PageCount, TerritoryCount
from fairealliance.audience.searches import normal
from fairealliance.audience.visits import is_robot, page_of
from tests.factories import TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def _empty_buffer() -> Iterator[None]:
    buffer._counts.clear()
    yield
    buffer._counts.clear()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"user-agent": FIREFOX})


def counted() -> dict[str, int]:
    buffer.flush()
    return dict(PageCount.objects.values_list("page", "count"))


def test_a_page_counts_once_each_time_it_is_opened(reader: Client) -> None:
    reader.get("/aide/")
    reader.get("/aide/?page=2")
    assert counted() == {"/aide/": 2}
    reader.get("/aide/")
    assert counted() == {"/aide/": 3}, "sums go on from one writing to the next"


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": ""},
        {"user-agent": "curl/8.5.0"},
        {"user-agent": "python-requests/2.32"},
        {"user-agent": FIREFOX, "dnt": "1"},
        {"user-agent": FIREFOX, "sec-gpc": "1"},
        {"user-agent": FIREFOX, "sec-purpose": "prefetch;prerender"},
        {"user-agent": FIREFOX, "hx-request": "true"},
    ],
    ids=["robot", "silent", "curl", "script", "dnt", "gpc", "prefetch", "part of a page"],
)
def test_what_is_not_counted(client: Client, reader: Client, headers: dict[str, str]) -> None:
    client.get("/aide/", headers=headers)
    assert counted() == {}
    reader.get("/aide/")
    assert counted() == {"/aide/": 1}, "control: a reader is"


def test_errors_files_and_the_desk_are_not_counted(reader: Client) -> None:
    for path in ("/nulle-part/", "/robots.txt", "/healthz", "/audience/audience.json", "/design/", "/ressources/0/"):
        reader.get(path)
    reader.head("/aide/")
    reader.post("/aide/")
    assert counted() == {}


def test_those_signed_in_are_not_counted(reader: Client) -> None:
    reader.force_login(UserFactory(email="membre@exemple.fr", is_secretariat=True))
    reader.get("/aide/")
    assert counted() == {}
    reader.logout()
    reader.get("/aide/")
    assert counted() == {"/aide/": 1}


@pytest.mark.parametrize("agent", [FIREFOX, CHROME, SAFARI])
def test_browsers_are_readers(agent: str) -> None:
    assert not is_robot(agent)


def test_a_territory_is_counted_by_its_page_and_by_its_sheet(reader: Client) -> None:
    place = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    reader.get(place.get_absolute_url())
    reader.get("/agir/?territoire=commune:42218")
    reader.get("/aide/?territoire=commune:42218")
    buffer.flush()
    kept = set(TerritoryCount.objects.values_list("rubric", "territory", "count"))
    assert kept == {("territoires", "commune:42218", 1), ("agir", "commune:42218", 1)}


def test_nothing_of_the_reader_is_ever_stored(reader: Client) -> None:
    """Every column of every table of the room is searched for what the reader sent."""
    sent = {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "198.51.100.23",
        "HTTP_REFERER": "https://moteur.example/?q=secret",
        "HTTP_ACCEPT_LANGUAGE": "oc-FR",
        "HTTP_COOKIE": "suivi=identifiant-unique",
    }
    reader.get("/aide/", **sent)  # type: ignore[arg-type]
    buffer.flush()
    kept = stored_text()
    assert "/aide/" in kept, "control: the search does see what is stored"
    for trace in ("203.0.113", "198.51.100", "moteur", "secret", "oc-FR", "suivi", "identifiant-unique", "Firefox"):
        assert trace not in kept


def test_the_tables_have_no_room_for_a_visit() -> None:
    """A column added for an address, an agent, a person or an instant fails here."""
    allowed = {"id", "month", "count", "rubric", "page", "territory", "words"}
    for model in apps.get_app_config("audience").get_models():
        assert {field.name for field in model._meta.get_fields()} <= allowed, model


def stored_text() -> str:
    lines = []
    for model in apps.get_app_config("audience").get_models():
        lines += [repr(row) for row in model._default_manager.values_list()]
    return "\n".join(lines)


def test_a_page_opened_by_a_token_does_not_tell_it() -> None:
    request = RequestFactory().get("/agir/fiche/abcDEF123/")
    request.resolver_match = ResolverMatch(lambda: None, (), {"token": "abcDEF123"})
    assert page_of(request) == "/agir/fiche/…/"


def test_no_query_and_no_writing_while_a_page_is_answered(reader: Client) -> None:
    with CaptureQueriesContext(connection) as counted_one:
        reader.get("/aide/")
    with CaptureQueriesContext(connection) as counted_robot:
        reader.get("/aide/", headers={"user-agent": "curl/8"})
    assert len(counted_one) == len(counted_robot)
    assert PageCount.objects.count() == 0, "only the buffer has it"


@pytest.mark.parametrize(
    "text",
    ["jeanne@exemple.fr", "06 12 34 56 78", "0612345678", "https://exemple.fr", "42218001", "né 12/03/1980", "a"],
)
def test_words_that_could_tell_of_a_person_are_dropped(text: str) -> None:
    assert normal(text) == ""


def test_words_are_brought_to_one_form() -> None:
    assert normal("  Épicerie SOLIDAIRE, à vélo ") == normal("epicerie solidaire a velo") == "epicerie solidaire a velo"


def test_rare_searches_are_forgotten_when_their_month_is_over() -> None:
    actions.add_counts(counts={("missed", "rare"): 2, ("missed", "frequent"): 3}, month=date(2026, 9, 1))
    actions.add_counts(counts={("missed", "recent"): 1}, month=date(2026, 10, 1))
    assert actions.forget_rare_searches(today=date(2026, 10, 20)) == 1
    assert set(MissedSearch.objects.values_list("words", flat=True)) == {"frequent", "recent"}


def test_words_without_end_fill_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_MISSED", 5)
    for batch in range(3):
        actions.add_counts(counts={("missed", f"mots {batch} {n}"): 1 for n in range(4)}, month=date(2026, 9, 1))
    assert MissedSearch.objects.count() == 5


def test_what_cannot_be_written_is_kept_for_the_next_time() -> None:
    written: list[dict[Key, int]] = []
    away = [True]

    def write(counts: dict[Key, int]) -> None:
        if away[0]:
            raise DatabaseError("locked")
        written.append(dict(counts))

    own = Buffer(write, every=0)  # type: ignore[arg-type]
    key = Key("page", ("aide", "/aide/"))
    own.add(key)
    own.flush()
    own.add(key)
    away[0] = False
    own.flush()
    assert written == [{key: 2}]


def test_memory_is_bounded() -> None:
    own = Buffer(lambda counts: None, every=0, most=10)
    for number in range(50):
        own.add(Key("page", ("autres", f"/{number}/")))
    assert len(own._counts) == 10
    assert own.lost == 40


def test_threads_lose_no_count() -> None:
    written: list[int] = []
    own = Buffer(lambda counts: written.append(sum(counts.values())), every=0)

    def read() -> None:
        for _ in range(500):
            own.add(Key("page", ("aide", "/aide/")))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        own.flush()
    for thread in threads:
        thread.join()
    own.flush()
    assert sum(written) == 2_000
