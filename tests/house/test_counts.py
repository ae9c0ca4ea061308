"""No « 1 communes »: what is counted agrees with its number, one or several, in every sentence made of numbers."""

import re

import pytest

from fairealliance.atlas.classes import EQUAL, QUANTILES, cut, explained
from fairealliance.reports import localmap
from fairealliance.territories import words
from fairealliance.territories.traits import tell_number

_PLURAL_OF_ONE = re.compile(r"(?<![\d,.\u202f])[01][ \u00a0][a-zéè]{3,}s\b|\bsur les 1\b|\bdes 1\b")


def right(told: str) -> str:
    assert not _PLURAL_OF_ONE.search(told), told
    return told.replace("\u00a0", " ")


@pytest.mark.parametrize("told", ["1 communes", "sur les 1 dont", "0 chiffres", "somme des 1 communes"])
def test_control_a_plural_of_one_is_seen(told: str) -> None:
    with pytest.raises(AssertionError):
        right(told)


@pytest.mark.parametrize(
    ("known", "total", "is_summed", "told"),
    [
        (1, 12, False, "connu pour 1 commune sur 12 : une somme tromperait"),
        (0, 12, False, "connu pour 0 commune sur 12 : une somme tromperait"),
        (5, 12, False, "connu pour 5 communes sur 12 : une somme tromperait"),
        (1, 1, True, "somme de sa commune"),
        (12, 12, True, "somme de ses 12 communes"),
        (1, 2, True, "chiffre de la seule commune connue sur 2 : le vrai chiffre est plus élevé"),
        (11, 12, True, "somme des 11 communes connues sur 12 : le vrai chiffre est plus élevé"),
    ],
)
def test_of_what_a_figure_is_the_sum(known: int, total: int, is_summed: bool, told: str) -> None:
    assert right(words.note_of_sum(known, total, is_summed=is_summed)) == told


@pytest.mark.parametrize(("hard", "known"), [(0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (1, 30)])
def test_what_the_local_map_fills(hard: int, known: int) -> None:
    spots = {"hard": [(0.0, 0.0)] * hard, "soft": [(0.0, 0.0)] * (known - hard), "unknown": [(0.0, 0.0)]}
    first = type("Measured", (), {"label": "Pauvreté", "threshold": "20 %"})()
    told = right(localmap._sentence(spots, first))
    assert ("la seule commune" in told) is (known == 1)
    assert "1 commune sans chiffre" in told


def test_levels_and_people() -> None:
    assert [right(words.level_count("epci", n)) for n in (1, 2)] == ["1 intercommunalité", "2 intercommunalités"]
    say = tell_number("même taille : %(people)s", "taille proche : %(people)s")
    assert [right(say(n, True)) for n in (1, 0, 40)] == [
        f"même taille : {n} habitant{'s' * (n > 1)}" for n in (1, 0, 40)
    ]


@pytest.mark.parametrize("method", [QUANTILES, EQUAL])
def test_one_class_is_not_told_as_several(method: str) -> None:
    told = right(explained(cut([3.0, 3.0, 3.0], method, 5), 3, "départements"))
    assert "Une seule classe" in told
