"""`fairealliance sheet TERRITORY "CHALLENGE"`."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.sheets.conftest import CHALLENGE


def test_json(world, index, make_practice, capsys):
    made = make_practice(world.neighbour)
    index.follow()
    call_command("sheet", "saint etienne", CHALLENGE, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["territory"]["ref"] == "commune:42218"
    assert told["cases"]["lines"][0]["ref"] == f"practice:{made.pk}"
    assert told["cases"]["lines"][0]["source"]["label"] == "Source d’essai"


def test_in_words(world, index, capsys):
    call_command("sheet", "commune:42218", CHALLENGE)
    told = capsys.readouterr().out
    assert "Saint-Étienne" in told
    assert "Pas encore d’exemple connu" in told


def test_pdf(world, index, tmp_path, capsys):
    path = tmp_path / "fiche.pdf"
    call_command("sheet", "commune:42218", CHALLENGE, "--pdf", str(path))
    assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("territory", "challenge", "words"),
    [
        ("xyzzy", CHALLENGE, "Nous ne connaissons pas"),
        ("commune:99999", CHALLENGE, "Nous ne connaissons pas"),
        ("commune:42218", " ", "Dites votre défi"),
        ("commune:42218", "a" * 3000, "caractères"),
    ],
)
def test_wrong_input_is_told(world, index, territory, challenge, words):
    with pytest.raises(CommandError, match=words):
        call_command("sheet", territory, challenge)


def test_a_path_that_cannot_be_written(world, index, tmp_path):
    with pytest.raises(CommandError, match="Impossible d’écrire"):
        call_command("sheet", "commune:42218", CHALLENGE, "--pdf", str(tmp_path / "absent" / "fiche.pdf"))
