"""The explorer: what it finds, how it is narrowed, and what it says to wrong input."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fairealliance.search import engine
from fairealliance.search.explore.page import highlighted
from fairealliance.search.query import Near, State
from fairealliance.territories import editions
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory
from tests.factories import OrganisationFactory, PracticeFactory, ResourceFactory, TerritoryFactory
from tests.search.fake_engine import FakeEngine, a_hit

pytestmark = pytest.mark.django_db
PAGE = "/recherche/"
SAINT_ETIENNE = {"latitude": 45.43, "longitude": 4.39}


@pytest.fixture(autouse=True)
def _no_map_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def place() -> Territory:
    region = TerritoryFactory(level=Level.REGION, code="84", name="Auvergne-Rhône-Alpes")
    loire = TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire")
    city = TerritoryFactory(
        code="42218", name="Saint-Étienne", slug="saint-etienne", population=173_000, **SAINT_ETIENNE
    )
    Membership.objects.bulk_create(
        [
            Membership(child=city, parent=loire),
            Membership(child=city, parent=region),
            Membership(child=loire, parent=region),
        ]
    )
    return city


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch, place: Territory) -> FakeEngine:
    scopes = ("commune:42218", "departement:42", "region:84", "pays:FR")
    solidarity = a_hit(
        1,
        title="Garages solidaires",
        summary="Mobilité des jeunes",
        goals=(4, 11),
        year=2023,
        scopes=scopes,
        territory="Saint-Étienne",
        spheres=("association", "entreprise"),
        source="Fonds d’essai",
        **SAINT_ETIENNE,
    )
    valley = a_hit(
        2,
        title="Garage associatif de la vallée",
        goals=(8,),
        year=2020,
        latitude=45.7,
        longitude=4.8,
        precision="approximate",
        is_demo=True,
    )
    workshop = a_hit(3, kind="organisation", title="Les Ateliers du Pont", spheres=("association",))
    snippet = (("Un <b>guide</b> des ", False), ("garages", True))
    guide = a_hit(4, kind="resource", title="Guide des garages", label="guide", snippet=snippet)
    fake = FakeEngine([solidarity, valley, workshop, guide])
    monkeypatch.setattr(engine, "find", fake.find)
    return fake


class _Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    """What a reader reads, blanks joined; no-break spaces as spaces."""
    return " ".join(" ".join(_Text(html).parts).split())


@pytest.fixture
def read(client: Client, search: FakeEngine) -> Callable[..., tuple[int, str, str]]:
    """Status, HTML and text of an address."""

    def reader(address: str, **headers: str) -> tuple[int, str, str]:
        response = client.get(address, headers=headers)
        html = response.content.decode()
        return response.status_code, html, text_of(html)

    return reader


Read = Callable[..., tuple[int, str, str]]


class TestFinding:
    def test_everything_public_is_there_at_first(self, read: Read, search: FakeEngine) -> None:
        status, _html, text = read(PAGE)
        assert status == 200
        assert "4 résultats" in text
        assert search.asked[-1].sort == "date"
        for title in ("Garages solidaires", "Les Ateliers du Pont", "Guide des garages"):
            assert title in text

    def test_words_are_searched_and_kept_in_the_field(self, read: Read, search: FakeEngine) -> None:
        _status, html, text = read(f"{PAGE}?q=garage++solidaires")
        assert search.asked[-1].text == "garage solidaires"
        assert search.asked[-1].sort == "relevance"
        assert 'value="garage solidaires"' in html
        assert "1 résultat" in text

    def test_each_facet_narrows_and_says_so_in_words(self, read: Read, search: FakeEngine) -> None:
        _status, html, text = read(f"{PAGE}?goal=4&region=84&departement=42&year=2023&sphere=association&kind=practice")
        asked = search.asked[-1]
        assert (asked.goals, asked.regions, asked.departements) == ((4,), ("84",), ("42",))
        assert (asked.years, asked.spheres, asked.kinds) == ((2023,), ("association",), ("practice",))
        for words in ("4. Éducation", "Auvergne-Rhône-Alpes", "Loire (42)", "2023", "Exemples"):
            assert words in text
        assert re.search(r'value="84" checked', html)

    def test_a_value_can_be_chosen_more_than_once(self, read: Read, search: FakeEngine) -> None:
        read(f"{PAGE}?kind=practice&kind=resource&goal=4&goal=8")
        assert search.asked[-1].kinds == ("practice", "resource")
        assert search.asked[-1].goals == (4, 8)

    def test_a_chip_takes_its_filter_away_and_only_its_own(self, read: Read) -> None:
        _status, html, _text = read(f"{PAGE}?q=garage&goal=4&kind=practice")
        chips = re.search(r'<ul class="chips explore-chips".*?</ul>', html, re.DOTALL)
        assert chips
        assert re.findall(r'href="([^"]+)"', chips.group()) == [
            "/recherche/?q=garage&amp;goal=4",
            "/recherche/?q=garage&amp;kind=practice",
            "/recherche/?q=garage",
        ]

    def test_facets_count_over_all_hits(self, read: Read) -> None:
        _status, html, _text = read(PAGE)
        option = re.search(r'value="practice".*?facet-count">(\d+)', html, re.DOTALL)
        assert option
        assert option.group(1) == "2"

    def test_a_long_facet_comes_whole_on_demand(self, read: Read, search: FakeEngine) -> None:
        search.hits = [a_hit(number, year=1900 + number) for number in range(1, 41)]
        _status, html, text = read(f"{PAGE}?q=pratique")
        assert html.count('name="year"') == 24
        assert 'href="?q=pratique&amp;tous=year"' in html
        assert "Voir les 40" in text
        _status, html, text = read(f"{PAGE}?q=pratique&tous=year")
        assert html.count('name="year"') == 40
        assert "Voir les 40" not in text

    def test_a_correction_is_told(self, read: Read, search: FakeEngine) -> None:
        search.corrected = (("gariges", "garages"),)
        _status, _html, text = read(f"{PAGE}?q=garages")
        assert "Nous n’avons rien sous « gariges » : nous avons cherché « garages »" in text

    def test_what_is_invented_and_where_it_comes_from_is_said(self, read: Read) -> None:
        _status, _html, text = read(PAGE)
        assert "Contenu inventé" in text
        assert "Source : Fonds d’essai" in text

    def test_what_matched_is_marked_and_nothing_else_is_html(self, read: Read) -> None:
        _status, html, _text = read(PAGE)
        assert "Un &lt;b&gt;guide&lt;/b&gt; des <mark>garages</mark>" in html

    def test_a_snippet_where_nothing_matched_gives_way_to_the_summary(self) -> None:
        assert highlighted((("tout", False), ("entier", False))) == ""


class TestPlace:
    def test_near_a_commune_by_name(self, read: Read, search: FakeEngine) -> None:
        _status, html, text = read(f"{PAGE}?pres=saint+etienne")
        assert search.asked[-1].near == Near(45.43, 4.39, 30)
        assert "À 30 km au plus : Saint-Étienne" in text
        assert "Sur place" in text
        assert 'data-ref="commune:42218"' in html

    def test_the_radius_is_chosen(self, read: Read, search: FakeEngine) -> None:
        read(f"{PAGE}?pres=commune:42218&km=50&tri=distance")
        assert search.asked[-1].near == Near(45.43, 4.39, 50)
        assert search.asked[-1].sort == "distance"

    def test_inside_a_commune(self, read: Read, search: FakeEngine) -> None:
        _status, _html, text = read(f"{PAGE}?pres=commune:42218&km=0")
        assert search.asked[-1].scopes == ("commune:42218",)
        assert search.asked[-1].near is None
        assert "Dans : Saint-Étienne" in text

    def test_a_departement_is_searched_inside(self, read: Read, search: FakeEngine) -> None:
        read(f"{PAGE}?pres=departement:42&km=50")
        assert search.asked[-1].scopes == ("departement:42",)
        assert search.asked[-1].near is None

    def test_a_point_of_the_globe(self, read: Read, search: FakeEngine) -> None:
        _status, _html, text = read(f"{PAGE}?pres=45.43,4.39&km=20")
        assert search.asked[-1].near == Near(45.43, 4.39, 20)
        assert "À 20 km au plus : Ma position" in text

    def test_homonyms_are_offered(self, read: Read, search: FakeEngine, place: Territory) -> None:
        TerritoryFactory(code="93066", name="Saint-Denis", population=110_000)
        TerritoryFactory(code="97411", name="Saint-Denis", population=150_000)
        editions.forget_undated()
        status, html, text = read(f"{PAGE}?pres=saint-denis")
        assert status == 200
        assert "Plusieurs lieux portent ce nom" in text
        assert 'value="commune:93066"' in html
        assert search.asked == []

    def test_without_a_place_distance_is_no_order(self, read: Read, search: FakeEngine) -> None:
        status, html, _text = read(f"{PAGE}?q=garage&tri=distance")
        assert status == 200
        assert search.asked[-1].sort == "relevance"
        assert '<option value="distance"' not in html

    def test_the_map_shows_the_hits_of_the_page_and_tells_what_it_does_not(self, read: Read) -> None:
        _status, html, text = read(PAGE)
        assert html.count("data-map-point=") == 2
        assert "map-approximate" in html
        assert "Cercle en pointillé : position approximative." in text
        assert "2 résultats de cette page n’ont pas de lieu connu." in text
        tied = re.findall(r'data-map-item="(\w+)"', html)
        assert set(tied) == set(re.findall(r'data-map-point="(\w+)"', html))


class TestWrongInput:
    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("kind=zzz", "Quoi : nous ne connaissons pas « zzz »"),
            ("goal=99", "Objectif (ODD) : nous ne connaissons pas « 99 »"),
            ("goal=%F0%9F%98%80", "Objectif (ODD)"),
            ("theme=zzz", "Thème"),
            ("sphere=zzz", "Sphère"),
            ("region=999", "Région"),
            ("departement=1;DROP TABLE", "Département"),
            ("year=l'an 2000", "Année"),
            ("year=%D9%A2%D9%A0%D9%A2%D9%A3", "Année"),
            ("page=abc", "Page « abc »"),
            ("page=0", "Page « 0 »"),
            ("page=-1", "Page « -1 »"),
            ("km=-1&pres=commune:42218", "Distance « -1 »"),
            ("km=9999", "Distance « 9999 »"),
            ("tri=zzz", "Ordre inconnu"),
            ("pres=zzzzzzzz", "Nous ne connaissons pas de lieu « zzzzzzzz »"),
            ("pres=commune:99999", "Nous ne connaissons pas de lieu"),
            ("pres=95.2,4", "n’est pas un point du globe"),
            ("pres=" + "a" * 300, "trop long"),
        ],
    )
    def test_it_is_named_in_french(self, read: Read, search: FakeEngine, query: str, words: str) -> None:
        status, _html, text = read(f"{PAGE}?{query}")
        assert status == 400
        assert words in text
        assert search.asked == []

    def test_words_too_long_are_kept(self, read: Read) -> None:
        status, html, text = read(f"{PAGE}?q={'a' * 401}")
        assert status == 400
        assert "401 caractères" in text
        assert "a" * 401 in html

    def test_400_characters_are_not_too_long(self, read: Read) -> None:
        assert read(f"{PAGE}?q={'a' * 400}")[0] == 200

    @pytest.mark.parametrize("words", ["<script>alert(1)</script>", "' OR 1=1 --", "🦊 é\u200b", "%FF", "\x1f\x7f"])
    def test_any_words_are_only_words(self, read: Read, words: str) -> None:
        status, html, _text = read(f"{PAGE}?q={words}")
        assert status == 200
        assert "<script>alert" not in html

    def test_what_we_do_not_know_is_left_aside(self, read: Read) -> None:
        assert read(f"{PAGE}?utm_source=lettre")[0] == 200

    def test_the_rest_of_the_search_stays(self, read: Read) -> None:
        _status, html, _text = read(f"{PAGE}?q=garage&km=-1")
        assert 'value="garage"' in html

    def test_a_null_character(self, client: Client, search: FakeEngine) -> None:
        assert client.get(PAGE, {"q": "a\x00"}).status_code == 400

    def test_post_is_not_for_here(self, client: Client, search: FakeEngine) -> None:
        assert client.post(PAGE).status_code == 405


class TestPaging:
    def test_pages(self, read: Read, search: FakeEngine) -> None:
        search.hits = [a_hit(number) for number in range(1, 46)]
        _status, html, text = read(f"{PAGE}?q=pratique&page=2")
        assert search.asked[-1].page == 2
        assert "45 résultats" in text
        assert 'href="?q=pratique&amp;page=3"' in html

    @pytest.mark.parametrize("page", [4, 501, 999_999])
    def test_beyond_the_last(self, read: Read, search: FakeEngine, page: int) -> None:
        search.hits = [a_hit(number) for number in range(1, 46)]
        status, _html, text = read(f"{PAGE}?page={page}")
        assert status == 404
        assert "Cette page n’existe pas, ou plus" in text

    def test_nothing_found_gives_ways_out(self, read: Read) -> None:
        status, html, text = read(f"{PAGE}?q=zzzz&pres=commune:42218&goal=4")
        assert status == 200
        assert "Rien encore pour « zzzz »" in text
        assert 'href="/recherche/?q=zzzz&amp;goal=4&amp;pres=commune%3A42218&amp;km=60"' in html
        assert 'href="/recherche/?q=zzzz&amp;goal=4"' in html
        assert 'href="/agir/?defi=zzzz"' in html


@pytest.mark.parametrize("state", [State.REBUILDING, State.UNAVAILABLE])
def test_without_an_index_the_page_says_so(client: Client, search: FakeEngine, state: State) -> None:
    search.state = state
    response = client.get(f"{PAGE}?q=garage")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "La recherche se reconstruit" in text_of(response.content.decode())


class TestPartialAnswers:
    def test_htmx_gets_what_changes_and_the_count_to_say_aloud(self, read: Read) -> None:
        _status, html, _text = read(f"{PAGE}?kind=practice", **{"HX-Request": "true"})
        assert "<html" not in html
        assert '<form class="explore" id="exploration"' in html
        assert re.search(r'role="status" id="annonce" hx-swap-oob="innerHTML">2.résultats<', html)

    def test_going_back_gets_the_whole_page(self, read: Read) -> None:
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        assert "<html" in read(PAGE, **headers)[1]

    def test_caches_tell_them_apart(self, client: Client, search: FakeEngine) -> None:
        assert "HX-Request" in client.get(PAGE)["Vary"]

    def test_without_javascript_a_button_applies(self, read: Read) -> None:
        _status, html, text = read(PAGE)
        assert '<form class="explore" id="exploration" action="/recherche/" method="get"' in html
        assert "Appliquer" in text


@pytest.mark.parametrize("rows", [1, 20])
def test_queries_do_not_follow_the_number_of_hits(
    client: Client, search: FakeEngine, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scopes = ("region:84", "departement:42")
    search.hits = [a_hit(number, goals=(4,), scopes=scopes, **SAINT_ETIENNE) for number in range(1, rows + 1)]
    address = f"{PAGE}?q=pratique&region=84&pres=commune:42218"
    client.get(address)
    with django_assert_num_queries(3):  # is the geography the same (names, places), and the place asked for
        client.get(address)


class TestPanels:
    def test_what_happens_in_a_territory(self, client: Client, search: FakeEngine, place: Territory) -> None:
        text = text_of(client.get(place.get_absolute_url()).content.decode())
        assert "Ce qui s’y passe" in text
        assert "Garages solidaires" in text
        assert "Garage associatif de la vallée" not in text

    def test_a_territory_of_which_we_know_nothing(self, client: Client, search: FakeEngine, place: Territory) -> None:
        search.hits = []
        html = client.get(place.get_absolute_url()).content.decode()
        assert "Nous ne connaissons encore rien ici" in html
        assert "/recherche/?pres=commune%3A42218&amp;km=30" in html

    def test_a_portrait_without_an_index(self, client: Client, search: FakeEngine, place: Territory) -> None:
        search.state = State.REBUILDING
        response = client.get(place.get_absolute_url())
        assert response.status_code == 200
        assert "La recherche se reconstruit" in response.content.decode()

    @pytest.mark.parametrize(
        ("factory", "kind"),
        [(PracticeFactory, "practice"), (OrganisationFactory, "organisation"), (ResourceFactory, "resource")],
    )
    def test_what_is_like_it_and_why(self, client: Client, search: FakeEngine, factory: type, kind: str) -> None:
        item = factory(goals=[4], themes=["mobilite"])
        search.hits = [
            a_hit(item.pk, kind=kind, title="Elle-même", themes=("mobilite",)),
            a_hit(item.pk + 1, kind=kind, title="Sa semblable", themes=("mobilite",)),
            a_hit(item.pk + 2, kind=kind, title="Une étrangère", themes=("eau",)),
        ]
        text = text_of(client.get(item.get_absolute_url()).content.decode())
        assert "Sa semblable" in text
        assert "Même sujet : " in text
        assert "Elle-même" not in text
        assert "Une étrangère" not in text

    def test_nothing_is_like_what_says_nothing(self, client: Client, search: FakeEngine) -> None:
        client.get(PracticeFactory().get_absolute_url())
        assert search.asked == []
