"""French that a French speaker finds natural."""

import json
import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairealliance.lib.text_fr import fold
from fairealliance.search import analysis
from fairealliance.search.analysis import Analyser, analyser, cut
from fairealliance.search.stems import stems_of
from fairealliance.search.thesaurus import ASKING, read_circles


def tokens(text: str) -> set[str]:
    return set(analyser().body(text).split())


def meet(one: str, other: str) -> bool:
    """Whether a text with `other` is found by asking `one`, forms aside."""
    return bool({t for t in tokens(one) if t[0] != "="} & {t for t in tokens(other) if t[0] != "="})


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("égalité", "egalite"),
        ("egalite", "Égalité"),
        ("egalite", "égalités"),
        ("mobilite", "mobilités"),
        ("precarite", "précarité"),
        ("bénévole", "bénévolat"),
        ("emplois", "emploi"),
        ("territoire", "territorial"),
        ("partenaires", "partenariat"),
        ("chevaux", "cheval"),
        ("travaux", "travail"),
        ("décrochent", "décrochage"),
        ("œuvre", "oeuvres"),
        ("XXe", "XXème"),
        ("14", "XIV"),
        ("10000", "10 000"),
        ("1er", "1ère"),
        ("S.N.C.F.", "SNCF"),
        ("RGPD", "règlement général sur la protection des données"),
        ("illettrisme", "ils ne savent pas lire et écrire"),
        ("désert médical", "pénurie de médecins"),
        ("crèche", "modes de garde"),
        ("vélo", "piste cyclable"),
        ("caf", "caisse d’allocations familiales"),
    ],
)
def test_words_that_answer_one_another(asked: str, written: str) -> None:
    assert meet(asked, written)


@pytest.mark.parametrize(
    ("asked", "written"), [("vie", "vider"), ("maire", "mer"), ("poisson", "poison"), ("port", "portable")]
)
def test_words_that_do_not(asked: str, written: str) -> None:
    assert not meet(asked, written)


@pytest.mark.parametrize("mark", ["'", "’", "ʼ"])
def test_elisions_are_off(mark: str) -> None:
    assert tokens(f"l{mark}école qu{mark}habite") == tokens("école habite")


def test_glued_words_of_pages_turned_to_text_are_cut() -> None:
    assert cut("application duRGPD.Pour") == ["application", "du", "rgpd", "pour"]


def test_percent_and_euro_are_words() -> None:
    assert "pourcentag" in tokens("45 %")
    assert "euro" in tokens("10€")


def test_empty_words_are_kept_in_titles_only() -> None:
    assert tokens("comment pourquoi avec") == set()
    assert "=combien" in analyser().title("Combien de temps ?").split()


def test_ways_of_asking_are_one() -> None:
    asking = analyser().thesaurus.of_asking
    assert asking(fold("Qu’est-ce que le RSA ?")) == asking(fold("Le RSA, c'est quoi ?")) == ["?definition"]
    assert asking("le RSA") == []


def test_every_question_is_looked_for() -> None:
    """A title is only searched for the kinds of question when one of its words may ask: none is missed by that."""
    asked = [member.strip() for line in read_circles()["asking"] for member in line.split(",")]
    assert asked
    for text in asked:
        assert set(analyser().thesaurus.of_asking(fold(text))) <= set(analyser().title(f"{text} ici").split()), text
        assert any(token[0] == ASKING for token in analyser().title(f"{text} ici").split()), text


def test_stemming_before_and_after_folding_are_both_there() -> None:
    """The control: one alone does not find the other."""
    assert stems_of("égalité") == ("egal", "egalit")
    assert stems_of("egalite") == ("egalit",)
    assert set(stems_of("égalité")[:1]).isdisjoint(stems_of("egalite"))


@given(st.text(max_size=300))
def test_any_text_can_be_analysed(text: str) -> None:
    for token in analyser().title(text).split():
        assert token == token.strip()
    analyser().body(text)


@pytest.mark.parametrize(
    "text",
    [
        "132 123,00 € engagés par l’État (Fonds vert, 2023).",
        "10 000 000 d'habitants, 3 000\u202f000\u00a0000 de pas",
        "Saint-Ciers-d'Abzac\tS.N.C.F. duRGPD.Pour\n100% vert",
        "\u00e9cole e\u0301cole é\u200bcole éco\u00adle",
        "x" * 200 + " y " + "z" * 41,
    ],
)
def test_reading_piece_by_piece_is_reading_the_whole(text: str) -> None:
    assert [word.text for word in analyser().words(text)] == cut(text)
    assert analyser().titled(text)[1].replace(" ", "") == fold(text).replace(" ", "")


def test_expressions_go_over_spaces_and_not_over_lines() -> None:
    together = "un désert médical"
    assert "#desert_medical" in analyser().body(together).split()
    assert "#desert_medical" in analyser().title(together).split()
    assert "#desert_medical" not in analyser().keywords("un désert\nmédical").split()


def test_what_has_no_space_is_not_remembered() -> None:
    long = "b64" * 40
    analyser().body(long)
    assert long not in analyser()._pieces
    analyser().body("court")
    assert "court" in analyser()._pieces


@pytest.mark.parametrize("written", ["12345", "502396,17", "204973309", "100000,5", "00012345", "9" * 40, "9" * 41])
def test_a_number_read_by_the_short_way_is_the_same(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = Analyser(analyser().thesaurus)._read(written)
    monkeypatch.setattr("fairealliance.search.analysis._NUMBER", lambda _written: None)
    assert Analyser(analyser().thesaurus)._read(written) == short


AMOUNTS = (
    "190\u00a0950,30 € engagés par l’État (Fonds vert, 2023).",
    "Aide de 12 000 € pour 3 postes, puis 1 250 000,5 € en 2024",
    "En 2023 190 950 habitants",
    "190 950,30 123 et 12 345 6789",
    "1 500 €, 150000 euros, (25 000 €), 75 000",
    "12345,30 minutes de marche",
    "123456",
)


@pytest.mark.parametrize("text", AMOUNTS)
def test_what_stands_around_an_amount_gives_the_same_tokens_as_the_whole(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = sorted(Analyser(analyser().thesaurus).body(text).split())
    monkeypatch.setattr(analysis, "_AMOUNT", lambda _text: None)
    assert found == sorted(Analyser(analyser().thesaurus).body(text).split())


def test_no_circle_has_a_number_of_five_digits() -> None:
    """Else an expression could go over an amount."""
    assert not re.search(r"[0-9]{5}|[0-9][ \u00a0\u202f][0-9]{3}", json.dumps(read_circles(), ensure_ascii=False))


@pytest.mark.parametrize(
    "text",
    [
        "LESTARDS (Lestards), « Gard » gard",
        "St Ste SAINT Emplois EMPLOIS travaux",
        "duRGPD RGPD McDonald eMail",
        "e\u0301cole E\u0301COLE École",
        "de DE Comment ? aujourd’hui",
        "Œuvre ŒUVRE œuvres Straße İzmir aʼb \u212bngstrom",
        "École. …emploi! 'emploi' ’emploi l’Emploi l'EMPLOI",
        "ХОР хор Χορός ªº ①",
        "a" * 45 + " A" * 3,
    ],
)
def test_a_word_alone_is_read_as_among_others(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Analyser(analyser().thesaurus)
    found = own.body(text), own.titled(text), own.words(text)
    monkeypatch.setattr(Analyser, "_single", lambda _self, _written: None)
    monkeypatch.setattr(analysis, "_plain", lambda written: written)
    own = Analyser(analyser().thesaurus)
    assert found == (own.body(text), own.titled(text), own.words(text))


@given(st.text("aeÉéE\u0301İßŒœʼ’'.,;:%€-_«»()…!?\"“”\u00ad\u200b19sST", max_size=12))
def test_a_piece_is_read_alike_whatever_its_capitals_and_the_signs_around(text: str) -> None:
    """What is shared between `Saint-Brieuc,`, `SAINT-BRIEUC` and `saint-brieuc` is what each says on its own."""
    own = Analyser(analyser().thesaurus)
    found = own.body(text), own.titled(text), own.words(text)
    with patch.object(analysis, "_plain", lambda written: written):
        own = Analyser(analyser().thesaurus)
        assert found == (own.body(text), own.titled(text), own.words(text))


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Côte-d'Or", "=cote cot"),
        ("Saint-Étienne", "=saint saint =etienne etien"),
        ("CC du Pays de l’Ourcq", "=cc cc =pays pay =ourcq ourcq"),
        ("Bretagne", "=bretagne bretagn @bretagne"),
        ("Gouvernes", "=gouvernes gouvern"),
        ("Saint-Romain", "=saint saint =romain romain"),
        ("", ""),
    ],
)
def test_where_a_thing_is_says_nothing_of_its_subject(name: str, tokens: str) -> None:
    assert sorted(analyser().places((name,)).split()) == sorted(tokens.split())


def test_places_stand_one_after_the_other() -> None:
    words = analyser()
    assert words.places(("Dijon", "Côte-d'Or")) == f"{words.places(('Dijon',))} {words.places(('Côte-d’Or',))}"
