"""Titles in capitals are set for reading; others are left alone."""

import pytest

from fairealliance.lib.text_fr import fold
from fairealliance.lib.titles import calm_name, calm_title, is_shouted


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


NAMES = {
    "CENTRE SOCIAL BALZAC": "Centre social Balzac",
    "MISSION LOCALE DU VELAY": "Mission locale du Velay",
    "LIGUE DE L'ENSEIGNEMENT - FAIL 13": "Ligue de l'enseignement - FAIL 13",
    "ASSOC CENTRE SOCIO CULTUREL": "Assoc centre socio culturel",
    "CCAS DE KANI KELI": "CCAS de KANI KELI",
    "REGIE DE QUARTIER DE SAINT-ETIENNE": "Régie de quartier de Saint-Etienne",
    "MJC PALENTE ET CSC": "MJC Palente et CSC",
    "A.D.S.E.A. 06 SAUVEGARDE": "A.D.S.E.A. 06 sauvegarde",
    "SESAM": "SESAM",
    "Les Passerelles du Furan": "Les Passerelles du Furan",
    "EMMAÜS DES ÎLES DU NORD": "Emmaüs des îles du Nord",
    "": "",
}


@pytest.mark.parametrize(("typed", "shown"), NAMES.items())
def test_calm_name(typed: str, shown: str) -> None:
    assert calm_name(typed) == shown


@pytest.mark.parametrize("typed", NAMES)
def test_a_calmed_name_is_the_same_name(typed: str) -> None:
    assert fold(calm_name(typed)) == fold(typed)
    assert calm_name(calm_name(typed)) == calm_name(typed)
