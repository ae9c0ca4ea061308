"""The document: what it says, that it is tagged, and that nothing typed breaks it."""

import subprocess
from pathlib import Path

import pytest

from fairealliance.lib import documents
from fairealliance.sheets import pdf
from fairealliance.sheets.compose import compose
from tests.poppler import needs_poppler
from tests.sheets.conftest import CHALLENGE
from tests.sheets.test_pages import HOSTILE

ADDRESS = "https://exemple.fr/agir/?territoire=commune%3A42218&defi=%C3%A9cole"


def _run(tool: str, content: bytes, tmp_path: Path, *options: str) -> str:
    path = tmp_path / "fiche.pdf"
    path.write_bytes(content)
    command = [tool, *options, str(path), *(["-"] if tool == "pdftotext" else [])]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return " ".join(done.stdout.replace("\xa0", " ").replace("\u202f", " ").split())


@needs_poppler
def test_the_document_says_what_the_page_says(world, index, make_practice, make_organisation, tmp_path):
    make_practice(world.neighbour, spheres=("association",))
    make_organisation(world.town)
    index.follow()
    sheet = compose(world.town, CHALLENGE)
    words = _run("pdftotext", pdf.render(sheet, ADDRESS), tmp_path, "-layout")
    for expected in (
        "Saint-Étienne",
        "des jeunes décrochent de l’école",
        "Appeler la mission locale et le collège",
        "même intercommunalité",
        "Il manque le cercle des entreprises.",
        "Source d’essai",
        "https://exemple.fr/agir/?territoire=commune:42218&defi=école",
        "1/2",
    ):
        assert expected in words, expected


@needs_poppler
def test_no_one_is_sent_to_an_invented_case_unaware(world, index, make_practice, tmp_path):
    make_practice(world.neighbour, is_demo=True)
    index.follow()
    words = _run("pdftotext", pdf.render(compose(world.town, CHALLENGE), ADDRESS), tmp_path, "-layout")
    steps, _separator, rest = words.partition("Données")
    assert "contenu inventé" in steps
    assert "CONTENU INVENTÉ" in rest


@needs_poppler
def test_the_document_is_accessible(world, index, tmp_path):
    facts = _run("pdfinfo", pdf.render(compose(world.town, CHALLENGE), ADDRESS), tmp_path)
    assert "Tagged: yes" in facts
    assert "Title: Fiche d’action : Saint-Étienne" in facts
    assert "A4" in facts


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_is_never_markup(world, index, make_practice, typed):
    make_practice(world.neighbour, typed.replace("\x0b", " ")[:300], summary=typed)
    index.follow()
    assert pdf.render(compose(world.town, typed), ADDRESS).startswith(b"%PDF-")


@needs_poppler
def test_markup_of_typst_is_shown_as_typed(world, index, tmp_path):
    typed = "#panic(1) *gras* = titre école"
    words = _run("pdftotext", pdf.render(compose(world.town, typed), ADDRESS), tmp_path)
    assert "#panic(1) *gras* = titre école" in words


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [("vélo 🚲 !", "vélo !"), ("œuvre à 5 € – « ça »", "œuvre à 5 € – « ça »"), ("漢字", ""), ("Łódź ñ", "Łódź ñ")],
)
def test_signs_no_font_has_are_left_out(typed, drawn):
    assert documents.drawable(typed) == drawn
