"""A challenge typed in plain words is read into the theme its author meant."""

import tomllib
from pathlib import Path

import pytest

from fairealliance.goals import challenge
from fairealliance.goals.challenge import read
from fairealliance.goals.stems import key, keys
from fairealliance.goals.vocabulary import THEMES
from fairealliance.lib.text_fr import fold

SENTENCES: dict[str, str] = tomllib.loads((Path(__file__).parent / "mayors.toml").read_text("utf-8"))["sentences"]


def slugs(text: str) -> list[str]:
    return [hit.theme.slug for hit in read(text).themes]


def test_there_are_enough_sentences() -> None:
    assert len(SENTENCES) >= 60
    assert set(SENTENCES.values()) <= set(THEMES)


@pytest.mark.parametrize(("sentence", "theme"), SENTENCES.items())
def test_what_mayors_say(sentence: str, theme: str) -> None:
    assert slugs(sentence)[:1] == [theme]


@pytest.mark.parametrize(("sentence", "theme"), list(SENTENCES.items())[::5])
def test_without_accents_and_in_capitals(sentence: str, theme: str) -> None:
    assert slugs(fold(sentence).upper())[:1] == [theme]


def test_a_theme_says_because_of_which_words() -> None:
    reading = read("Ici, des jeunes décrochent de l'école depuis deux ans.")
    assert reading.themes[0].theme.slug == "decrochage-scolaire"
    for hit in reading.themes:
        assert hit.because
        assert all(words in reading.text for words in hit.because)
    assert "décrochent" in reading.themes[0].because


def test_goals_follow_from_themes_with_the_same_reasons() -> None:
    reading = read("des jeunes décrochent de l'école")
    assert [hit.goal.number for hit in reading.goals][:2] == [4, 8]
    assert reading.goals[0].score == 1
    assert reading.goals[0].because == reading.themes[0].because


def test_a_goal_named_by_its_number() -> None:
    assert next(hit.goal.number for hit in read("que faire pour l'ODD 14 ?").goals) == 14
    assert read("objectif 99, objectif 0").goals == []


def test_phrases_weigh_more_than_words() -> None:
    assert slugs("une école, et du soutien scolaire")[0] == "reussite-educative"
    assert slugs("mères seules")[0] == "parentalite"  # mère is not mer


def test_words_of_a_phrase_must_share_a_sentence() -> None:
    assert slugs("les jeunes partent")[0] == "attractivite"
    assert slugs("Un jeune. Le car est parti.")[0] != "attractivite"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ilettrisme", "illettrisme"),
        ("le décrochge scolaire", "decrochage-scolaire"),
        ("médiatheque fermée", "culture"),
        ("covoiturge", "mobilite"),
    ],
)
def test_a_slip_is_forgiven(said: str, meant: str) -> None:
    assert slugs(said)[0] == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("logement", "logements"),
        ("aîné", "aînées"),
        ("eau", "eaux"),
        ("décroche", "décrochent"),
        ("recruter", "recrutent"),
        ("mobilité", "mobilites"),
        ("isolée", "isolés"),
    ],
)
def test_inflections_meet(one: str, other: str) -> None:
    assert key(fold(one)) == key(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("mère", "mer"), ("aidant", "aider"), ("isolation", "isolement"), ("donnée", "don"), ("plus", "PLU")],
)
def test_false_friends_stay_apart(one: str, other: str) -> None:
    assert key(fold(one)) != key(fold(other))


def test_negation_does_no_harm() -> None:
    assert slugs("nous n'avons plus aucun commerce")[0] == "commerces-centre-bourg"
    assert slugs("pas de bus, pas de train")[0] == "mobilite"


def test_an_unknown_challenge_keeps_its_words() -> None:
    reading = read("la quadrature du cercle polaire")
    assert reading.themes == []
    assert reading.goals == []
    assert reading.words == ["quadrature", "cercle", "polaire"]


def test_words_leave_out_what_says_nothing() -> None:
    assert read("Comment faire pour aider nos jeunes ?").words == ["jeunes"]


@pytest.mark.parametrize(
    "text", ["", "   ", "😀😀", "?!…", "l' d' qu'", "\x00\ufeff", "'; DROP TABLE x; --", "<b", "&#x110000;"]
)
def test_nothing_to_read_is_an_empty_reading(text: str) -> None:
    assert read(text).themes == []


def test_html_is_text() -> None:
    reading = read("<script>alert('logement')</script><b>l&#39;école ferme</b> 😀")
    assert "script" not in reading.words
    assert slugs("<p>plus de <em>médecin</em></p>") == ["acces-soins"]


def test_at_most_a_handful_is_proposed() -> None:
    reading = read(" ".join(SENTENCES))
    assert len(reading.themes) <= challenge.MAX_THEMES
    assert len(reading.goals) <= challenge.MAX_GOALS
    assert len(reading.words) <= challenge.MAX_WORDS


@pytest.mark.parametrize(
    "hostile", ["<a" * 5_000, "décrochage " * 1_000, "jeunes partent " * 700, "é" * 10_000, "<" * 10_000]
)
def test_repetition_is_read_to_its_end(hostile: str) -> None:
    """A pattern that goes back over what it read would never end; `bench_sheet` tells how long this takes."""
    assert isinstance(slugs(hostile), list)


def test_what_lies_beyond_the_limit_is_left_aside() -> None:
    assert slugs(" " * challenge.LIMIT + "logement") == []


def test_every_pattern_of_the_vocabulary_can_be_found() -> None:
    for theme in THEMES.values():
        for phrase in theme.words:
            assert theme.slug in challenge._matches(challenge._tokens(phrase)), phrase


def test_no_phrase_is_reduced_to_a_word_that_says_nothing() -> None:
    for theme in THEMES.values():
        for phrase in theme.words:
            long_words = [word for word in fold(phrase).split() if len(word) > 1]
            told = keys(phrase)
            assert told, phrase
            assert len(told) > 1 or len(long_words) == 1, phrase
