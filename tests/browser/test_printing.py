"""On paper: nothing that only a screen serves, no page left half empty, no delay broken over three lines."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.poppler import needs_poppler

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SHEET_WIDTH = 673  # an A4 sheet between margins of 16 mm, in CSS pixels


def test_sign_in_is_not_printed(open_page: OpenPage) -> None:
    page = open_page("/territoires/commune/42218-saint-etienne/")
    expect(page.locator(".masthead-account")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".masthead-account")).to_be_hidden()
    expect(page.locator(".masthead").get_by_text("Faire Alliance")).to_be_visible()


def filled(page: Page, folder: Path) -> list[float]:
    """Printed, how far down each sheet something stands: 1 is the very foot. Numbers of pages are left out."""
    (folder / "printed.pdf").write_bytes(page.pdf(format="A4", prefer_css_page_size=True))
    for old in folder.glob("sheet-*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", "20", "-gray", "-png", "printed.pdf", "sheet"], cwd=folder, check=True)
    return [_lowest(Image.open(path)) for path in sorted(folder.glob("sheet-*.png"))]


def _lowest(sheet: Image.Image) -> float:
    body = ImageOps.invert(sheet.crop((0, 0, sheet.width, int(sheet.height * 0.93))))
    box = body.point(lambda tone: 255 if tone > 40 else 0).getbbox()
    return box[3] / sheet.height if box else 0.0


@needs_poppler
def test_no_sheet_of_the_first_ones_is_left_half_empty(open_page: OpenPage, tmp_path: Path) -> None:
    """What is told at length goes on over the next sheet; a comparison and its table too."""
    report = filled(open_page("/feuille-de-route/bilan/?date=2021-05-07"), tmp_path)
    assert len(report) > 10
    assert min(report[:6]) > 0.75, report
    territory = filled(open_page("/territoires/commune/42218-saint-etienne/"), tmp_path)
    assert min(territory[:-1]) > 0.65, territory


@needs_poppler
def test_control_what_may_not_be_cut_leaves_a_sheet_half_empty(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/feuille-de-route/bilan/?date=2021-05-07")
    page.evaluate(
        "{ const sheet = new CSSStyleSheet(); sheet.replaceSync('.roadmap-told { break-inside: avoid !important }');"
        " document.adoptedStyleSheets = [sheet] }"
    )
    assert min(filled(page, tmp_path)[:6]) < 0.7


def test_delay_of_a_measure_is_on_one_line(open_page: OpenPage) -> None:
    """Where a delay is told, and nowhere else: other tables have a third column too."""
    page = open_page("/feuille-de-route/bilan/?date=2021-05-07", width=SHEET_WIDTH)
    page.emulate_media(media="print")
    lines = page.get_by_role("cell", name="12 à 18 mois", exact=True).first.evaluate(
        "cell => { const told = document.createRange(); told.selectNodeContents(cell);"
        " return new Set([...told.getClientRects()].map(box => box.top)).size }"
    )
    assert lines == 1
    page.goto("/feuille-de-route/comparer/?du=2020-05-07&au=2021-05-07")
    third = page.locator(".roadmap-table tbody tr > :nth-child(3)").first
    assert third.evaluate("cell => getComputedStyle(cell).whiteSpace") == "normal"
