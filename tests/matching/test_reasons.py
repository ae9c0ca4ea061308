"""What is said of a suggestion agrees with its score."""

from hypothesis import given

from fairealliance.matching.asking import Asker
from fairealliance.matching.bits import SKILLS_BIT
from fairealliance.matching.columns import day
from fairealliance.matching.engine import Suggestion
from fairealliance.matching.exposure import Ledger
from fairealliance.matching.gates import NAMES
from fairealliance.matching.reasons import Told, of_asker, tell
from tests.matching.test_engine import FUNDING, PREMISES, asked, at
from tests.matching.world import PLACES, POLICY, TODAY, One, askers, drawn, engine, worlds


def told(some: list[One], asker: Asker) -> list[tuple[Suggestion, Told]]:
    running = engine(some)
    shown = running.pool(asker).listed(Ledger()).suggestions
    return [(each, tell(each, asker, running.units, PLACES, POLICY)) for each in shown]


def words(some: list[One], asker: Asker) -> list[str]:
    return [reason.text for _each, one in told(some, asker) for reason in one.reasons]


@drawn
@given(some=worlds(), asker=askers)
def test_a_reason_for_each_part_that_counts_and_none_for_what_does_not(some: list[One], asker: Asker) -> None:
    for each, one in told(some, asker):
        given_for = {reason.part for reason in one.reasons}
        for part in ("complementarity", "skills", "place"):
            assert (part in given_for) == (each.parts[part] > 0)
        # A constant stands for goals that nobody tells: no merit, so no reason.
        assert "goals" not in given_for or each.parts["goals"] > 0
        assert tuple(one.gates) == NAMES


def test_it_is_said_with_the_facts() -> None:
    one = One(
        1,
        brings=FUNDING,
        seeks=PREMISES,
        goals=0b1000,
        told_on=day(TODAY) - 12,
        asked=5,
        answered=4,
        sites=(at(3.24),),
    )
    assert words([one], asked(seeks=FUNDING, brings=PREMISES, goals=0b1000)) == [
        "Apporte ce que vous cherchez : financement et mécénat.",
        "Cherche ce que vous apportez : locaux.",
        "Même objectif : ODD 4 (Éducation et formation).",
        "À 3,2 km de chez vous : Saint-Étienne.",
        "A répondu à 4 demandes sur 5.",
        "Mise à jour il y a 12 jours.",
    ]


def test_who_acts_on_the_territory_says_which() -> None:
    assert "Agit sur votre territoire : Loire (département)." in words([One(1, scopes=(2,))], asked())
    assert "Agit dans toute la France." in words([One(1, scopes=(0,))], asked())
    assert "Peut agir à distance." in words([One(1, scopes=(7,))], asked())


def test_what_is_missing_is_said() -> None:
    silent = told([One(1, sphere=0, sites=(at(1),))], asked())[0][1].missing
    assert silent == (
        "On ne sait pas ce qu’elle cherche ni ce qu’elle apporte : à lui demander.",
        "Ses objectifs (ODD, thèmes) ne sont pas renseignés.",
        "Son monde (association, entreprise, collectivité…) n’est pas renseigné.",
        "La date de ses informations n’est pas connue.",
        "Pas encore de demande reçue ici : on ne sait pas comment elle y répond.",
    )
    partly = told([One(1, brings=FUNDING, sites=(at(1),))], asked(seeks=FUNDING | PREMISES))[0][1].missing
    assert "Reste à trouver ailleurs : locaux." in partly
    other = told(
        [One(1, brings=SKILLS_BIT, skills_brought=1, sites=(at(1),))], asked(seeks=SKILLS_BIT, skills_sought=2)
    )
    assert "Des compétences de part et d’autre, mais pas les mêmes." in other[0][1].missing


def test_one_who_says_nothing_is_told_that_nothing_is_claimed() -> None:
    said = of_asker(Asker(owner=1, today=TODAY))
    assert len(said) == 3
    assert "Aucune complémentarité n’est affirmée." in said[0]
