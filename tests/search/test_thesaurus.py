"""The circles shipped with the code are well made."""

from collections import Counter

import pytest

from fairealliance.lib.text_fr import fold
from fairealliance.search.analysis import analyser, cut
from fairealliance.search.thesaurus import SIGNS, read_circles

CIRCLES = read_circles()


def test_kinds_are_known_and_circles_have_members() -> None:
    assert set(CIRCLES) == set(SIGNS)
    for kind, lines in CIRCLES.items():
        assert lines
        for line in lines:
            members = [member.strip() for member in line.split(",")]
            assert len(members) > 1, line
            assert all(members), line
            assert max(Counter(members).values()) == 1, (kind, line)
        names = Counter(fold(line.partition(",")[0]) for line in lines)
        assert [name for name, count in names.items() if count > 1] == [], "two circles of one name become one"


OF_THE_FIELD = cut(
    "emploi territoire partenaire bénévole illettrisme décrochage aidant mobilité logement biodiversité eau "
    "déchet mécénat isolement insertion handicap vieillissement alimentation"
)


@pytest.mark.parametrize("word", OF_THE_FIELD)
def test_the_field_has_its_circles(word: str) -> None:
    assert any(token[0] in "#@" for token in analyser().word(word).circles)


def test_a_word_brings_few_circles_along() -> None:
    """Each is one more term in a question: a word in too many circles says nothing."""
    words = {
        w for lines in (CIRCLES["same"], CIRCLES["close"]) for line in lines for w in line.split(", ") if " " not in w
    }
    counts = [len(analyser().word(word.lower()).circles) for word in words]
    assert max(counts) <= 10
    assert sum(counts) / len(counts) < 2.5
