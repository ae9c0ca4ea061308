"""French text, numbers and identifiers in one form."""

from decimal import Decimal

import pytest

from fairealliance.lib.french_numbers import format_number, parse_decimal
from fairealliance.lib.identifiers import clean_rna, clean_siren, clean_siret
from fairealliance.lib.text_fr import fold, name_key, quoted_within, shorten


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("St-Étienne", "saint etienne"),
        ("SAINT ETIENNE", "saint etienne"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Ste Foy-lès-Lyon", "sainte foy les lyon"),
        ("Œuilly", "oeuilly"),
        ("Estrées", "estrees"),
    ],
)
def test_names_meet(typed: str, key: str) -> None:
    assert name_key(typed) == key


def test_fold_keeps_nothing_but_words() -> None:
    assert fold("  <b>L'école</b> \n ") == "b l ecole b"
    assert fold("🎉") == ""


def test_shorten_cuts_between_words() -> None:
    assert shorten("un deux trois quatre", 12) == "un deux…"
    assert shorten("court", 12) == "court"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("21 667,00 €", "21667.00"),
        ("1\u202f234,5", "1234.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("-3", "-3"),
    ],
)
def test_numbers_as_written_in_french(raw: str, value: str) -> None:
    assert parse_decimal(raw) == Decimal(value)


@pytest.mark.parametrize("raw", ["", "abc", "NaN", "Infinity", "12,3,4"])
def test_not_a_number_is_said_in_french(raw: str) -> None:
    with pytest.raises(ValueError, match="pas un nombre"):
        parse_decimal(raw)


def test_numbers_are_shown_in_french() -> None:
    assert format_number(1234567.8, 1) == "1\u202f234\u202f567,8"


def test_identifiers() -> None:
    assert clean_siren("200 078 004") == "200078004"
    assert clean_siret("775 544 026 01284") == "77554402601284"
    assert clean_rna("w751085568") == "W751085568"


@pytest.mark.parametrize(
    ("cleaner", "raw"),
    [(clean_siren, "200078005"), (clean_siren, "12"), (clean_siret, "ACME"), (clean_rna, "751")],
)
def test_wrong_identifiers_are_refused(cleaner, raw: str) -> None:
    with pytest.raises(ValueError, match=raw):
        cleaner(raw)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Un titre", "Un titre"),
        ("Le kit « L’ODD 17 »", "Le kit “L’ODD 17”"),
        ("« Un », « deux »", "“Un”, “deux”"),
        ("«\u202fCollé\u202f»", "“Collé”"),
    ],
)
def test_no_guillemets_within_guillemets(text: str, held: str) -> None:
    assert quoted_within(text) == held
