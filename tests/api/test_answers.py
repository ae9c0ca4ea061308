"""What the API answers, and how it refuses."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fairealliance.accounts.actors import SYSTEM
from fairealliance.api.search import Kind
from fairealliance.network.models import Catalyst
from fairealliance.organisations import merging
from fairealliance.practices.models import Practice
from fairealliance.search.documents import sources
from fairealliance.search.query import Near, State
from fairealliance.territories.models import Territory
from tests.factories import OrganisationFactory, ResourceFactory, TerritoryFactory
from tests.network.cast import catalyst
from tests.organisations.cast import person
from tests.search.fake_engine import FakeEngine, a_hit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search")]
V1 = "/api/v1"


def ask(client: Client, address: str, *, status: int = 200) -> Any:
    response = client.get(V1 + address)
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"].startswith("application/json")
    return response.json()


class TestTerritories:
    def test_finding_one(self, client: Client, city: Territory) -> None:
        found = ask(client, "/territories?q=saint etienne")["results"][0]
        assert found["ref"] == "commune:42218"
        assert found["url"] == "http://testserver/territoires/commune/42218-saint-etienne/"

    def test_levels_narrow(self, client: Client, city: Territory) -> None:
        found = ask(client, "/territories?q=loire&level=departement&limit=1")["results"]
        assert [each["ref"] for each in found] == ["departement:42"]

    def test_a_figure_says_its_state_source_vintage_and_unit(self, client: Client, city: Territory) -> None:
        portrait = ask(client, "/territories/commune/42218")
        known, secret, nothing, absent = portrait["figures"]
        assert (known["state"], known["value"], known["unit"], known["vintage"]) == ("known", 12.5, "%", "2021")
        assert (known["source"], known["source_url"]) == ("Institut", "https://exemple.fr")
        assert [each["state"] for each in (secret, nothing, absent)] == ["secret", "not_applicable", "unavailable"]
        assert {each["value"] for each in (secret, nothing, absent)} == {None}
        assert portrait["is_demo"] is False
        assert portrait["sources"][0]["label"] == "Institut d’essai"

    def test_what_contains_it(self, client: Client, city: Territory) -> None:
        within = ask(client, "/territories/commune/42218")["within"]
        assert [each["ref"] for each in within] == ["departement:42", "region:84", "pays:FR"]

    def test_a_former_code_leads_to_today(self, client: Client, city: Territory) -> None:
        portrait = ask(client, "/territories/commune/42208")
        assert (portrait["ref"], portrait["asked"]) == ("commune:42218", "commune:42208")
        assert portrait["former"] == [{"level": "commune", "code": "42208", "name": "Terrenoire", "kind": "merged"}]

    def test_unknown_ones(self, client: Client, city: Territory) -> None:
        assert "commune:99999" in ask(client, "/territories/commune/99999", status=404)["detail"]
        problem = ask(client, "/territories/canton/42218", status=422)["detail"][0]
        assert problem["loc"] == ["path", "level"]
        assert "'commune'" in problem["msg"]
        assert " ou " in problem["msg"]

    def test_comparable(self, client: Client, city: Territory) -> None:
        TerritoryFactory(code="83137", name="Toulon", population=179_000)
        answer = ask(client, "/territories/commune/42218/comparable?limit=2&weight=taille:3&weight=proximite:1")
        assert answer["territory"]["ref"] == "commune:42218"
        assert len(answer["neighbours"]) <= 2

    @pytest.mark.parametrize("weight", ["taille", "taille:9", "zzz:1", "taille:-1", ":"])
    def test_wrong_weights(self, client: Client, city: Territory, weight: str) -> None:
        problem = ask(client, f"/territories/commune/42218/comparable?weight={weight}", status=422)["detail"][0]
        assert problem["loc"] == ["query", "weight"]


class TestSearch:
    def test_what_it_finds(self, client: Client) -> None:
        answer = ask(client, "/search?q=garages&kind=practice&goal=4&sphere=association&territory=commune:42218")
        (hit,) = answer["results"]
        assert (hit["ref"], hit["is_demo"], hit["source"]) == ("practice:1", True, "Source d’essai")
        assert hit["url"] == "http://testserver/practices/1/"
        assert answer["facets"]["goal"][0]["label"].startswith("4. ")

    def test_every_parameter_reaches_the_engine(self, client: Client, search: FakeEngine) -> None:
        ask(
            client,
            "/search?kind=practice&kind=resource&goal=4&goal=8&theme=mobilite&sphere=etat&region=84&departement=42"
            "&year=2023&territory=saint-etienne&lat=45.4&lon=4.3&km=12&sort=distance&page=2&size=5",
        )
        asked = search.asked[-1]
        assert (asked.kinds, asked.goals, asked.themes) == (("practice", "resource"), (4, 8), ("mobilite",))
        assert (asked.spheres, asked.regions, asked.departements) == (("etat",), ("84",), ("42",))
        assert (asked.years, asked.scopes, asked.near) == ((2023,), ("commune:42218",), Near(45.4, 4.3, 12))
        assert (asked.sort, asked.page, asked.size) == ("distance", 2, 5)

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("kind=zzz", "kind"),
            ("goal=99", "goal"),
            ("goal=quatre", "goal"),
            ("theme=zzz", "theme"),
            ("sphere=zzz", "sphere"),
            ("region=999", "region"),
            ("departement=999", "departement"),
            ("year=bientôt", "year"),
            ("territory=zzzz", "territory"),
            ("territory=commune:99999", "territory"),
            ("lat=45", "lon"),
            ("lat=95&lon=4", "lat"),
            ("lat=nan&lon=4", "lat"),
            ("km=10", "km"),
            ("sort=distance", "sort"),
            ("sort=zzz", "sort"),
            ("page=0", "page"),
            ("page=9999", "page"),
            ("size=1000", "size"),
            ("q=" + "a" * 401, "q"),
            ("zzz=1", "zzz"),
            ("Q=1", "Q"),
        ],
    )
    def test_a_refusal_names_the_parameter_in_french(self, client: Client, query: str, name: str) -> None:
        problems = ask(client, f"/search?{query}", status=422)["detail"]
        assert name in problems[0]["loc"]
        assert not problems[0]["msg"].startswith(("Input", "Value", "Field"))

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("lat=95&lon=4", "Au plus 90."),
            ("lat=4&lon=-181", "Au moins -180."),
            ("lat=inf&lon=4", "Il faut un nombre fini."),
            ("lat=4&lon=4&km=0", "Plus de 0."),
            ("lat=4&lon=4&km=nan", "Il faut un nombre fini."),
        ],
    )
    def test_a_number_out_of_its_bounds_is_told_the_bound(self, client: Client, query: str, said: str) -> None:
        assert [each["msg"] for each in ask(client, f"/search?{query}", status=422)["detail"]] == [said]

    def test_all_that_is_unknown_is_said_at_once(self, client: Client) -> None:
        problems = ask(client, "/search?q=a&zzz=1&yyy=2", status=422)["detail"]
        assert [each["loc"] for each in problems] == [["query", "yyy"], ["query", "zzz"]]
        assert "departement, goal, kind, km" in problems[0]["msg"]

    def test_homonyms_are_listed(self, client: Client) -> None:
        TerritoryFactory(code="93066", name="Saint-Denis", population=110_000)
        TerritoryFactory(code="97411", name="Saint-Denis", population=150_000)
        problem = ask(client, "/search?territory=saint denis", status=422)["detail"][0]
        assert "commune:93066" in problem["msg"]

    def test_every_kind_of_the_index_is_told(self, client: Client, search: FakeEngine) -> None:
        assert {source.kind for source in sources()} == {kind.value for kind in Kind}

    def test_an_article_is_found(self, client: Client, search: FakeEngine) -> None:
        search.hits.append(a_hit(7, kind="article", title="Bilan du mois", url="/actualites/bilan/"))
        (hit,) = ask(client, "/search?q=bilan&kind=article")["results"]
        assert (hit["kind"], hit["url"]) == ("article", "http://testserver/actualites/bilan/")

    def test_without_an_index(self, client: Client, search: FakeEngine) -> None:
        search.state = State.UNAVAILABLE
        response = client.get(f"{V1}/search?q=garage")
        assert response.status_code == 503
        assert response["Retry-After"]
        assert "reconstruit" in response.json()["detail"]


class TestRecords:
    def test_a_practice(self, client: Client, practice: Practice) -> None:
        answer = ask(client, f"/practices/{practice.pk}")
        assert answer["is_demo"] is True
        assert answer["cost"] == 1200.5
        assert answer["origin"]["source"]["label"] == "Source des pratiques"
        assert answer["origin"]["source_url"] == "https://exemple.fr/1"
        assert answer["territories"][0]["ref"] == "commune:42218"
        assert answer["partners"][0]["organisation"]["title"] == "Les Ateliers"
        assert answer["tools"][0]["title"] == "Guide"

    def test_an_organisation_and_a_resource(self, client: Client) -> None:
        organisation = OrganisationFactory(name="Les Ateliers", siren="552100554")
        assert ask(client, f"/organisations/{organisation.pk}")["siren"] == "552100554"
        resource = ResourceFactory(title="Guide", producer=organisation)
        answer = ask(client, f"/resources/{resource.pk}")
        assert (answer["medoc"], answer["producer"]["title"]) == ("tool", "Les Ateliers")
        assert answer["origin"] == {"source": None, "source_url": "", "source_passage": "", "imported_at": None}

    @pytest.mark.parametrize("kind", ["practices", "organisations", "resources"])
    @pytest.mark.parametrize("key", ["0", "999999", "9" * 40])
    def test_unknown_ones(self, client: Client, kind: str, key: str) -> None:
        assert "fiche numéro" in ask(client, f"/{kind}/{key}", status=404)["detail"]


class TestSheet:
    def test_a_sheet(self, client: Client) -> None:
        answer = ask(
            client, "/sheet?territory=commune:42218&challenge=des jeunes décrochent de l’école&km=50&sphere=etat"
        )
        assert answer["territory"]["ref"] == "commune:42218"
        assert answer["filters"]["km"] == 50
        assert {"figures", "cases", "tools", "skills", "allies", "steps"} <= set(answer)

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("challenge=emploi", "territory"),
            ("territory=commune:42218", "challenge"),
            ("territory=commune:42218&challenge=", "challenge"),
            ("territory=commune:42218&challenge=%20%20", "challenge"),
            ("territory=commune:42218&challenge=" + "a" * 10_000, "challenge"),
            ("territory=zzzz&challenge=emploi", "territory"),
            ("territory=commune:42218&challenge=emploi&goal=99", "goal"),
            ("territory=commune:42218&challenge=emploi&theme=zzz", "theme"),
            ("territory=commune:42218&challenge=emploi&km=0", "km"),
            ("territory=commune:42218&challenge=emploi&defi=x", "defi"),
        ],
    )
    def test_wrong_input(self, client: Client, query: str, name: str) -> None:
        assert name in ask(client, f"/sheet?{query}", status=422)["detail"][0]["loc"]

    def test_without_an_index_the_rest_is_there(self, client: Client, search: FakeEngine) -> None:
        search.state = State.REBUILDING
        answer = ask(client, "/sheet?territory=commune:42218&challenge=emploi")
        assert answer["search_state"] == "rebuilding"
        assert answer["steps"]


class TestAddresses:
    @pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v2/search", "/api/v1/zzz", "/api/v1/search/"])
    def test_an_unknown_one_answers_in_json(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert response.status_code == 404
        assert response.json()["detail"]

    def test_a_null_character_is_refused_in_json(self, client: Client) -> None:
        response = client.get(f"{V1}/search", {"q": "a\x00"})
        assert response.status_code == 400
        assert response.json()["detail"]

    @pytest.mark.parametrize("address", ["/openapi.json?x=1", "/territories/commune/42218?x=1", "/practices/1?x=1"])
    def test_unknown_parameters_are_refused_everywhere(self, client: Client, address: str) -> None:
        ask(client, address, status=422)

    def test_the_documentation_names_every_operation(self, client: Client) -> None:
        html = client.get(f"{V1}/docs").content.decode()
        schema = ask(client, "/openapi.json")
        for path, methods in schema["paths"].items():
            assert f"GET {path}" in html
            assert methods["get"]["summary"] in html
        names = {method["operationId"] for methods in schema["paths"].values() for method in methods.values()}
        assert names >= {"territories", "territory", "comparable", "search", "sheet"}

    def test_every_parameter_is_described(self, client: Client) -> None:
        for path, methods in ask(client, "/openapi.json")["paths"].items():
            for parameter in methods["get"].get("parameters", []):
                said = parameter.get("description") or parameter["schema"].get("description")
                assert said, f"{path} {parameter['name']}"


def test_a_merged_organisation_leads_to_the_one_that_was_kept(client: Client) -> None:
    kept, gone = OrganisationFactory(name="La Halle"), OrganisationFactory(name="Halle (doublon)")
    merging.merge(by=SYSTEM, kept=kept, gone=gone)
    response = client.get(f"{V1}/organisations/{gone.pk}")
    assert (response.status_code, response["Location"]) == (302, f"{V1}/organisations/{kept.pk}")
    assert client.get(response["Location"]).json()["name"] == "La Halle"
    assert client.get(f"{V1}/organisations/987654").status_code == 404


class TestCatalysts:
    @pytest.fixture
    def cleo(self, city: Territory) -> Catalyst:
        loire = Territory.objects.get(level="departement")
        return catalyst("cleo@exemple.fr", loire, name="Cléo Relie", sectors=["emploi"], trades=["place"])

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ("", 1),
            ("?territory=commune:42218", 1),
            ("?territory=commune:43268", 0),
            ("?trade=place&sector=emploi", 1),
            ("?trade=dialogue", 0),
            ("?sector=climat", 0),
        ],
    )
    def test_narrowed(self, client: Client, cleo: Catalyst, asked: str, count: int) -> None:
        found = ask(client, f"/catalysts{asked}")
        assert (found["total"], len(found["results"])) == (count, count)

    def test_what_they_say(self, client: Client, cleo: Catalyst) -> None:
        told = ask(client, f"/catalysts/{cleo.pk}")
        assert (told["name"], told["trades"], told["sectors"]) == ("Cléo Relie", ["place"], ["emploi"])
        assert [each["ref"] for each in told["territories"]] == ["departement:42"]
        assert (told["is_available"], told["is_demo"]) == (True, False)
        assert "cleo@exemple.fr" not in str(told)
        Catalyst.objects.update(capacity=0)
        assert ask(client, f"/catalysts/{cleo.pk}")["is_available"] is False

    def test_who_withdrew_is_as_who_does_not_exist(self, client: Client, cleo: Catalyst) -> None:
        Catalyst.objects.update(consented_at=None)
        assert ask(client, "/catalysts")["total"] == 0
        absent = ask(client, "/catalysts/999999", status=404)
        assert ask(client, f"/catalysts/{cleo.pk}", status=404) == absent

    def test_invented_profiles_are_counted_apart_as_on_the_page(self, client: Client, cleo: Catalyst, city) -> None:
        catalyst(person("e@demo.invalid", is_demo=True), city)
        found = ask(client, "/catalysts")
        assert (found["total"], found["invented"]) == (1, 1)
        assert [each["is_demo"] for each in found["results"]] == [False, True]

    def test_pages(self, client: Client, cleo: Catalyst, city: Territory) -> None:
        catalyst("d@exemple.fr", city)
        found = ask(client, "/catalysts?size=1&page=2")
        assert (found["total"], found["pages"], len(found["results"])) == (2, 2, 1)
        assert ask(client, "/catalysts?page=9")["results"] == []

    def test_as_many_queries_for_one_as_for_twenty(
        self, client: Client, cleo: Catalyst, city: Territory, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(19):
            catalyst(f"c{number}@exemple.fr", city)
        with django_assert_num_queries(5):
            assert len(ask(client, "/catalysts")["results"]) == 20

    def test_what_is_covered(self, client: Client, cleo: Catalyst) -> None:
        (line,) = ask(client, "/coverage?sector=emploi")["lines"]
        assert line["territory"]["ref"] == "departement:42"
        assert line["cells"] == [{"sector": "emploi", "state": "whole", "whole": 1, "part": 0, "asked": 0}]
        whole = ask(client, "/coverage?level=region&region=84")
        assert len(whole["lines"]) == 1
        assert whole["blanks"] == len(whole["sectors"])

    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("/catalysts?ou=42218", "ou"),
            ("/catalysts?sector=inconnu", "sector"),
            ("/catalysts?trade=inconnu", "trade"),
            ("/catalysts?territory=commune:99999", "territory"),
            ("/coverage?level=commune", "level"),
            ("/coverage?region=00", "region"),
            ("/coverage?secteur=emploi", "secteur"),
        ],
    )
    def test_what_is_not_understood_is_refused(self, client: Client, city: Territory, address: str, name: str) -> None:
        assert ask(client, address, status=422)["detail"][0]["loc"] == ["query", name]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/territories/commune/42218", 200),
        ("/api/v1/territories/commune/99999", 404),
        ("/api/v1/territories?inconnu=1", 422),
        ("/api/v1/search?q=garage", 200),
        ("/api/v1/rien", 404),
        ("/api/v1/openapi.json", 200),
    ],
)
def test_head_is_answered_as_get_less_its_body(client: Client, city, search, address: str, status: int) -> None:
    read, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (status, b"")
    told = {name: value for name, value in head.items() if name != "Content-Length"}
    assert told == {name: value for name, value in read.items() if name != "Content-Length"}
    assert head["Content-Length"] == str(len(read.content))


def test_what_is_not_read_is_still_refused(client: Client, city) -> None:
    refused = client.post("/api/v1/territories/commune/42218")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
