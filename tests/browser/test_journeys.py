"""The journeys of the first users, in a real browser, against the product as `make run` starts it."""

import re
import urllib.request

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage

# One server for all of them: one process runs them, whatever xdist does with the others.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHALLENGE = "des jeunes décrochent de l'école"


def ask(page: Page, commune: str, challenge: str) -> None:
    """Type and send the main form, choosing nothing in the list."""
    page.locator("input").and_(page.get_by_label("Votre territoire")).fill(commune)
    page.get_by_label("Votre défi").fill(challenge)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Trouver comment agir").click()


def expect_sheet(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Saint-Étienne")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Population")
    expect(main).to_contain_text("Source")
    expect(main).to_contain_text("décrochage", ignore_case=True)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_mayor_gets_a_sheet(open_page: OpenPage, script: bool) -> None:
    page = open_page("/", script=script)
    ask(page, "saint etienne", CHALLENGE)
    expect_sheet(page)


def test_commune_is_chosen_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("input").and_(page.get_by_label("Votre territoire")).focus()
    page.keyboard.type("st etien", delay=30)
    expect(page.get_by_role("option").first).to_contain_text("Saint-Étienne")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("Votre défi").focus()
    page.keyboard.type(CHALLENGE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Trouver comment agir")).to_be_focused()
    page.keyboard.press("Enter")
    expect_sheet(page)
    assert "commune%3A42218" in page.url or "commune:42218" in page.url


def test_an_answer_that_comes_late_keeps_what_one_stands_on(open_page: OpenPage) -> None:
    page = open_page("/")
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route(re.compile(r"[?&]q=st(%20|[+])etien$"), hold)
    field = page.locator("input").and_(page.get_by_label("Votre territoire"))
    field.press_sequentially("st etie")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Saint-Étienne")
    with page.expect_request(re.compile("etien$")):
        field.press("n")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    chosen = first.element_handle()
    [answer] = late
    with page.expect_response(re.compile("etien$")):
        answer.continue_()
    chosen.wait_for_element_state("hidden")  # another list has taken its place
    expect(first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page.locator("input[type=hidden][name=territoire]")).to_have_value("commune:42218")


def test_other_words_leave_what_one_stood_on(open_page: OpenPage) -> None:
    page = open_page("/")
    field = page.locator("input").and_(page.get_by_label("Votre territoire"))
    field.press_sequentially("st etie")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Saint-Étienne")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    with page.expect_response(re.compile("etien$")):
        field.press("n")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    expect(page.locator("input[type=hidden][name=territoire]")).to_have_value("st etien")


def test_sheet_is_shared_and_found_again(open_page: OpenPage) -> None:
    page = open_page("/agir/?territoire=commune:42218&defi=illettrisme")
    page.get_by_role("button", name=re.compile("Partager|lien", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile(r"/agir/fiche/[\w-]+/"))
    again = open_page(page.url)
    expect(again.get_by_role("heading", level=1)).to_contain_text("Saint-Étienne")
    expect(again.get_by_role("main")).to_contain_text("Nouveau depuis")


def test_sheet_as_pdf(site: str) -> None:
    with urllib.request.urlopen(f"{site}/agir/fiche.pdf?territoire=commune:42218&defi=illettrisme", timeout=30) as pdf:
        assert pdf.headers["Content-Type"] == "application/pdf"
        assert pdf.read(5) == b"%PDF-"


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_explorer_narrows_by_facet(open_page: OpenPage, script: bool) -> None:
    page = open_page("/recherche/?q=jeunes", script=script)
    box = page.locator("input[name=kind][value=practice]")
    box.check()
    if not script:
        page.get_by_role("button", name="Appliquer").first.click()
    expect(page).to_have_url(re.compile("kind=practice"))
    expect(page.locator("article.card-resource")).to_have_count(0)
    expect(page.locator("article.card-practice").first).to_be_visible()


def test_former_commune_leads_to_todays(open_page: OpenPage) -> None:
    """Annecy-le-Vieux (74011) merged into Annecy in 2017."""
    page = open_page("/territoires/commune/74011-annecy-le-vieux/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Annecy"))
    assert "/74010-" in page.url


def test_portrait_says_what_is_unknown(open_page: OpenPage) -> None:
    page = open_page("/territoires/commune/42218-saint-etienne/")
    expect(page.get_by_role("main")).to_contain_text("INSEE")
    expect(page.get_by_role("link", name="Loire", exact=True).first).to_be_visible()


def test_invented_cases_are_marked_on_their_page(open_page: OpenPage) -> None:
    page = open_page("/recherche/?q=d%C3%A9crochage+scolaire&kind=practice")
    marked = page.locator("article.card-practice", has=page.locator(".card-demo")).first
    marked.get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("Contenu inventé")


def test_first_link_of_a_page_leads_to_its_content(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
