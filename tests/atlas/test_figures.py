"""Classes and correlations: the numbers behind the drawings."""

import random
import re
from types import SimpleNamespace
from typing import Any

import pytest

from fairealliance.atlas import cloud, ranks
from fairealliance.atlas.classes import EQUAL, QUANTILES, cut, explained
from fairealliance.atlas.cloud import axis
from fairealliance.design.plots.typeset import width_of
from fairealliance.lib.french_numbers import format_number


def test_quantiles_share_territories_out():
    classes = cut([float(n) for n in range(100)], QUANTILES, 5)
    assert classes.counts == (20, 20, 20, 20, 20)
    assert (classes.bounds[0], classes.bounds[-1]) == (0.0, 99.0)
    assert classes.of(0) == 0
    assert classes.of(99) == 4
    assert [classes.tone(i) for i in range(5)] == [1, 2, 4, 6, 7] or classes.tone(4) == 7


def test_equal_ranges_share_the_range_out():
    classes = cut([0.0, 1.0, 2.0, 3.0, 100.0], EQUAL, 5)
    assert classes.bounds == (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
    assert classes.counts == (4, 0, 0, 0, 1)


def test_every_value_has_its_class_and_only_one():
    values = sorted(random.Random(5).choices(range(30), k=400))
    for method in (QUANTILES, EQUAL):
        classes = cut([float(value) for value in values], method, 7)
        assert sum(classes.counts) == len(values)


def test_ties_make_fewer_classes_and_it_is_said():
    classes = cut([1.0] * 50 + [2.0] * 2, QUANTILES, 5)
    assert classes.number == 1
    assert "Trop de territoires ont le même chiffre" in explained(classes, 52, "départements")


def test_one_figure_or_none_is_no_trouble():
    assert cut([], QUANTILES, 5).number == 0
    assert cut([3.0], QUANTILES, 5).counts == (1,)
    assert cut([3.0, 3.0], EQUAL, 5).counts == (2,)


def test_spearman_on_a_known_example():
    # Hollander & Wolfe's textbook data are not ours to copy: these ranks are worked out by hand (1 - 6·Σd²/n(n²-1)).
    xs = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
    ys = [2.0, 1.0, 4.0, 3.0, 6.0, 5.0, 8.0, 7.0, 10.0, 9.0]
    found = ranks.spearman(xs, ys)
    assert found.rho == pytest.approx(1 - 6 * 10 / (10 * 99))
    assert found.low < found.rho < found.high <= 1


def test_ties_take_their_mean_rank():
    # Ranks of ys: 1.5 1.5 3.5 3.5 5.5 5.5 7.5 7.5 9.5 9.5, whose Pearson with 1..10 is 0.98473...
    xs = [float(n) for n in range(1, 11)]
    ys = [float(n // 2) for n in range(10)]
    assert ranks.spearman(xs, ys).rho == pytest.approx(0.984731, abs=1e-5)


def test_what_cannot_be_said_is_not():
    few = ranks.spearman([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    assert few.rho is None
    assert "Trop peu" in ranks.told(few, "A", "B", "départements")
    flat = ranks.spearman([1.0] * 20, [float(n) for n in range(20)])
    assert flat.rho is None
    assert "même partout" in ranks.told(flat, "A", "B", "départements")


@pytest.mark.parametrize(
    ("rho", "said"),
    [
        (0.8, "le plus souvent aussi"),
        (0.4, "tend à l’être aussi"),
        (0.0, "indépendamment"),
        (-0.7, "le plus souvent bas"),
    ],
)
def test_words_follow_the_strength(rho: float, said: str):
    assert said in ranks.told(ranks.Correlation(50, rho, rho - 0.1, rho + 0.1), "A", "B", "départements")
    assert "Corrélation de rang" in ranks.told(ranks.Correlation(50, rho, 0, 0), "A", "B", "départements")


def test_the_axis_counts_in_tenfolds_only_when_figures_are_far_apart():
    assert not axis([1.0, 50.0, 99.0], (0, 100)).is_log
    spread = axis([10.0, 20.0, 30.0, 100_000.0], (0, 100))
    assert spread.is_log
    assert spread.at(10.0) == 0.0
    assert not axis([0.0, 20.0, 30.0, 100_000.0], (0, 100)).is_log, "zero has no logarithm"


def test_no_link_is_told_that_the_interval_denies():
    xs = [float(number) for number in range(18)]
    ys = [9.0, 14, 17, 3, 15, 11, 4, 13, 16, 5, 1, 10, 12, 0, 8, 2, 7, 6]
    found = ranks.spearman(xs, ys)
    assert found.rho is not None
    words = ranks.told(found, "x", "y", "régions")
    assert found.low < -0.4 < found.high
    assert ("aucun lien ne peut être affirmé" in words) == (found.low < 0 < found.high)
    few = ranks.told(ranks.Correlation(18, -0.51, -0.84, 0.10), "x", "y", "régions")
    assert "aucun lien ne peut être affirmé" in few
    assert "est le plus souvent bas" not in few


def test_no_number_of_a_cloud_is_cut_even_on_a_phone() -> None:
    """Cut, « 10 000 000 » is read « 10 000 00 »."""
    values = [12.0, 60.0, 700.0, 8_000.0, 2_100_000.0]
    across, up = axis(values, (cloud._LEFT, cloud.WIDTH - cloud._RIGHT)), axis(values, (400, 44))
    told = SimpleNamespace(label="Habitants", unit="habitants")
    found: Any = SimpleNamespace(x=told, y=told)
    drawn = cloud._grid(found, across, up)
    numbers = re.findall(r'class="small" x="([\d.]+)"[^>]*text-anchor="(\w+)">([^<]+)<', drawn)
    assert [words for _x, _anchor, words in numbers].count(format_number(10_000_000)) == 2
    for x, anchor, words in numbers:
        wide = width_of(words, 20)
        start = float(x) - (wide if anchor == "end" else wide / 2)
        assert start >= 0, words
        assert start + wide <= cloud.WIDTH, words
