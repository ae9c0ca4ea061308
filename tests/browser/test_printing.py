"""On paper: nothing that only a screen serves, no page left half empty, no delay broken over three lines."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SHEET_WIDTH = 673  # an A4 sheet between margins of 16 mm, in CSS pixels


def test_sign_in_is_not_printed(open_page: OpenPage) -> None:
    page = open_page("/territoires/commune/42218-saint-etienne/")
    expect(page.locator(".masthead-account")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".masthead-account")).to_be_hidden()
    expect(page.locator(".masthead").get_by_text("Faire Alliance")).to_be_visible()


def test_comparison_and_its_table_go_on_over_the_next_page(open_page: OpenPage) -> None:
    page = open_page("/territoires/commune/42218-saint-etienne/")
    page.emulate_media(media="print")
    kept = page.locator("figure.comparison").first.evaluate("each => getComputedStyle(each).breakInside")
    assert kept == "auto"


def test_delay_of_a_measure_is_on_one_line(open_page: OpenPage) -> None:
    page = open_page("/feuille-de-route/bilan/?date=2021-05-07", width=SHEET_WIDTH)
    page.emulate_media(media="print")
    lines = page.get_by_role("cell", name="12 à 18 mois", exact=True).first.evaluate(
        "cell => { const told = document.createRange(); told.selectNodeContents(cell);"
        " return new Set([...told.getClientRects()].map(box => box.top)).size }"
    )
    assert lines == 1
