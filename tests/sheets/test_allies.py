"""An ally is joined by what it does, not by one word of its name."""

import pytest

from fairealliance.sheets.compose import compose

pytestmark = pytest.mark.django_db
CHALLENGE = "garde d'enfants"


def allies(world) -> set[str]:
    return {line.title for line in compose(world.town, CHALLENGE).allies.lines}


def test_one_word_of_a_name_is_no_reason(world, index, make_organisation):
    silent = {"themes": [], "goals": []}
    make_organisation(world.town, "Mairie de La Garde", description="Collectivité.", **silent)
    make_organisation(world.town, "Les enfants du Pilat", description="Club de marche.", **silent)
    make_organisation(world.town, "Trois Pommes", description="Assure la garde des tout-petits le soir.", **silent)
    make_organisation(world.town, "Garde des enfants du Furan", description="", **silent)
    nursery = {"themes": ["petite-enfance"], "goals": [4]}
    make_organisation(world.town, "Crèche du Cours", description="Pour les enfants.", **nursery)
    index.follow()
    found = allies(world)
    assert {"Trois Pommes", "Garde des enfants du Furan", "Crèche du Cours"} <= found
    assert not {"Mairie de La Garde", "Les enfants du Pilat"} & found


def test_when_only_the_departement_is_known_no_distance_is_claimed(world, index, make_organisation):
    made = make_organisation(world.loire, "Relais petite enfance", description="", themes=["petite-enfance"], goals=[4])
    made.latitude = made.longitude = made.seat = None
    made.save()
    index.follow()
    gaps = " ".join(compose(world.town, CHALLENGE).allies.gaps)
    assert "seul le département est connu" in gaps
    assert "30 km" not in gaps
