"""Maps and clouds as a visitor without JavaScript meets them."""

import io
import json
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from fairealliance.accounts.actors import SYSTEM
from fairealliance.territories.actions import save_values
from fairealliance.territories.actions.tally import renew_edition
from fairealliance.territories.enums import Level, State
from fairealliance.territories.models import Indicator, Territory
from tests.factories import TerritoryFactory
from tests.pages import read
from tests.territories.world import World, make_indicator, put_in

MAP = "/observatoire/territoires/menages/"
RATE = "/observatoire/territoires/taux-pauvrete/"
CROSS = "/observatoire/croiser/"


def test_the_list_says_at_which_levels_each_is_known(client: Client, households: Indicator, rate: Indicator):
    page = read(client, "/observatoire/territoires/")
    assert page.status == 200
    assert f"{MAP}?niveau=epci" in page.raw
    assert f"{RATE}?niveau=commune" in page.raw
    assert f"{RATE}?niveau=epci" not in page.raw, "a rate is not known of an EPCI: no sum is made"


def test_nothing_loaded_is_said(client: Client, db: None):
    assert "Aucun indicateur n’est encore chargé" in read(client, "/observatoire/territoires/").words


def test_one_indicator_is_not_crossed_with_itself(client: Client, households: Indicator):
    page = read(client, f"{CROSS}?x=menages&y=menages")
    assert "Il faut deux indicateurs chiffrés, un seul est chargé" in page.words
    assert "Ce qui range en classes (densité, ruralité, centralité) se lit en carte et ne se croise pas." in page.words
    assert "<select" not in page.raw
    assert "« Imports »" in page.words
    assert CROSS not in read(client, "/observatoire/territoires/").raw


def test_two_indicators_are_offered_to_be_crossed(client: Client, households: Indicator, rate: Indicator):
    assert "<select" in read(client, CROSS).raw
    assert CROSS in read(client, "/observatoire/territoires/").raw


def test_a_count_is_mapped_with_its_sum_its_source_and_its_legend(client: Client, households: Indicator):
    page = read(client, f"{MAP}?niveau=departement")
    assert page.status == 200
    for expected in ("Ménages, par département", "Source d’essai", "2021", "Légende", "somme de ses 3 communes"):
        assert expected in page.words, expected
    assert 'href="/territoires/departement/42/"' in page.raw
    assert "<title>Loire : 600" in page.raw


def test_the_level_is_guessed_when_none_is_asked(client: Client, rate: Indicator):
    page = read(client, RATE)
    assert "Taux de pauvreté, par commune" in page.words


def test_no_value_at_a_level_says_why_and_where_there_are_some(client: Client, rate: Indicator):
    page = read(client, f"{RATE}?niveau=epci")
    assert page.status == 200
    assert "n’a pas de chiffre officiel pour les intercommunalités" in page.words
    assert "?niveau=commune" in page.raw
    assert "atlas-map" not in page.raw


def test_missing_secret_and_not_applicable_are_three_things(client: Client, rate: Indicator):
    page = read(client, f"{RATE}?niveau=commune")
    for tone in ("q missing", "q secret", "q none"):
        if tone == "q missing":
            continue  # the fifth commune has no position: it is in the table only
        assert tone in page.raw, tone
    for word in ("secret statistique", "sans objet", "non disponible"):
        assert word in page.words, word


@pytest.mark.parametrize("slug", ["menages", "part-cadres"])
def test_what_is_off_the_map_is_not_drawn_without_a_frame(client: Client, households: Indicator, slug: str):
    """Circles of a count, tones of a rate."""
    epci = TerritoryFactory(level=Level.EPCI, code="249710062", name="Cap Excellence", latitude=16.2, longitude=-61.5)
    put_in(TerritoryFactory(code="97101", name="Les Abymes", latitude=16.2, longitude=-61.5), epci)
    other = Territory.objects.get(level=Level.EPCI, code="244200770")
    other.latitude, other.longitude = 45.4, 4.4
    other.save()
    rows = [(epci.pk, State.UNAVAILABLE, None, ""), (other.pk, State.KNOWN, 12.0, "")]
    save_values(by=SYSTEM, indicator=make_indicator("part-cadres", label="Cadres", unit="%"), rows=rows)
    renew_edition("reference")
    page = read(client, f"/observatoire/territoires/{slug}/?niveau=epci")
    assert "Hors de la carte, faute de chiffre : Guadeloupe." in page.words.replace("\xa0", " ")
    assert "<title>Cap Excellence" not in page.raw
    assert "<title>Saint-Étienne Métropole" in page.raw
    assert "Cap Excellence" in page.words, "the table has it"


def test_parts_above_the_title_are_told_apart(client: Client, households: Indicator):
    page = read(client, MAP)
    assert re.search(r"class=\"kicker\">[^<]+ · [^<]+, 2021 · ménages<", page.raw)


def test_unknown_is_not_zero_in_files(client: Client, rate: Indicator):
    rows = client.get("/observatoire/territoires/taux-pauvrete.json?niveau=commune").json()["rows"]
    values = {row["code"]: row["valeur"] for row in rows}
    assert values == {"42218": 10.0, "42207": 22.5, "42001": None, "69001": None, "69002": None}


def test_files_say_the_same_as_the_page(client: Client, households: Indicator):
    query = "?niveau=departement"
    text = client.get(f"/observatoire/territoires/menages.csv{query}").content.decode("utf-8-sig")
    assert "departement;42;Loire;770000;connu;600;" in text
    held = client.get(f"/observatoire/territoires/menages.json{query}").json()
    assert {row["nom"]: row["valeur"] for row in held["rows"]} == {"Loire": 600.0, "Rhône": 900.0}
    assert held["source"] == "Source d’essai"
    book = load_workbook(io.BytesIO(client.get(f"/observatoire/territoires/menages.xlsx{query}").content))
    assert [row[2].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["Rhône", "Loire"]
    drawn = client.get(f"/observatoire/territoires/menages.svg{query}")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert "Source d’essai" in drawn.content.decode()


def test_a_name_cannot_become_markup_nor_a_formula(client: Client, world: World, households: Indicator):
    world.loire.name = "=1+1<script>alert(1)</script>"
    world.loire.save()
    for address in (f"{MAP}?niveau=departement", "/observatoire/territoires/menages.svg?niveau=departement"):
        assert b"<script>alert" not in client.get(address).content
    text = client.get("/observatoire/territoires/menages.csv?niveau=departement").content.decode()
    assert ";'=1+1" in text


def test_no_cell_of_a_workbook_runs(client: Client, world: World, households: Indicator):
    """In the table, and on the sheet that says what it is."""
    world.loire.name = "=1+1"
    world.loire.save()
    source = households.source
    source.label = source.producer = "+33 a été compté"
    source.save()
    book = load_workbook(io.BytesIO(client.get("/observatoire/territoires/menages.xlsx?niveau=departement").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    told = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=1+1" in told
    assert "'+33 a été compté" in told
    assert not [value for value in told if value.startswith(("=", "+", "@"))]


def test_sorting_by_links_keeps_unknown_last(client: Client, rate: Indicator):
    def names(sort: str) -> list[str]:
        text = client.get(f"/observatoire/territoires/taux-pauvrete.csv?niveau=commune&tri={sort}").content.decode()
        return [line.split(";")[2] for line in text.splitlines()[1:]]

    assert names("valeur")[:2] == ["Saint-Étienne", "Saint-Chamond"]
    assert names("-valeur")[:2] == ["Saint-Chamond", "Saint-Étienne"]
    page = read(client, f"{RATE}?niveau=commune&tri=valeur")
    assert 'aria-sort="ascending"' in page.raw


def test_one_s_territory_is_marked_with_those_like_it(client: Client, households: Indicator):
    page = read(client, f"{MAP}?niveau=departement&territoire=commune:42218")
    assert 'class="is-own"' in page.raw
    assert 'class="own"' in page.raw
    assert "Loire" in page.words


def test_a_territory_that_holds_several_is_told(client: Client, households: Indicator):
    page = read(client, f"{MAP}?niveau=departement&territoire=region:84")
    assert page.status == 200
    assert "compte plusieurs départements" in page.words


def test_an_unknown_territory_is_told(client: Client, households: Indicator):
    assert "Nous ne connaissons pas de territoire « zzzz »" in read(client, f"{MAP}?territoire=zzzz").words


@pytest.mark.parametrize(
    "query",
    [
        "niveau=canton",
        "classes=2",
        "classes=abc",
        "classes=99999999999999999999",
        "classes=00059",
        "methode=x",
        "par=x",
        "tri=x",
    ],
)
def test_bad_parameters_are_refused_with_what_would_do(client: Client, households: Indicator, query: str):
    page = read(client, f"{MAP}?{query}")
    assert page.status == 400
    assert "Revenir à la carte" in page.words


def test_an_unknown_indicator_leads_to_those_there_are(client: Client, households: Indicator):
    page = read(client, "/observatoire/territoires/rien/")
    assert page.status == 404
    assert MAP in page.raw
    assert client.get("/observatoire/territoires/rien.csv").status_code == 404
    assert client.get("/observatoire/territoires/menages.exe").status_code == 404


def test_per_inhabitants_divides_by_the_population(client: Client, households: Indicator):
    rows = client.get("/observatoire/territoires/menages.json?niveau=departement&par=habitants").json()["rows"]
    assert {row["nom"]: row["valeur"] for row in rows}["Loire"] == pytest.approx(600 / 770_000 * 1000)


def test_words_are_shown_one_at_a_time(client: Client, world: World):
    kind = make_indicator("densite", label="Densité", kind="category")
    rows = [(c.pk, State.KNOWN, None, "Rural" if i else "Urbain") for i, c in enumerate(world.communes)]
    save_values(by=SYSTEM, indicator=kind, rows=rows)
    page = read(client, "/observatoire/territoires/densite/")
    assert "« Rural » : 4 communes sur 5" in page.words.replace("\xa0", " ")
    other = read(client, "/observatoire/territoires/densite/?modalite=Urbain")
    assert "« Urbain » : 1 commune sur 5" in other.words.replace("\xa0", " ")


def _more(world: World, indicator: Indicator, number: int) -> None:
    made = [
        TerritoryFactory(level=Level.EPCI, code=f"3000000{n:02d}", name=f"CC {n}", slug=f"cc-{n}")
        for n in range(number)
    ]
    for n, epci in enumerate(made):
        put_in(epci, world.france)
        commune = TerritoryFactory(code=f"7{n:04d}", name=f"Village {n}", slug=f"village-{n}")
        put_in(commune, epci, world.france)
    communes = [each.pk for each in world.communes] + list(
        world.france.members.filter(child__level="commune", child__code__startswith="7").values_list(
            "child_id", flat=True
        )
    )
    save_values(by=SYSTEM, indicator=indicator, rows=[(pk, State.KNOWN, float(i), "") for i, pk in enumerate(communes)])
    renew_edition("reference")  # as loading territories does


@pytest.mark.parametrize("address", [f"{MAP}?niveau=epci&territoire=commune:42218", "/observatoire/territoires/"])
def test_queries_do_not_grow(client: Client, world: World, households: Indicator, address: str):
    read(client, address)
    few = read(client, address).queries
    _more(world, households, 20)
    for n in range(20):
        make_indicator(f"autre-{n}")
    read(client, address)
    assert read(client, address).queries == few


def test_a_cloud_tells_the_link_prudently(client: Client, world: World, households: Indicator):
    other = make_indicator("voitures", label="Voitures", unit="voitures", additive=True)
    _more(world, households, 20)
    rows = list(households.values.filter(territory__level="commune").values_list("territory_id", "number"))
    save_values(by=SYSTEM, indicator=other, rows=[(pk, State.KNOWN, number * 2, "") for pk, number in rows])
    page = read(client, f"{CROSS}?x=menages&y=voitures&niveau=commune&territoire=commune:42218")
    assert page.status == 200
    for expected in ("Corrélation de rang 1,00", "ne disent pas que l’un cause l’autre", "Saint-Étienne"):
        assert expected in page.words, expected
    assert 'class="own"' in page.raw
    held = client.get("/observatoire/croiser.json?x=menages&y=voitures&niveau=commune").json()
    assert held["rho"] == pytest.approx(1.0)
    assert held["n"] == len(rows)
    for form in ("csv", "xlsx", "svg"):
        assert client.get(f"/observatoire/croiser.{form}?x=menages&y=voitures&niveau=commune").status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("x=menages&y=menages", "deux indicateurs différents"),
        ("x=menages&y=rien", "Nous n’avons pas d’indicateur"),
        ("x=menages&y=taux-pauvrete&niveau=epci", "ne sont pas connus ensemble"),
        ("x=menages&y=taux-pauvrete&niveau=lune", "n’est pas un niveau"),
    ],
)
def test_a_cloud_that_cannot_be_is_refused(
    client: Client, households: Indicator, rate: Indicator, query: str, said: str
):
    page = read(client, f"{CROSS}?{query}")
    assert page.status == 400
    assert said in page.words
    assert client.get(f"/observatoire/croiser.csv?{query}").status_code == 400


def test_the_form_comes_first(client: Client, households: Indicator, rate: Indicator):
    page = read(client, CROSS)
    assert page.status == 200
    assert "Choisissez deux chiffres" in page.words


def test_json_is_json(client: Client, households: Indicator):
    json.loads(client.get("/observatoire/territoires/menages.json").content)


def test_a_number_of_inhabitants_is_told_once(client: Client, world: World) -> None:
    indicator = make_indicator("population", label="Population", unit="habitants", additive=True)
    rows = [(commune.pk, State.KNOWN, 100.0, "") for commune in world.communes]
    save_values(by=SYSTEM, indicator=indicator, rows=rows)
    page = read(client, "/observatoire/territoires/population/?niveau=commune")
    headings = re.findall(r'<th scope="col".*?<a [^>]*>(.*?)</a>', page.raw)
    assert [heading.split("<")[0].strip() for heading in headings] == ["Territoire", "Population"]
    by_head = read(client, "/observatoire/territoires/population/?niveau=commune&par=habitants")
    assert by_head.raw.count(">Habitants<") == 1
