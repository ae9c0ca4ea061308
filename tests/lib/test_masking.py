"""What is hidden of a message until both said yes, and what is not."""

import re

import pytest

from fairealliance.lib import masking
from fairealliance.lib.masking import masked


@pytest.mark.parametrize(
    "told",
    [
        "jean.dupont@exemple.fr",
        "jean＠evil.test",
        "je\u200ban@ev\u200bil.test",
        "jean at evil dot test",
        "jean [a] evil.test",
        "jean (at) evil (point) test",
        "jean arobase evil point test",
        "x" * 200 + "@evil.test",
        "https://evil.test/moi?x=1",
        "www.evil.test",
        "evil.fr",
        "Evil.FR",
        "rendez-vous.evil.com/moi?x=1",
        "evil.site",
        "06 12 34 56 78",
        "06/12/34/56/78",
        "06.12.34.56.78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "０６１２３４５６７８",
        "0\u200b612345678",
        "06 1 2 3 4 5 6 7 8",
    ],
)
def test_what_reaches_somebody_is_hidden(told: str) -> None:
    hidden = masked(f"Bonjour, voici : {told} à bientôt")
    assert "une fois la demande acceptée]" in hidden
    assert not re.search(r"evil|exemple|345|678|３４５", hidden)
    assert hidden.startswith("Bonjour, voici")
    assert hidden.endswith("à bientôt")


@pytest.mark.parametrize("told", ["06 12 34 56 78", "+33 (0)6 12 34 56 78", "０６１２３４５６７８"])
def test_a_number_is_told_from_an_address(told: str) -> None:
    hidden = masked(f"Au {told}, ou a@evil.test.")
    number, address = "[numéro montré une fois la demande acceptée]", "[adresse montrée une fois la demande acceptée]"
    assert hidden == f"Au {number}, ou {address}."


@pytest.mark.parametrize(
    "told",
    [
        "Un local de 40 m², 12 000 € par an, dès le 06/12/2026, 12 personnes.",
        "SIRET 123 456 789 00012, loi de 1901, 42000 Saint-Étienne",
        "Rendez-vous à 14 h 30 ; c’est là, au point du jour.",
        "C’est fini.La suite vient.Il faut voir M.Durand, art.12, p.ex. le plan.pdf et la page.fr.pdf.",
        "Deux demi-journées… l’atelier « vélo »\n\nMerci !",
    ],
)
def test_the_rest_is_left_as_it_was(told: str) -> None:
    assert masked(told) == told


def test_a_long_word_is_looked_at_once() -> None:
    """Searched from each of its letters, it would take the square of its length."""
    for pattern in (masking._MAIL, masking._URL, masking._DOMAIN, masking.PHONE):
        word = "0" * 500 if pattern is masking.PHONE else "a" * 500
        begun = sum(bool(pattern.match(word + "@evil.test 1", at)) for at in range(1, 500))
        assert begun == 0
