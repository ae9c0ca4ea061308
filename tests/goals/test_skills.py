"""Skills in free words, read into families."""

import pytest

from fairealliance.goals.skills import SKILLS, named, read
from fairealliance.goals.stems import keys

ORDER = (
    "gestion-de-projet comptabilite droit usages-du-numerique web donnees communication graphisme redaction "
    "evenements recherche-de-fonds ressources-humaines formation mentorat mediation facilitation evaluation "
    "strategie batiment bois electricite metal jardinage agriculture cuisine mecanique textile logistique transport "
    "energie reemploi nature sante aide-a-la-personne accompagnement-social handicap petite-enfance jeunesse "
    "soutien-scolaire insertion langues traduction sport arts musique photo-video patrimoine administratif achats "
    "immobilier maintenance-informatique securite recherche vente accueil entrepreneuriat urbanisme ecoute "
    "partenariats concertation entretien coup-de-main"
)


def test_the_place_of_a_family_is_for_ever() -> None:
    """A new family? At the end of skills.toml, and of the order above. None is moved, none is taken away."""
    slugs = [skill.slug for skill in SKILLS]
    assert " ".join(slugs) == ORDER
    assert len(set(slugs)) == len({skill.name for skill in SKILLS}) == len(SKILLS) <= 64


def test_each_word_tells_its_family() -> None:
    for skill in SKILLS:
        for words in skill.words:
            assert keys(words), words
            assert read(words) >> skill.place & 1, words
            assert read(words.upper()) >> skill.place & 1, words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Comptables", ["Comptabilité et gestion"]),
        ("Nous cherchons une graphiste.", ["Graphisme"]),
        ("traductrice en arabe", ["Langues", "Traduction et interprétation"]),
        ("Aide pour notre site internet, et nos réseaux sociaux", ["Sites web et logiciels", "Communication"]),
        ("gestion de vos projets", ["Gestion de projet"]),
        ("MEDIATION avec les familles", ["Médiation", "Accompagnement social"]),
        ("des professionnels qui montrent leur métier", ["Mentorat et parrainage"]),
        ("coups de main", ["Coups de main bénévoles"]),
        # Words of two sentences make no phrase, nor do words far apart, nor one that only looks alike.
        ("Un bon chef. Projet à venir", []),
        ("Un chef formidable lance de beaux projets", []),
        ("Développer le lien, compter sur nous, en forme, des dons", []),
        ("", []),
        ("🎉 <b>", []),
    ],
)
def test_what_is_read(text: str, names: list[str]) -> None:
    assert named(read(text)) == names


def test_a_text_without_end_is_read_at_its_beginning() -> None:
    assert named(read("soudure " + "mot " * 100_000 + "comptable")) == ["Métal et soudure"]
