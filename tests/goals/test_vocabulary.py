"""The vocabulary is whole: official numbers are all there, and every reference inside it leads somewhere."""

from pathlib import Path

import pytest
import yaml

from fairealliance.goals.vocabulary import COMMON_STEPS, FAMILIES, GOALS, TARGETS, THEME_STEPS, THEMES, steps_for
from fairealliance.lib.text_fr import fold

SPHERES = {"association", "entreprise", "collectivite", "etat", "academique", "citoyens"}


def official(corpus: Path, name: str) -> dict[str, str]:
    return yaml.safe_load((corpus / "sdg" / name).read_text("utf-8"))


def test_the_goals_are_the_official_ones(corpus: Path) -> None:
    numbers = {int(key.split("-")[0]) for key in official(corpus, "goals_fr.yml")}
    assert set(GOALS) == numbers == set(range(1, 18))


def test_the_targets_are_the_official_ones(corpus: Path) -> None:
    codes = {key.removesuffix("-title").replace("-", ".", 1) for key in official(corpus, "targets_fr.yml")}
    assert set(TARGETS) == codes
    assert len(TARGETS) == 169


def test_target_labels_are_ours_and_short(corpus: Path) -> None:
    texts = official(corpus, "targets_fr.yml")
    for code, target in TARGETS.items():
        assert 4 <= len(target.short.split()) <= 10, code
        assert fold(target.short) not in fold(texts[f"{code.replace('.', '-')}-title"]), code
    assert len({target.short for target in TARGETS.values()}) == 169


def test_each_target_belongs_to_its_goal() -> None:
    assert TARGETS["17.17"].goal == 17
    assert TARGETS["4.a"].goal == 4
    assert {target.goal for target in TARGETS.values()} == set(GOALS)


def test_goal_colours_are_hexadecimal_and_distinct() -> None:
    colours = [goal.colour for goal in GOALS.values()]
    assert len(set(colours)) == 17
    for colour in colours:
        assert colour.startswith("#")
        int(colour[1:], 16)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.slug)
def test_a_theme_is_complete(theme) -> None:
    assert set(theme.goals) <= set(GOALS)
    assert len(set(theme.goals)) == len(theme.goals) >= 1
    assert set(theme.targets) <= set(TARGETS)
    assert {TARGETS[code].goal for code in theme.targets} <= set(theme.goals)
    assert len(theme.words) >= 7
    assert len({ally.sphere for ally in theme.allies}) >= 3
    assert {ally.sphere for ally in theme.allies} <= SPHERES
    assert 2 <= len(steps_for(theme)) <= 3


def test_there_are_enough_themes_and_every_goal_has_some() -> None:
    assert 60 <= len(THEMES) <= 100
    assert {number for theme in THEMES.values() for number in theme.goals} == set(GOALS)
    assert len({theme.name for theme in THEMES.values()}) == len(THEMES)


def test_every_family_is_used_and_its_steps_have_sources() -> None:
    assert {theme.family for theme in THEMES.values()} == set(FAMILIES)
    for step in [*COMMON_STEPS, *(step for family in FAMILIES.values() for step in family.steps)]:
        assert step.move in {"relire", "relier", "reinventer"}
        assert step.stage in {"understand", "debate", "act"}
        assert step.source
        assert step.url.startswith("http")


def test_self_diagnosis_comes_first() -> None:
    assert COMMON_STEPS[0].move == "relire"
    assert "où vous en êtes" in COMMON_STEPS[0].title


def test_a_theme_s_own_steps_take_the_place_of_its_family_s_by_move() -> None:
    for slug, own in THEME_STEPS.items():
        family = FAMILIES[THEMES[slug].family].steps
        told = steps_for(THEMES[slug])
        assert [step.move for step in told] == [step.move for step in family], slug
        assert set(own) <= set(told), slug
        assert {step.move: step.stage for step in own}.items() <= {step.move: step.stage for step in family}.items()
        assert len({step.move for step in own}) == len(own), slug
        assert all(step.source and step.url.startswith("https://") for step in own), slug


def test_a_theme_without_steps_of_its_own_keeps_its_family_s() -> None:
    theme = THEMES["emploi-insertion"]
    assert theme.slug not in THEME_STEPS
    assert steps_for(theme) == FAMILIES["emploi"].steps


@pytest.mark.parametrize("slug", ["ecole-commune", "petite-enfance", "harcelement", "parentalite"])
def test_little_children_are_not_sent_to_the_mission_locale(slug: str) -> None:
    assert "mission locale" in " ".join(step.title for step in FAMILIES["education"].steps)
    assert not [step for step in steps_for(THEMES[slug]) if "mission locale" in step.title]


def test_a_sentence_of_advice_is_short_and_said_once() -> None:
    told = [step for steps in THEME_STEPS.values() for step in steps]
    assert len({step.title for step in told}) == len(told)
    assert all(len(step.title) <= 80 and 40 <= len(step.detail) <= 260 for step in told)
