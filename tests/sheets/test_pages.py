"""The home page, the sheet's page, its narrowing, and what people type wrong."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape

from fairealliance.search.query import State
from fairealliance.territories.enums import Level
from tests.factories import TerritoryFactory
from tests.sheets.conftest import CHALLENGE, DROPOUT
from tests.sheets.fake_index import FakeIndex

SHEET = {"territoire": "commune:42218", "defi": CHALLENGE}


def text_of(response) -> str:
    """What is read on the page, in one line, plain spaces."""
    body = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&nbsp;", " ").replace("\xa0", " ").split())


def test_home(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        response = client.get("/")
    assert response.status_code == 200
    assert 'action="/agir/"' in response.content.decode()
    assert "des jeunes décrochent de l’école" in text_of(response)
    assert len(response.content) < 30_000
    assert b"style=" not in response.content
    with django_assert_max_num_queries(0):
        client.get("/")  # counts are kept


def test_home_can_be_filled(client, world):
    body = client.get("/", {"defi": "<b>la faim</b>", "territoire": "Lyon"}).content.decode()
    assert "&lt;b&gt;la faim&lt;/b&gt;" in body
    assert 'value="Lyon"' in body


def test_the_sheet(client, world, index, make_practice, make_organisation, make_resource):
    make_practice(world.neighbour, spheres=("association", "entreprise"))
    make_organisation(world.town)
    make_resource()
    index.follow()
    response = client.get("/agir/", SHEET)
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    words = text_of(response)
    for expected in (
        "Saint-Étienne",
        "« des jeunes décrochent de l’école »",
        "Jeunesse et décrochage scolaire",
        "même intercommunalité : Saint-Étienne Métropole",
        "répond à : jeunesse et décrochage scolaire",
        "Source : Source d’essai",
        "Mission locale",
        "Guide du décrochage",
        "Il manque le cercle des entreprises.",
        "Appeler la mission locale et le collège",
    ):
        assert expected in words, expected
    assert b"style=" not in response.content
    assert b"<script>" not in response.content


@pytest.mark.parametrize("rows", [1, 20])
def test_queries_of_the_page(
    client, world, index, make_practice, make_organisation, rows, django_assert_max_num_queries
):
    for number in range(rows):
        make_practice(world.neighbour, f"Jeunes et ateliers {number}", spheres=("association",))
        make_organisation(world.town, f"Jeunes et avenir {number}")
    index.follow()
    client.get("/agir/", SHEET)
    with django_assert_max_num_queries(15):
        client.get("/agir/", SHEET)


@pytest.mark.parametrize("name", ["saint etienne", "ST-ETIENNE", "Saint-Étienne"])
@pytest.mark.parametrize("parameter", ["territoire", "commune"])
def test_a_name_will_do(client, world, index, name, parameter):
    response = client.get("/agir/", {parameter: name, "defi": CHALLENGE})
    assert response.status_code == 200
    assert response.context["sheet"].territory.ref == "commune:42218"


def test_two_of_a_name_are_listed_and_the_challenge_is_kept(client, world, index):
    for code, people in (("93066", 113_000), ("97411", 153_000)):
        TerritoryFactory(code=code, name="Saint-Denis", slug="saint-denis", population=people)
    response = client.get("/agir/", {"territoire": "saint-denis", "defi": CHALLENGE, "km": "30"})
    assert response.status_code == 200
    assert "Quel « saint-denis » ?" in text_of(response)
    assert "153 000 habitants" in text_of(response).replace("\u202f", " ")
    links = re.findall(r'href="(/agir/\?[^"]+)"', response.content.decode())
    assert len(links) == 2
    assert all("defi=des+jeunes" in link and "km=30" in link for link in links)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"territoire": "xyzzy", "defi": CHALLENGE}, 404, "Nous ne connaissons pas de territoire « xyzzy »"),
        ({"territoire": "commune:99999", "defi": CHALLENGE}, 404, "Nous ne connaissons pas de territoire"),
        ({"territoire": "planete:3", "defi": CHALLENGE}, 400, "n’est pas un territoire"),
        ({"territoire": "", "defi": CHALLENGE}, 400, "Dites-nous de quel territoire"),
        ({"territoire": "commune:42218", "defi": "  "}, 400, "Dites votre défi en quelques mots"),
        ({**SHEET, "defi": "a" * 10_000}, 400, "Votre texte fait 10 000 caractères : nous en lisons 2 000 au plus"),
        ({**SHEET, "odd": "18"}, 400, "Objectif inconnu : « 18 »"),
        ({**SHEET, "odd": "quatre"}, 400, "Objectif inconnu : « quatre »"),
        ({**SHEET, "odd": "²"}, 400, "Objectif inconnu"),
        ({**SHEET, "theme": "zorglub"}, 400, "Thème inconnu : « zorglub »"),
        ({**SHEET, "sphere": "pirate"}, 400, "Sphère inconnue : « pirate »"),
        ({**SHEET, "km": "loin"}, 400, "Distance « loin »"),
        ({**SHEET, "km": "-5"}, 400, "Distance « -5 »"),
        ({**SHEET, "km": "99999"}, 400, "Distance « 99999 »"),
    ],
)
@pytest.mark.parametrize("path", ["/agir/", "/agir/fiche.pdf"])
def test_what_cannot_be_is_said_in_french(client, world, index, path, query, status, words):
    response = client.get(path, query)
    assert response.status_code == status
    assert words in text_of(response).replace("\u202f", " ")


def test_a_long_text_is_not_lost(client, world, index):
    long = "des mots " * 1000
    body = client.get("/agir/", {**SHEET, "defi": long}).content.decode()
    assert long.strip() in body


@pytest.mark.parametrize("path", ["/", "/agir/"])
def test_whoever_comes_to_act_finds_needs_offers_catalysts_and_suggestions(client, world, path):
    body = client.get(path).content.decode().split("<main")[1].split("</main>")[0]
    for way in ("/besoins/", "/offres/", "/catalyseurs/", "/mon-espace/suggestions/"):
        assert f'href="{way}"' in body, way


@pytest.mark.parametrize("path", ["/agir/"])
def test_opened_bare_it_is_a_form(client, world, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "aria-invalid" not in response.content.decode()


def test_opened_from_a_territory_it_asks_for_the_challenge(client, world):
    response = client.get("/agir/", {"territoire": "commune:42218"})
    assert response.status_code == 200
    body = response.content.decode()
    assert 'value="Saint-Étienne"' in body
    assert "aria-invalid" not in body


HOSTILE = [
    "😀🚲 des vélos 👩‍👩‍👧",
    "'; DROP TABLE territories_territory; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }} {% load x %}",
    "#panic() $x$ = titre \\ @ref `code` *gras* [lien](http://x)",
    'title:école AND (body:"x OR ~ ^ * ?',
    "\u202eécole à l’envers\u200b",
    "漢字 العربية עברית",
    "'\"()[]{}:;,.!?/\\",
    "a\x0bb\x0cc",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_typed_can_hurt(client, world, index, make_practice, words):
    make_practice(world.neighbour)
    index.follow()
    response = client.get("/agir/", {**SHEET, "defi": words})
    assert response.status_code == 200
    body = response.content.decode()
    assert "<script>alert" not in body
    assert "onerror=alert(1)>" not in body
    document = client.get("/agir/fiche.pdf", {**SHEET, "defi": words})
    assert document.status_code == 200
    assert document.content.startswith(b"%PDF-")
    assert client.get("/agir/", {"territoire": words, "defi": CHALLENGE}).status_code in (200, 404)


def test_the_users_text_stays_as_typed_in_the_form(client, world, index):
    words = "« école » : a < b & c ?"
    body = client.get("/agir/", {**SHEET, "defi": words}).content.decode()
    assert f'name="defi" value="{escape(words)}"' in body


def test_chips_left_as_they_were_hide_nothing(client, world, index, make_practice):
    untagged = make_practice(world.neighbour, "Des jeunes et l’école", themes=[], goals=[])
    index.follow()
    first = client.get("/agir/", SHEET)
    proposed = {
        "odd": [choice.value for choice in first.context["read_goals"]],
        "theme": [choice.value for choice in first.context["read_themes"]],
        "corrige": "1",
    }
    same = client.get("/agir/", {**SHEET, **proposed, "km": "50"})
    assert [line.ref for line in same.context["sheet"].cases.lines] == [f"practice:{untagged.pk}"]
    corrected = client.get("/agir/", {**SHEET, "odd": ["4"], "corrige": "1"})
    assert corrected.context["sheet"].cases.lines == ()
    assert "Limité à : objectifs : 4" in text_of(corrected)


def test_all_goals_and_themes_are_offered(client, world, index):
    context = client.get("/agir/", SHEET).context
    offered = len(context["read_goals"]) + len(context["other_goals"])
    assert offered == 17
    assert DROPOUT in [choice.value for choice in context["read_themes"]]
    assert len(context["other_themes"]) > 5


def test_chips_removed_down_to_none_leave_the_words(client, world, index, make_practice):
    made = make_practice(world.town, "École", themes=[], goals=[])
    index.follow()
    sheet = client.get("/agir/", {**SHEET, "corrige": "1"}).context["sheet"]
    assert (sheet.goals, sheet.themes) == ((), ())
    assert [line.ref for line in sheet.cases.lines] == [f"practice:{made.pk}"]


def test_while_the_index_is_rebuilt(client, world, index: FakeIndex):
    index.state = State.REBUILDING
    response = client.get("/agir/", SHEET)
    assert response.status_code == 200
    assert "La recherche est en cours de reconstruction" in text_of(response)
    assert "Appeler la mission locale" in text_of(response)
    assert "Il manque" not in text_of(response)


@pytest.mark.parametrize("level", [Level.DEPARTEMENT, Level.REGION, Level.COUNTRY, Level.EPCI])
def test_every_level_has_its_sheet(client, world, index, make_practice, level):
    make_practice(world.neighbour)
    index.follow()
    codes = {Level.DEPARTEMENT: "42", Level.REGION: "84", Level.COUNTRY: "FR", Level.EPCI: "244200770"}
    response = client.get("/agir/", {"territoire": f"{level}:{codes[level]}", "defi": CHALLENGE})
    assert response.status_code == 200
    (line,) = response.context["sheet"].cases.lines
    assert "Firminy" in line.reasons[0]


def test_a_write_by_get_is_refused(client, world):
    assert client.get("/agir/partager/", SHEET).status_code == 405


def test_sharing_asks_for_the_csrf_token(world, index):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/agir/partager/", SHEET).status_code == 403


def test_a_case_leads_to_ones_own_territory(client, world, make_practice):
    made = make_practice(world.lyon, challenge="Des jeunes seuls")
    body = client.get(made.get_absolute_url()).content.decode()
    assert "Et chez vous" in body
    assert ">Des jeunes seuls</textarea>" in body


def test_home_tells_the_real_and_the_invented_apart(client, world, make_practice):
    cache.clear()
    make_practice(world.town)
    for _number in range(2):
        make_practice(world.town, is_demo=True)
    assert "1 exemples, avec lieu et partenaires plus 2 de démonstration" in text_of(client.get("/"))


def test_a_word_that_called_for_several_themes_is_quoted_once(client, world, index):
    page = text_of(client.get("/agir/", {"territoire": "commune:42218", "defi": "la mobilité des aînés"}))
    told = page.split("À cause de vos mots")[1].split("Corriger")[0]
    assert "« mobilité »" in told
    assert told.count("« aînés »") == 1
    assert page.count("à cause de : ") > 1  # each theme still tells its own
