"""Old codes and names lead to today's territories."""

import csv
from datetime import date

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Change
from fairealliance.territories.actions import Counts, Movement, load_reference, save_coordinates, save_movements
from fairealliance.territories.enums import Precision
from fairealliance.territories.lookup import CodeBook, Found
from fairealliance.territories.models import Former, Territory
from tests.factories import TerritoryFactory
from tests.territories.world import make_world, put_in

pytestmark = pytest.mark.django_db


def move(on: str, before: str, name: str, after: str, before_type: str = "COM", after_type: str = "COM") -> Movement:
    return Movement(date.fromisoformat(on), before_type, before, name, after_type, after)


def test_code_book_finds_codes_as_files_write_them():
    world = make_world()
    ain = TerritoryFactory(code="01001", name="L'Abergement-Clémenciat")
    book = CodeBook.load()
    assert book.find("42218") == Found(world.saint_etienne.pk, "exact")
    assert book.find(" 1001 ") == Found(ain.pk, "padded")
    assert book.find("42190") == Found(world.saint_etienne.pk, "delegated")
    assert book.find("42281") == Found(world.saint_etienne.pk, "former")
    assert book.find("42", level="departement") == Found(world.loire.pk, "exact")
    assert book.find("99999") is None
    assert book.find("") is None


def test_arrondissement_means_its_city_except_for_figures():
    world = make_world()
    part = TerritoryFactory(level="arrondissement-municipal", code="42991")
    put_in(part, world.saint_etienne, world.loire)
    book = CodeBook.load()
    assert book.find("42991") == Found(world.saint_etienne.pk, "arrondissement")
    assert book.find_own("42991") == Found(part.pk, "exact")
    assert book.find_own("42218") == Found(world.saint_etienne.pk, "exact")


def test_names_are_found_within_their_departement():
    world = make_world()
    book = CodeBook.load()
    assert book.by_name("ST ETIENNE", "42") == Found(world.saint_etienne.pk, "name")
    assert book.by_name("terrenoire", "42") == Found(world.saint_etienne.pk, "name")
    assert book.by_name("hay du pilat", "69") == Found(world.communes[4].pk, "name")
    assert book.by_name("Saint-Denis", "42") == Found(world.communes[2].pk, "name")
    assert book.by_name("Saint-Denis", "69") == Found(world.communes[3].pk, "name")
    assert book.by_name("Saint-Étienne", "69") is None
    TerritoryFactory(code="42999", name="Saint Denis")
    put_in(Territory.objects.get(code="42999"), world.loire)
    assert CodeBook.load().by_name("Saint-Denis", "42") is None, "two homonyms in one département: nobody guesses"


def test_scopes_are_all_that_contains():
    world = make_world()
    refs = {"commune:42218", "epci:244200770", "departement:42", "region:84", "pays:FR"}
    scopes = CodeBook.load().scopes(world.saint_etienne.pk)
    assert scopes[0] == "commune:42218"
    assert set(scopes) == refs


def test_resolve_follows_codes_and_keeps_levels_apart():
    world = make_world()
    assert Territory.objects.resolve("commune:42281") == world.saint_etienne
    assert Territory.objects.resolve("region:42") == world.region
    with pytest.raises(Territory.DoesNotExist, match="ne connaissons pas"):
        Territory.objects.resolve("commune:42")
    for wrong in ("", "42218", "commune:", "ville:42218", "commune:" + "9" * 50):
        with pytest.raises(ValueError, match="n’est pas un territoire"):
            Territory.objects.resolve(wrong)


def test_chains_of_movements_lead_to_today():
    world = make_world()
    rows = [
        move("1973-01-01", "42300", "Un", "42301"),
        move("2016-01-01", "42301", "Deux", "42218"),
        move("2016-01-01", "42302", "Trois", "42190", after_type="COM"),
    ]
    assert save_movements(by=SYSTEM, rows=rows) == Counts(3, 0, 0)
    for code in ("42300", "42301", "42302"):
        assert Territory.objects.resolve(f"commune:{code}") == world.saint_etienne
    assert Former.objects.get(code="42300").ended_on == date(1973, 1, 1)
    assert save_movements(by=SYSTEM, rows=reversed(rows)) == Counts(0, 0, 3)


def test_a_code_given_back_and_merged_again_follows_its_last_movement():
    world = make_world()
    rows = [
        move("1960-01-01", "42300", "Un", "42207"),
        move("1980-01-01", "42207", "Saint-Chamond", "42300"),
        move("2015-01-01", "42300", "Un", "42218"),
    ]
    save_movements(by=SYSTEM, rows=rows)
    assert Territory.objects.resolve("commune:42300") == world.saint_etienne
    assert Territory.objects.resolve("commune:42207") == world.communes[1]


def test_a_split_leads_to_the_commune_that_kept_the_code():
    world = make_world()
    save_movements(
        by=SYSTEM,
        rows=[
            move("1990-01-01", "42207", "Grand-Chamond", "42207"),
            move("1990-01-01", "42207", "Grand-Chamond", "42001"),
        ],
    )
    former = Former.objects.get(name="Grand-Chamond")
    assert (former.territory, former.kind) == (world.communes[1], "renamed")


def test_a_circle_of_movements_ends():
    make_world()
    rows = [move("1990-01-01", "42300", "Un", "42301"), move("1991-01-01", "42301", "Deux", "42300")]
    assert save_movements(by=SYSTEM, rows=rows) == Counts(0, 0, 0)


def test_exact_points_replace_approximate_ones():
    world = make_world()
    rows = [(world.saint_etienne.pk, 45.434, 4.3903)]
    assert save_coordinates(by=SYSTEM, rows=rows) == Counts(0, 1, 0)
    moved = Territory.objects.get(pk=world.saint_etienne.pk)
    assert (moved.latitude, moved.longitude, moved.precision) == (45.434, 4.3903, Precision.EXACT)
    assert list(Change.objects.values_list("kind", "key")) == [("territory", "commune:42218")]
    assert save_coordinates(by=SYSTEM, rows=rows) == Counts(0, 0, 1)
    with pytest.raises(ValueError, match="n’existe pas"):
        save_coordinates(by=SYSTEM, rows=[(world.saint_etienne.pk, 145.0, 4.0)])


@pytest.mark.corpus
def test_every_code_of_the_official_movements_leads_somewhere(corpus):
    """Against the real reference: 13,734 movements, none left without a successor."""
    load_reference(by=SYSTEM)
    path = corpus / "territories" / "cog2026_mouvements_communes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    movements = [
        Movement(
            date.fromisoformat(row["DATE_EFF"]), row["TYPECOM_AV"], row["COM_AV"], row["LIBELLE_AV"],
            row["TYPECOM_AP"], row["COM_AP"], row["LIBELLE_AP"],
        )
        for row in rows
    ]  # fmt: skip
    save_movements(by=SYSTEM, rows=movements)
    assert save_movements(by=SYSTEM, rows=movements).changed == 0
    book = CodeBook.load()
    assert [row["COM_AV"] for row in rows if book.find(row["COM_AV"]) is None] == []
