"""Titles in capitals are set for reading; others are left alone."""

import pytest

from fairealliance.lib.titles import calm_title, is_shouted


@pytest.mark.parametrize(
    ("typed", "names", "shown"),
    [
        ("RENOVATION ENERGETIQUE DE L'ECOLE", [], "Renovation energetique de l'ecole"),
        ("RENOVATION DE LA MAIRIE DE ST ETIENNE", ["Saint-Étienne"], "Renovation de la mairie de st etienne"),
        ("RÉNOVATION À SAINT ETIENNE (PHASE II)", ["Saint-Étienne"], "Rénovation à Saint-Étienne (phase II)"),
        ("MISE EN PLACE D’UNE ZFE SUR LA RD 1084", [], "Mise en place d’une ZFE sur la RD 1084"),
        ("PASSAGE EN LED DE L'ECLAIRAGE PUBLIC", [], "Passage en LED de l'eclairage public"),
        ("«RENATURER LA COUR D'ECOLE»", [], "«Renaturer la cour d'ecole»"),
        ("2 NOUVELLES PISTES CYCLABLES", [], "2 nouvelles pistes cyclables"),
        ("Rénovation de l’école Jules FERRY", [], "Rénovation de l’école Jules FERRY"),
        ("A.T.M.F", [], "A.T.M.F"),
        ("PCAET", [], "PCAET"),
        ("  Deux   espaces\net une ligne ", [], "Deux espaces et une ligne"),
        ("", [], ""),
        ("🚲🚲🚲", ["🚲"], "🚲🚲🚲"),
    ],
)
def test_calm_title(typed: str, names: list[str], shown: str) -> None:
    assert calm_title(typed, names) == shown


def test_a_name_inside_a_longer_word_is_left_alone() -> None:
    assert calm_title("TRAVAUX A PARISOT ET PARIS", ["Paris"]) == "Travaux a parisot et Paris"


def test_is_shouted_needs_more_than_an_acronym() -> None:
    assert is_shouted("RENOVATION DE LA MAIRIE")
    assert not is_shouted("SIVOM")
    assert not is_shouted("Rénovation de la MAIRIE")
