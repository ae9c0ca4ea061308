"""Themes told by a name or a title: certain ones only, and never what a place was before."""

import json

import pytest

from fairealliance.federation.converters.themes import told_themes
from fairealliance.federation.mapping import BadMapping, Field, kinds
from fairealliance.goals.vocabulary import THEMES
from fairealliance.organisations.models import Organisation

RENOVATION, WASTELAND = "69071", "68862"


def field_of(kind: str) -> Field:
    return next(each for each in kinds()[kind].fields if each.name == "themes")


@pytest.mark.parametrize("kind", ["fonjep", "adultes-relais"])
@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("MISSION LOCALE DU VELAY", "decrochage-scolaire"),
        ("ASSOC CENTRE SOCIAL ET CULTUREL", "isolement"),
        ("C.I.D.F.F. / CENTRE D'INFORMATION SUR LES DROITS DES FEMMES", "egalite-femmes-hommes"),
        ("THEATRE DE LA MER", "culture"),
        ("LA LIGUE DE L'ENSEIGNEMENT DES COTES D'ARMOR", "reussite-educative"),
    ],
)
def test_a_name_that_says_it(kind: str, name: str, theme: str) -> None:
    assert theme in told_themes(field_of(kind), None)(name)


@pytest.mark.parametrize("name", ["COMMUNE DE CENON", "ASSOCIATION SESAM", "SABI TEKA I KOUMOUTOU", ""])
def test_a_name_that_says_nothing(name: str) -> None:
    assert told_themes(field_of("fonjep"), None)(name) == ()


@pytest.mark.parametrize(
    ("title", "theme", "told"),
    [
        ("Transformation d'une friche commerciale en maison de santé", "acces-soins", True),
        ("Création d'une maison de la petite enfance", "petite-enfance", True),
        ("Réhabilitation d'un commerce multi-services", "commerces-centre-bourg", True),
        ("Réhabilitation du restaurant scolaire", "commerces-centre-bourg", False),
        ("Rénovation énergétique de la crèche et création d'un préau", "petite-enfance", False),
        ("Réhabilitation de la friche de l'ancien EHPAD pour installer la mairie", "bien-vieillir", False),
        ("Reconversion du gymnase en maison aux citoyens", "sport", False),
        ("La maison de santé", "acces-soins", False),
    ],
)
def test_what_a_project_opens(title: str, theme: str, told: bool) -> None:
    assert (theme in told_themes(field_of("fonds-vert"), None)((WASTELAND, title))) is told


def test_the_scheme_comes_first_whatever_the_title() -> None:
    convert = told_themes(field_of("fonds-vert"), None)
    assert convert((RENOVATION, "Rénovation énergétique de l'école")) == ("renovation-energetique",)
    assert convert((WASTELAND, "Création d'une médiathèque"))[:2] == ("friches", "amenagement")


def test_an_unknown_theme_is_refused() -> None:
    wrong = Field("themes", ("a",), "told-themes", False, "drop", False, None, {"words": {"magie": ["fee"]}})
    with pytest.raises(BadMapping, match="magie"):
        told_themes(wrong, None)


def test_what_was_read_in_a_name_is_said_to_be(load) -> None:
    rows = [
        {
            "id_poste": "1",
            "code_tiers": "x",
            "raison_sociale": "CENTRE SOCIAL BALZAC",
            "montant": 7164,
            "annee": "2023",
        },
        {"id_poste": "2", "code_tiers": "y", "raison_sociale": "ASSOCIATION SESAM", "montant": 7164, "annee": "2023"},
    ]
    load("fonjep", json.dumps(rows), name="f.json")
    told = Organisation.objects.get(name__iexact="CENTRE SOCIAL BALZAC")
    assert told.themes == ["parentalite", "isolement", "quartiers", "vie-associative"]
    assert "D’après son nom" in told.description
    assert THEMES["isolement"].name.lower() in told.description
    silent = Organisation.objects.get(name__iexact="ASSOCIATION SESAM")
    assert silent.themes == ["quartiers", "vie-associative"]
    assert "D’après" not in silent.description
