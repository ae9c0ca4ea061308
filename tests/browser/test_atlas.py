"""Maps, clouds and reports in a real browser: readable, reachable, without JavaScript, in light and dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import WIDTHS, fits, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MAP = "/observatoire/territoires/population/?niveau=departement"
REPORT = "/territoires/departement/42-loire/rapport/"


def test_a_mayor_finds_their_place_on_the_map_without_javascript(open_page: OpenPage) -> None:
    page = open_page(MAP, script=False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Population")
    page.get_by_label("Un territoire", exact=True).fill("Saint-Étienne")
    page.get_by_role("button", name="Le situer").click()
    expect(page).to_have_url(re.compile("territoire="))
    expect(page.locator("tr.is-own, li.is-own").first).to_contain_text("Loire")


def test_the_table_sorts_and_leads_on_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(MAP)
    heading = page.get_by_role("columnheader", name="Territoire").get_by_role("link")
    heading.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Territoire")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("rowheader").first.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/territoires/departement/"))


def test_levels_are_one_click_away(open_page: OpenPage) -> None:
    page = open_page(MAP)
    page.get_by_role("navigation", name="Niveau de la carte").get_by_role("link", name=re.compile("Régions")).click()
    expect(page.get_by_text("Population municipale, par région").first).to_be_visible()


def test_from_the_portrait_to_the_report(open_page: OpenPage) -> None:
    page = open_page("/territoires/departement/42-loire/")
    page.get_by_role("link", name="Lire le rapport").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loire")
    for title in ("Les fragilités mesurées", "Les fragilités vues par les acteurs", "À mettre en débat"):
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    document = page.request.get(page.get_by_role("link", name="Le document (PDF)").get_attribute("href") or "")
    assert (document.status, document.headers["content-type"]) == (200, "application/pdf")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "address",
    ["/observatoire/territoires/", MAP, "/observatoire/croiser/", REPORT],
    ids=["list", "map", "cloud", "report"],
)
def test_pages_have_no_violation(open_page: OpenPage, address: str, width: int, dark: bool) -> None:
    page = open_page(address, width=width, dark=dark)
    assert violations(page) == []
    fits(page)


def test_a_report_on_a_phone_in_the_dark(open_page: OpenPage) -> None:
    """Bars of one question start at one place; the small map has the colour of the page."""
    page = open_page("/territoires/departement/42-loire/rapport/", width=320, dark=True)
    starts = page.evaluate(
        "[...document.querySelectorAll('.report-bars ul')]"
        ".map(list => new Set([...list.querySelectorAll('svg')].map(bar => bar.getBoundingClientRect().x)).size)"
    )
    assert starts
    assert set(starts) == {1}
    paper = "getComputedStyle(document.querySelector('.report-where svg')).backgroundColor"
    assert page.evaluate(paper) == "rgba(0, 0, 0, 0)"
