"""Pages of territories, as a visitor without JavaScript meets them."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actors import SYSTEM
from fairealliance.territories.actions import save_values
from fairealliance.territories.enums import State
from tests.factories import TerritoryFactory
from tests.territories.world import make_indicator, make_world, put_in

pytestmark = pytest.mark.django_db
ADDRESS = "/territoires/commune/42218-saint-etienne/"


def text_of(response) -> str:
    return response.content.decode()


def test_portrait_shows_figures_links_and_likes(client: Client):
    world = make_world()
    rate = make_indicator("taux-pauvrete", label="Taux de pauvreté", unit="%", decimals=1)
    save_values(
        by=SYSTEM, indicator=rate, rows=[(c.pk, State.KNOWN, 10.0 + i, "") for i, c in enumerate(world.communes)]
    )
    page = text_of(client.get(ADDRESS))
    assert "<h1>Saint-Étienne</h1>" in page
    assert "173\u202f000" in page
    assert "Taux de pauvreté" in page
    assert "10,0" in page
    assert "Source d’essai" in page
    assert "le plus bas de 4 territoires comparables" in page, "the fifth is too little known to be compared"
    for parent in (world.metropole, world.loire, world.region, world.france):
        assert parent.get_absolute_url() in page
    assert "Rochetaillée" in page
    assert "Saint-Chamond" in page
    assert "/agir/?territoire=commune%3A42218" in page


def test_every_level_has_its_page(client: Client):
    world = make_world()
    for territory in (world.metropole, world.astride, world.loire, world.region, world.france, world.communes[4]):
        response = client.get(territory.get_absolute_url())
        assert response.status_code == 200, territory.ref
        assert territory.name.replace("'", "&#x27;") in text_of(response)


def test_wrong_or_missing_slug_leads_to_the_right_address(client: Client):
    make_world()
    for wrong in ("/territoires/commune/42218/", "/territoires/commune/42218-nimporte-quoi/"):
        response = client.get(wrong + "?voir=commune")
        assert (response.status_code, response["Location"]) == (301, ADDRESS + "?voir=commune")


def test_old_codes_and_parts_lead_to_today_and_say_so(client: Client):
    make_world()
    cases = [
        ("/territoires/commune/42281-terrenoire/", "Ancien nom\u00a0: Terrenoire (42281)"),
        ("/territoires/commune-deleguee/42190/", "est une commune déléguée de Saint-Étienne"),
        ("/territoires/commune/42190/", "est une commune déléguée de Saint-Étienne"),
    ]
    for address, words in cases:
        response = client.get(address)
        assert response.status_code == 301, address
        assert response["Location"].startswith(ADDRESS)
        assert words in text_of(client.get(response["Location"])).replace(" :", "\u00a0:"), address


def test_the_notice_tells_only_the_truth(client: Client):
    make_world()
    for lie in ("commune:99999", "commune:42207", "x", "<script>alert(1)</script>", "commune:" + "9" * 400):
        page = text_of(client.get(ADDRESS, {"ancien": lie}))
        assert "Ancien nom" not in page
        assert "est une commune" not in page
        assert "<script>alert" not in page


def test_unknown_territory_is_a_friendly_404(client: Client):
    make_world()
    response = client.get("/territoires/commune/99999-saint-denis/")
    assert response.status_code == 404
    assert "Nous ne connaissons pas ce territoire" in text_of(response)
    assert "/territoires/commune/42001-" in text_of(response), "what comes nearest is proposed"
    assert client.get("/territoires/ville/42218-x/").status_code == 404
    assert client.get("/territoires/commune/99999/chiffres.csv").status_code == 404


def test_searching_leads_to_the_page_or_asks_which(client: Client):
    make_world()
    assert client.get("/territoires/", {"q": "st etienne"})["Location"] == ADDRESS
    assert client.get("/territoires/", {"q": "commune:42218"})["Location"] == ADDRESS
    asked = text_of(client.get("/territoires/", {"q": "saint denis"}))
    assert "Lequel, pour «" in asked
    assert "Loire (42)" in asked
    assert "Rhône (69)" in asked
    unknown = client.get("/territoires/", {"q": "<b>zzzz</b>"})
    assert unknown.status_code == 200
    assert "Nous ne connaissons pas de territoire" in text_of(unknown)
    assert "<b>zzzz" not in text_of(unknown)


def test_suggestions_are_what_the_combobox_reads(client: Client):
    make_world()
    rows = client.get("/territoires/suggestions", {"q": "hay"}).json()
    assert rows == [{"ref": "commune:69002", "name": "L'Haÿ-du-Pilat", "context": "Rhône (69)", "level": "commune"}]
    assert client.get("/territoires/suggestions").json() == []
    assert client.get("/territoires/suggestions", {"q": "x" * 10_000}).json() == []


def test_pages_stand_with_nothing_loaded(client: Client):
    assert "pas encore chargés" in text_of(client.get("/territoires/"))
    assert client.get(ADDRESS).status_code == 404


def test_the_mayor_weighs_without_javascript(client: Client):
    make_world()
    page = client.get(ADDRESS, {"poids-taille": "3", "poids-proximite": "0"})
    assert page.status_code == 200
    assert '<option value="3" selected>' in text_of(page)
    wrong = client.get(ADDRESS, {"poids-taille": "9"})
    assert wrong.status_code == 400
    assert "Un des poids choisis n’existe pas" in text_of(wrong)
    nothing = {f"poids-{group}": "0" for group in ("taille", "ruralite", "centralite", "revenus", "pauvrete")}
    nothing |= {f"poids-{group}": "0" for group in ("zones", "intercommunalite", "cadre", "proximite")}
    refused = client.get(ADDRESS, nothing)
    assert refused.status_code == 400
    assert "Gardez au moins un critère" in text_of(refused)


def test_figures_can_be_carried_away(client: Client):
    world = make_world()
    rate = make_indicator("taux", label="Taux", unit="%", decimals=1)
    secret = make_indicator("secret", label="Caché")
    save_values(by=SYSTEM, indicator=rate, rows=[(world.saint_etienne.pk, State.KNOWN, 12.5, "")])
    save_values(by=SYSTEM, indicator=secret, rows=[(world.saint_etienne.pk, State.SECRET, None, "")])
    response = client.get("/territoires/commune/42218/chiffres.csv")
    assert "saint-etienne-42218.csv" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(text_of(response).removeprefix("\ufeff")), delimiter=";"))
    by_slug = {row["identifiant"]: row for row in rows}
    assert by_slug["taux"]["valeur"] == "12,5"
    assert (by_slug["secret"]["valeur"], by_slug["secret"]["état"]) == ("", "secret statistique")
    answer = client.get("/territoires/commune/42218/chiffres.json").json()
    figures = {figure["slug"]: figure for figure in answer["figures"]}
    assert (figures["taux"]["value"], figures["secret"]["value"], figures["secret"]["state"]) == (12.5, None, "secret")
    whole = client.get("/territoires/epci/244200770/chiffres.json").json()["figures"]
    assert all(figure["state"] == "unavailable" and figure["note"] for figure in whole)


def test_members_are_listed_by_pages_in_alphabetical_order(client: Client):
    world = make_world()
    for i in range(60):
        put_in(TerritoryFactory(name=f"Élan {i:02d}", slug=f"elan-{i:02d}"), world.loire)
    first = text_of(client.get("/territoires/departement/42-loire/?voir=commune"))
    assert "Élan 00" in first
    assert "Élan 55" not in first
    assert "?voir=commune&amp;page=2" in first
    assert "Élan 55" in text_of(client.get("/territoires/departement/42-loire/?voir=commune&page=2"))
    for odd in ("abc", "999", "-1"):
        assert client.get(f"/territoires/departement/42-loire/?voir=commune&page={odd}").status_code == 200


def test_queries_do_not_grow_with_what_is_shown(client: Client):
    world = make_world()
    counts = []
    for wave in (1, 20):
        for i in range(wave):
            commune = TerritoryFactory(name=f"Voisine {wave} {i}", slug=f"voisine-{wave}-{i}", population=5000 + i)
            put_in(commune, world.metropole, world.loire, world.region, world.france)
            indicator = make_indicator(f"i-{wave}-{i}")
            save_values(by=SYSTEM, indicator=indicator, rows=[(world.saint_etienne.pk, State.KNOWN, 1.0, "")])
        for address in (ADDRESS, world.metropole.get_absolute_url(), world.loire.get_absolute_url(), "/territoires/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append((address, len(queries)))
    assert counts[:4] == counts[4:]
    assert max(count for _address, count in counts) <= 20, counts
