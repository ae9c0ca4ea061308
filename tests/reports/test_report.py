"""What a report says of a territory, and what it refuses to say."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from fairealliance.accounts.actors import SYSTEM
from fairealliance.observatory.starter_content import load
from fairealliance.reports import reading
from fairealliance.reports.compose import compose
from fairealliance.reports.spread import QUARTER, spreads
from fairealliance.search.query import Results
from fairealliance.territories.actions import save_values
from fairealliance.territories.enums import State
from fairealliance.territories.models import Indicator, Territory
from tests.factories import TerritoryFactory
from tests.pages import read
from tests.reports.conftest import away, full
from tests.territories.world import World, make_indicator, put_in

LOIRE = "/territoires/departement/42-loire/rapport/"


def test_a_rate_is_told_by_the_inhabitants_of_the_hardest_communes(world: World, poverty: Indicator):
    spread = spreads()["taux-pauvrete"]
    assert spread.threshold == 28.0
    loire = spread.shares[world.loire.pk]
    assert loire.share == pytest.approx(173_000 / 212_000)
    assert loire.covered == 1.0


def test_no_mean_of_rates_is_ever_made(world: World, poverty: Indicator, client: Client):
    mean = (28.0 * 173 + 15.0 * 35 + 9.0 * 4) / 212
    page = read(client, LOIRE)
    assert f"{mean:.1f}".replace(".", ",") not in page.words
    assert "82 %" in page.words.replace("\xa0", " ")


def test_too_many_secrets_and_nothing_is_said(world: World, poverty: Indicator):
    assert world.rhone.pk not in spreads()["taux-pauvrete"].shares, "5 000 of 8 000 inhabitants are not known"
    report = compose(world.rhone)
    assert report.measured == []
    assert report.unmeasured == ["Taux de pauvreté"]


def test_a_low_income_is_the_hard_end(world: World):
    income = make_indicator("revenu-median", label="Revenu médian", unit="€")
    numbers = [30_000.0, 15_000.0, 25_000.0, 26_000.0, 27_000.0]
    rows = [(c.pk, State.KNOWN, number, "") for c, number in zip(world.communes, numbers, strict=True)]
    save_values(by=SYSTEM, indicator=income, rows=rows)
    spread = spreads()["revenu-median"]
    assert world.communes[1].pk in spread.hard
    assert compose(world.loire).measured[0].threshold.endswith("ou moins")


def test_by_construction_france_is_a_quarter(db: None):
    """With many communes of one size, a quarter of the inhabitants of France live in the hardest ones."""
    france = TerritoryFactory(level="pays", code="FR", name="France")
    rate = make_indicator("taux-pauvrete", label="Taux de pauvreté", unit="%")
    communes = [TerritoryFactory() for _ in range(40)]
    for commune in communes:
        put_in(commune, france)
    save_values(by=SYSTEM, indicator=rate, rows=[(c.pk, State.KNOWN, float(i), "") for i, c in enumerate(communes)])
    assert spreads()["taux-pauvrete"].shares[france.pk].share == pytest.approx(QUARTER)


def test_fragilities_come_by_gap(world: World, poverty: Indicator):
    other = make_indicator("part-chomage", label="Chômage", unit="%")
    rows = [(c.pk, State.KNOWN, float(i), "") for i, c in enumerate(world.communes)]
    save_values(by=SYSTEM, indicator=other, rows=rows)
    gaps = [each.gap for each in compose(world.loire).measured]
    assert gaps == sorted(gaps, reverse=True)
    assert len(gaps) == 2


def test_without_a_survey_here_the_national_ones_are_said_to_be_so(client: Client, world: World):
    assert "Aucune enquête connue ne dit ce que les acteurs en pensent" in read(client, LOIRE).words
    TerritoryFactory(level="region", code="75", name="Nouvelle-Aquitaine", slug="nouvelle-aquitaine")
    load(by=SYSTEM)
    page = read(client, LOIRE)
    assert "Aucune enquête connue ne porte sur ce territoire" in page.words
    assert "France entière" in page.words
    assert "PHARE-Citoyens" in page.words


def test_when_the_index_is_away_nothing_is_counted(client: Client, world: World, answering: Callable):
    answering(away)
    page = read(client, LOIRE)
    assert page.status == 200
    assert "rien n’est compté" in page.words
    assert "Exemples de coopération" not in page.words


@pytest.mark.parametrize("failing", range(9))
def test_nothing_is_counted_by_halves(client: Client, world: World, answering: Callable, failing: int):
    asked = iter(range(99))
    answering(lambda query: away(query) if next(asked) == failing else full(query))
    assert not compose(world.loire).alliances.is_ready
    assert next(asked) == 9, "as many questions as this test has cases"


def test_what_was_invented_is_not_counted(world: World, answering: Callable):
    answering(lambda query: full(query) if query.real_only else replace(full(query), total=5))
    done = compose(world.loire).alliances
    assert done.invented == 2
    assert next((each.label, each.number) for each in done.counts) == ("exemples de coopération", 3)


def test_what_others_have_and_this_one_has_not(client: Client, world: World, answering: Callable):
    answering(full)
    done = compose(world.loire).alliances
    gaps = [(each.name, each.alike) for each in done.gaps]
    assert gaps == [("Mobilité", 4)], "the sea is nobody's gap where the whole région has none"
    assert [each.here for each in done.themes] == [3]
    assert ("entreprise", "Entreprise", 0) in done.spheres
    page = read(client, LOIRE)
    assert "aucun acteur de la sphère : entreprise" in page.words
    assert "Un garage solidaire" in page.words


def test_what_each_number_counts_is_said(client: Client, world: World, answering: Callable):
    answering(full)
    words = read(client, LOIRE).words
    assert "Organisations qui ont leur fiche" in words
    assert "qui est cité dans un exemple compte, même sans fiche à soi" in words
    assert "Rapport territorial · Département · 42" in words


def test_a_gap_is_not_made_of_one_case(world: World, answering: Callable):
    answering(lambda query: Results((), 1, {"theme": {"mobilite": 1}} if "departement:69" in query.scopes else {}))
    assert compose(world.loire).alliances.gaps == []


def test_every_level_has_its_report_and_a_commune_that_of_its_epci(client: Client, world: World, poverty: Indicator):
    for territory in (world.region, world.loire, world.rhone, world.metropole):
        address = f"/territoires/{territory.level}/{territory.code}-{territory.slug}/rapport/"
        assert read(client, address).status == 200
    answer = client.get("/territoires/commune/42218-saint-etienne/rapport/")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/territoires/epci/244200770-saint-etienne-metropole/rapport/",
    )


def test_wrong_slugs_old_codes_and_strangers(client: Client, world: World):
    assert client.get("/territoires/departement/42-rien/rapport/")["Location"] == LOIRE
    assert client.get("/territoires/departement/42/rapport.pdf")["Location"] == LOIRE.removesuffix("/") + ".pdf"
    assert client.get("/territoires/departement/99-rien/rapport/").status_code == 404
    none = read(client, "/territoires/pays/FR-france/rapport/")
    assert none.status == 404
    assert "par région, département ou intercommunalité" in none.words


def test_portraits_show_the_way(client: Client, world: World):
    assert LOIRE in read(client, "/territoires/departement/42-loire/").raw
    town = read(client, "/territoires/commune/42218-saint-etienne/").raw
    assert "/territoires/epci/244200770-saint-etienne-metropole/rapport/" in town


def _grow(world: World, poverty: Indicator, number: int) -> None:
    communes = []
    for n in range(number):
        made: Territory = TerritoryFactory(code=f"42{900 + n}", name=f"Village {n}", slug=f"village-{n}")
        put_in(made, world.metropole, world.loire, world.region, world.france)
        put_in(TerritoryFactory(level="epci", code=f"2000001{n:02d}", slug=f"cc-{n}"), world.loire, world.france)
        communes.append(made)
    save_values(by=SYSTEM, indicator=poverty, rows=[(c.pk, State.KNOWN, 5.0, "") for c in communes])


def test_queries_do_not_grow(client: Client, world: World, poverty: Indicator, answering: Callable):
    answering(full)
    read(client, LOIRE)
    few = read(client, LOIRE).queries
    _grow(world, poverty, 20)
    read(client, LOIRE)
    assert read(client, LOIRE).queries == few
    assert few <= 22


def test_a_small_rate_is_not_none():
    assert [reading.rate(value) for value in (None, 0.0, 0.04, 0.1, 12.34, 120.4)] == [
        "",
        "0,0",
        "moins de 0,1",
        "0,1",
        "12,3",
        "120",
    ]
