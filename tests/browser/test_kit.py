"""The kit, resources and their collections, what is read: as visitors and as editors meet them."""

import re
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Product, sign_in
from tests.browser.looking import is_clean

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
# What a month of readers leaves, addresses of every kind among it.
COUNTS = """
from django.utils import timezone
from fairealliance.audience.actions import add_counts
long = "/une-adresse-que-personne-ne-nomme/" + "beaucoup-trop-longue" * 6 + "/"
pages = ["/", "/recherche/", "/feuille-de-route/mesures/4/", "/territoires/departement/42-loire/", "/agir/fiche/…/"]
counts = {("page", "territoires", page): 50 for page in [*pages, long]}
counts |= {("territory", "territoires", "departement:42"): 60, ("missed", "piscine couverte"): 4}
counts |= {("missed", "anticonstitutionnellement" * 3): 5}
add_counts(counts=counts, month=timezone.localdate().replace(day=1))
"""


@pytest.fixture(scope="session")
def counted(product: Product) -> None:
    """The product has been read for a while."""
    product.command("shell", "-v", "0", "-c", COUNTS)


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_are_accessible(open_page: OpenPage, address: str) -> None:
    is_clean(open_page(address))


def test_what_is_read_is_told_by_its_title_and_fits(
    open_page: OpenPage, editor: tuple[str, str], counted: None
) -> None:
    for address in ("/audience/", "/gestion/audience/"):
        page = open_page(address)
        if "gestion" in address:
            sign_in(page, editor)
            page.goto(address)
        row = page.get_by_role("row").filter(has_text="/territoires/departement/42-loire/")
        expect(row.get_by_role("link", name="Loire", exact=True)).to_be_visible()
        is_clean(page)


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
        is_clean(page)
