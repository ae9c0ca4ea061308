"""The starter files keep to their own template, and to the vocabulary they point at."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fairealliance.goals.vocabulary import GOALS, TARGETS, THEMES

STARTER = Path(__file__).parents[2] / "fairealliance" / "federation" / "starter"
FILES = (
    "organisations.csv",
    "ressources.csv",
    "pratiques.csv",
    "demo_organisations.csv",
    "demo_pratiques.csv",
)
SPHERES = {"association", "entreprise", "collectivite", "etat", "academique", "citoyens"}
ROLES = {"porteur", "partenaire", "financeur", "catalyseur", "beneficiaire", ""}
CODES = {
    "sphere": SPHERES,
    "nature": {
        "outil",
        "methode",
        "etude",
        "rapport",
        "kit",
        "formation",
        "replay",
        "site",
        "fonds",
        "donnees",
    },
    "forme": {"dialogue", "partenariat", "experimentation", ""},
    "genre": {
        "mecenat",
        "pratiques_responsables",
        "cooperation_economique",
        "innovation_societale",
        "",
    },
}
STAGES = {
    "ressources.csv": {"comprendre", "debattre", "agir"},
    "pratiques.csv": {"idee", "lancee", "en_cours", "installee", "terminee"},
    "demo_pratiques.csv": {"idee", "lancee", "en_cours", "installee", "terminee"},
}
AUDIENCE = {
    "elus",
    "agents",
    "associations",
    "entreprises",
    "catalyseurs",
    "citoyens",
    "chercheurs",
    "etat",
}
REFERENCE = re.compile(r"(commune|epci|departement|region|pays):[0-9A-Z]+")


def rows(name: str) -> list[dict[str, str]]:
    with (STARTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def several(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]


def partners(cell: str) -> Iterator[list[str]]:
    for one in several(cell):
        yield [field.strip() for field in one.split(";")] + [""] * 5


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, str]]:
    return tomllib.loads((STARTER / "sources.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_columns_are_those_of_the_template(name: str) -> None:
    told = (STARTER / "README.md").read_text("utf-8")
    assert all(f"`{column}`" in told for column in rows(name)[0])


@pytest.mark.parametrize("name", FILES)
def test_codes_are_those_of_the_template(name: str) -> None:
    for row in rows(name):
        for column, codes in CODES.items():
            assert row.get(column, next(iter(codes))) in codes, row["identifiant"]
        assert set(several(row.get("etape", ""))) <= STAGES.get(name, set()), row["identifiant"]
        assert set(several(row.get("public", ""))) <= AUDIENCE, row["identifiant"]
        assert all(REFERENCE.fullmatch(ref) for ref in several(row["territoires"])), row["identifiant"]


@pytest.mark.parametrize("name", FILES)
def test_goals_targets_and_themes_exist(name: str) -> None:
    for row in rows(name):
        assert {int(number) for number in several(row["odd"])} <= set(GOALS), row["identifiant"]
        assert row["odd"], row["identifiant"]
        assert set(several(row["cibles"])) <= set(TARGETS), row["identifiant"]
        assert set(several(row["themes"])) <= set(THEMES), row["identifiant"]
        assert row["themes"], row["identifiant"]


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_its_own_key_and_a_known_source(name: str, sources) -> None:
    keys = [(row["source"], row["identifiant"]) for row in rows(name)]
    assert len(set(keys)) == len(keys)
    assert {source for source, _ in keys} <= set(sources)
    assert all(row["source_passage"] for row in rows(name))


@pytest.mark.parametrize("name", FILES)
def test_addresses_are_whole(name: str) -> None:
    for row in rows(name):
        for column in ("site", "lien", "source_adresse"):
            if row.get(column):
                assert urlsplit(row[column]).scheme in {"http", "https"}, row["identifiant"]
                assert "." in urlsplit(row[column]).netloc


def test_the_demonstration_is_marked_and_nothing_else_is(sources) -> None:
    for name in FILES:
        assert all((row["source"] == "demo") == name.startswith("demo_") for row in rows(name))
    assert [slug for slug, source in sources.items() if source.get("demo")] == ["demo"]


def test_the_demonstration_claims_no_identifier_and_no_address() -> None:
    for row in rows("demo_organisations.csv"):
        assert not any(row[column] for column in ("siren", "siret", "rna", "site", "courriel", "telephone"))
    assert not any(row["lien"] for row in rows("demo_pratiques.csv"))


def test_the_collective_has_its_23_organisations() -> None:
    members = [row for row in rows("organisations.csv") if "note 2" in row["source_passage"]]
    assert len(members) == 23
    assert {"le-rameau", "fonda", "medef", "cese"} <= {row["identifiant"] for row in members}


def test_partners_are_spelt_as_told_and_meet_several_spheres() -> None:
    known = {row["identifiant"] for name in FILES if "organisations" in name for row in rows(name)}
    for name in ("pratiques.csv", "demo_pratiques.csv"):
        for row in rows(name):
            spheres = set()
            for partner, sphere, role, amount, identifier, *_ in partners(row["partenaires"]):
                assert partner
                assert sphere in SPHERES, row["identifiant"]
                assert role in ROLES, row["identifiant"]
                assert not amount or amount.isdecimal(), row["identifiant"]
                assert not identifier or identifier in known, row["identifiant"]
                spheres.add(sphere)
            if name.startswith("demo_"):
                assert len(spheres) >= 3, row["identifiant"]


def test_tools_named_by_cases_and_producers_exist() -> None:
    tools = {row["identifiant"] for row in rows("ressources.csv")}
    organisations = {row["identifiant"] for row in rows("organisations.csv")}
    for row in rows("pratiques.csv"):
        assert set(several(row["outils"])) <= tools, row["identifiant"]
    for row in rows("ressources.csv"):
        assert row["producteur_identifiant"] in organisations | {""}, row["identifiant"]


def test_demonstration_shows_a_first_search_something() -> None:
    near = [
        row
        for row in rows("demo_pratiques.csv")
        if "decrochage-scolaire" in row["themes"]
        and {"commune:42218", "commune:42095"} & set(several(row["territoires"]))
    ]
    assert len(near) >= 3
    assert len(rows("demo_organisations.csv")) >= 12
    assert len(rows("demo_pratiques.csv")) >= 25


def test_years_make_sense() -> None:
    for name in ("pratiques.csv", "demo_pratiques.csv"):
        for row in rows(name):
            if row["annee_fin"]:
                assert int(row["annee_debut"]) <= int(row["annee_fin"]), row["identifiant"]


def test_communes_are_of_the_official_code(corpus: Path) -> None:
    with (corpus / "territories" / "cog2026_communes.csv").open(encoding="utf-8-sig", newline="") as file:
        communes = {row["COM"] for row in csv.DictReader(file) if row["TYPECOM"] == "COM"}
    for name in FILES:
        for row in rows(name):
            for ref in several(row["territoires"] + "|" + row.get("siege", "")):
                level, code = ref.split(":")
                assert level != "commune" or code in communes, row["identifiant"]
