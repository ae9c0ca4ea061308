"""The first steps fit the challenge, not only its family of themes."""

import pytest

from fairealliance.sheets.compose import compose
from tests.factories import SourceFactory
from tests.sheets.conftest import World

pytestmark = pytest.mark.django_db


def titles(world: World, challenge: str) -> str:
    return " / ".join(step.title for step in compose(world.town, challenge).steps)


def test_a_school_that_closes_is_not_sent_to_the_mission_locale(world, index):
    told = titles(world, "notre école va fermer")
    assert "inspecteur de circonscription" in told
    assert "mission locale" not in told
    assert "mission locale" in titles(world, "des jeunes décrochent de l'école"), "those who dropped out still are"


@pytest.mark.parametrize(
    ("challenge", "said", "not_said"),
    [
        ("les commerces du centre ferment", "tour des vitrines", "semaine de trajets"),
        ("plus de médecin", "agence régionale de santé", "veille de voisinage"),
        ("isolement des personnes âgées", "qu'on ne voit plus", "retraite, qui n'a plus de médecin"),
        ("garde d'enfants", "conseiller de la Caf", "mission locale"),
        ("une friche industrielle", "établissement public foncier", "France Rénov'"),
        ("des femmes battues", "3919", "CCAS et les associations"),
    ],
)
def test_steps_speak_of_the_challenge(world, index, challenge, said, not_said):
    told = titles(world, challenge)
    assert said in told
    assert not_said not in told


def test_a_closing_school_is_not_told_at_a_france_services_counter(world, index, make_organisation):
    source = SourceFactory(slug="france-services-2024", label="France services")
    make_organisation(world.neighbour, "France services Firminy", source=source, themes=[], goals=[], sphere="etat")
    index.follow()
    assert "France services" in titles(world, "des jeunes décrochent de l'école"), "it is known, and told elsewhere"
    assert "France services" not in titles(world, "notre école va fermer")
