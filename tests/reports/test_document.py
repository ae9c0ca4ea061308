"""The report on paper: it says what the page says, it is tagged, and nothing written breaks it."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.test import Client

from fairealliance.reports.compose import compose
from fairealliance.reports.pdf import render
from fairealliance.search.query import Hit, Query, Results
from fairealliance.territories.models import Indicator
from tests.poppler import needs_poppler
from tests.reports.conftest import away, full
from tests.territories.world import World

ADDRESS = "/territoires/departement/42-loire/rapport.pdf"


def document(client: Client, folder: Path) -> Path:
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    path = folder / "rapport.pdf"
    path.write_bytes(answer.content)
    return path


def words_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    return " ".join(done.stdout.replace("\xa0", " ").replace("\u202f", " ").split())


@needs_poppler
def test_it_says_what_the_page_says(
    client: Client, world: World, poverty: Indicator, answering: Callable, tmp_path: Path
):
    answering(full)
    words = words_of(document(client, tmp_path))
    for expected in (
        "Loire",
        "Les fragilités mesurées",
        "Taux de pauvreté",
        "82 %",
        "Les fragilités vues par les acteurs",
        "Un garage solidaire",
        "À mettre en débat",
        "Source d’essai",
        "http://testserver/territoires/departement/42-loire/rapport/",
    ):
        assert expected in words, expected


def pages_of(content: bytes, path: Path) -> list[str]:
    path.write_bytes(content)
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True).stdout
    return [" ".join(page.split()) for page in told.split("\f")[:-1]]


@needs_poppler
def test_the_map_is_in_its_section_and_sources_hold_together(
    world: World, poverty: Indicator, answering: Callable, tmp_path: Path
):
    """However much there is before: every length puts the end of a page elsewhere."""
    answering(full)
    whole = compose(world.loire)
    (one,) = whole.measured
    for number in range(1, 13):
        longer = replace(whole, measured=[one] * number, questions=[whole.questions[0]] * 3 * number)
        pages = pages_of(render(longer, "http://testserver/x/"), tmp_path / "rapport.pdf")
        text = " ".join(pages)
        map_at, section_at = text.index("les communes à 28"), text.rindex("Les fragilités vues par les acteurs")
        assert text.rindex("Les fragilités mesurées") < map_at < section_at, number
        assert "Sources et méthode" in pages[-1], number
        assert "Page vivante" in pages[-1], number


@needs_poppler
def test_with_nothing_measured_the_map_leaves_no_hole(
    world: World, poverty: Indicator, answering: Callable, tmp_path: Path
):
    """As a product that was just installed: it stays on the page where its section begins."""
    answering(full)
    whole = compose(world.loire)
    for number in range(8):
        profile = replace(whole.profile, figures=list(whole.profile.figures)[:1] * 3 * number)
        bare = replace(whole, measured=[], profile=profile)
        pages = pages_of(render(bare, "http://testserver/x/"), tmp_path / "rapport.pdf")
        (section,) = [page for page in pages if "Aucun chiffre ne permet de le dire" in page]
        assert "Les communes de la Loire" in section, number


@needs_poppler
def test_it_is_tagged_titled_and_in_french(
    client: Client, world: World, poverty: Indicator, answering: Callable, tmp_path: Path
):
    answering(full)
    path = document(client, tmp_path)
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True).stdout
    assert "Tagged:          yes" in told
    assert "Rapport territorial : Loire" in told.replace("\xa0", " ")
    assert b"pdfuaid:part" in path.read_bytes() or b"pdfuaid" in path.read_bytes()


def test_without_index_figures_or_surveys_it_still_stands(
    client: Client, world: World, answering: Callable, tmp_path: Path
):
    answering(away)
    assert document(client, tmp_path).stat().st_size > 5_000


@needs_poppler
def test_what_people_wrote_is_never_an_instruction(client: Client, world: World, answering: Callable, tmp_path: Path):
    hostile = '#panic("x") *gras* $x$ <b>\\u{41} 🙂 ] #read("/etc/passwd")'
    hit = Hit("practice:1", "practice", hostile, "/pratiques/1/", 1.0, territory="#let x = 1")

    def find(query: Query) -> Results:
        return Results((hit,), 1, {"kind": {"practice": 1}, "theme": {"logement": 1}})

    answering(find)
    words = words_of(document(client, tmp_path))
    assert '#panic("x")' in words
    assert "*gras*" in words
