"""The kit, resources and their collections, what is read: as visitors and as editors meet them."""

import re
import time
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, OpenPage, sign_in
from tests.browser.test_accessibility import violations

# One server for all of them: one process runs them, whatever xdist does with the others.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/kit/?territoire=commune:42218&public=elus",
    "/kit/?territoire=xyzxyz&public=personne",
    "/ressources/?etape=act&pour=elus",
    "/ressources/?nature=baguette",
    "/ressources/collections/",
    "/ressources/collections/co-construction-territoriale/",
    "/audience/",
)
DESK = (
    "/gestion/ressources/",
    "/gestion/ressources/nouvelle/",
    "/gestion/ressources/liens/",
    "/gestion/ressources/collections/",
    "/gestion/ressources/collections/co-construction-territoriale/",
    "/gestion/audience/",
)


def look(page: Page) -> None:
    """No axe violation, nothing wider than the screen."""
    for size, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{page.url} {size}: {overflow} px too wide"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], f"{page.url} {size}, {scheme}"


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_are_accessible(open_page: OpenPage, address: str) -> None:
    look(open_page(address))


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_mayor_gets_a_kit_for_the_commune(open_page: OpenPage, site: str, script: bool) -> None:
    page = open_page("/kit/", script=script)
    page.locator("input").and_(page.get_by_label("Votre territoire")).fill("saint etienne")
    page.keyboard.press("Escape")
    page.get_by_label("Pour qui").select_option("Élus")
    page.get_by_role("button", name="Adapter le kit").click()
    expect(page.get_by_role("main")).to_contain_text("Saint-Étienne")
    for number in range(1, 5):
        expect(page.locator(f"#fiche-{number}")).to_be_visible()
    address = page.get_by_role("link", name="Le kit à imprimer").get_attribute("href") or ""
    with urllib.request.urlopen(f"{site}{address}", timeout=30) as answer:
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.read(5) == b"%PDF-"


def test_resources_are_narrowed_and_a_filter_taken_away(open_page: OpenPage) -> None:
    page = open_page("/ressources/", script=False)
    before = page.locator("#total").inner_text()
    page.get_by_role("checkbox", name=re.compile("^Kit")).check()
    page.get_by_role("button", name="Appliquer").click()
    expect(page).to_have_url(re.compile("nature=kit"))
    assert page.locator("#total").inner_text() != before
    page.get_by_role("link", name=re.compile("Kit")).and_(page.locator(".chips a")).first.click()
    assert page.locator("#total").inner_text() == before


def test_an_editor_adds_a_resource_and_puts_it_in_a_collection(open_page: OpenPage, editor: tuple[str, str]) -> None:
    page = open_page("/gestion/ressources/nouvelle/")
    sign_in(page, editor)
    page.goto("/gestion/ressources/nouvelle/")
    title = f"Guide des essais {time.time_ns()}"
    page.get_by_label("Titre", exact=True).fill(title)
    page.get_by_label("Nature", exact=True).select_option("Méthode")
    page.get_by_label("À quoi elle sert").fill("À essayer à plusieurs.")
    page.get_by_label("Agir", exact=True).check()
    page.get_by_label("Élus", exact=True).check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La ressource est en ligne.")).to_be_visible()
    page.goto("/gestion/ressources/collections/nouvelle/")
    page.get_by_label("Titre", exact=True).fill(f"Collection {title}")
    page.get_by_label("Visible de tous").check()
    page.get_by_label("Ressource", exact=True).first.fill(title)
    page.get_by_label("Ce qu’elle apporte ici").first.fill("Par où commencer.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Enregistré.")).to_be_visible()
    page.get_by_role("link", name="Voir la page publique").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Collection Guide")
    expect(page.get_by_role("main")).to_contain_text("Par où commencer.")


def test_screens_of_the_desk_are_accessible(open_page: OpenPage, editor: tuple[str, str]) -> None:
    page = open_page("/gestion/ressources/")
    sign_in(page, editor)
    for address in DESK:
        page.goto(address)
        look(page)
