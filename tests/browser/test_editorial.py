"""Somebody who never saw the desk publishes a news item with a chart; another proposes one, which is moderated."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from tests.browser.conftest import OpenPage, Product, choose_password
from tests.browser.conftest import sign_in as enter
from tests.browser.looking import WIDTHS, is_clean

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SLOWLY = 45_000  # the desk saves by itself some seconds after the last key
PASSWORD = "une phrase longue et simple"
SignIn = Callable[[str, str], Page]


@pytest.fixture
def sign_in(browser: Browser, product: Product) -> Iterator[SignIn]:
    """`sign_in(mail, password)`: a window at the desk; fails afterwards on what the console complained of."""
    opened: list[Page] = []
    complaints: list[str] = []

    def signed(mail: str, password: str) -> Page:
        context = browser.new_context(base_url=product.address, locale="fr-FR", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.add_init_script("addEventListener('w-unsaved:watch-edits', () => { document.body.dataset.watched = '' })")
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/gestion/")
        enter(page, (mail, password))
        expect(page.get_by_role("link", name="Écrire une actualité")).to_be_visible()
        opened.append(page)
        return page

    yield signed
    for page in opened:
        page.context.close()
    # Wagtail answers 400 when it saves by itself a page that still lacks something: the editor sees which field.
    assert [each for each in complaints if "400 (Bad Request)" not in each] == []


@pytest.fixture
def writer(browser: Browser, product: Product) -> tuple[str, str]:
    """Somebody who writes and proposes, without publishing."""
    said = product.command("editor", "add", "plume@exemple.fr", "--name", "Plume", "--writer")
    context = browser.new_context(base_url=product.address)
    choose_password(context.new_page(), said, PASSWORD)
    context.close()
    return "plume@exemple.fr", PASSWORD


def begin(page: Page, title: str, lead: str) -> None:
    page.get_by_role("link", name="Écrire une actualité").click()
    # Wagtail takes what stands in a form two seconds after it opened for what was there: nobody writes a page in two.
    expect(page.locator("body[data-watched]")).to_have_count(1)
    page.locator("#id_title").press_sequentially(title)
    page.locator("#id_lead").press_sequentially(lead)
    page.keyboard.press("Tab")  # what is saved is what was left


def choose_picture(page: Page, picture: Path, alt: str) -> None:
    page.get_by_role("button", name="Choisir une image").click()
    modal = page.locator(".modal")
    modal.get_by_role("tab").last.click()
    modal.locator("input[type=file]").set_input_files(picture)
    expect(modal.locator("[name$=title]")).not_to_have_value("")  # taken from the file's name
    send = modal.get_by_role("button", name="Transférer")
    send.click()
    # Refused without words: said in the form, nothing lost.
    expect(modal.get_by_text("Dites en une phrase ce que montre l’image")).to_be_visible(timeout=SLOWLY)
    modal.locator("[name$=alt]").fill(alt)
    if not modal.locator("input[type=file]").evaluate("field => field.files.length"):
        modal.locator("input[type=file]").set_input_files(picture)
    send.click()
    expect(modal).to_have_count(0, timeout=SLOWLY)


def test_a_news_item_with_a_picture_and_a_chart(
    sign_in: SignIn, editor: tuple[str, str], open_page: OpenPage, tmp_path: Path
) -> None:
    picture = tmp_path / "mairie.png"
    Image.new("RGB", (900, 600), "teal").save(picture)
    page = sign_in(*editor)
    begin(page, "Les maires veulent jouer collectif", "Ce que disent les enquêtes.")
    choose_picture(page, picture, "La façade d’une mairie")
    page.get_by_role("button", name="Insérer un bloc").click()
    page.get_by_role("option", name="Graphique").click()
    page.get_by_label("Série de l’observatoire").select_option(index=1)
    # Saved as it goes: the page has an address of its own before anybody saved it.
    expect(page).to_have_url(re.compile(r"/gestion/pages/\d+/edit/"), timeout=SLOWLY)
    # What was chosen is seen before it is published.
    shown = page.locator("img.chart-choice")
    expect(shown).to_have_attribute("src", re.compile(r"/observatoire/series/.+[.]svg$"))
    expect(shown).to_have_js_property("complete", value=True, timeout=SLOWLY)
    assert shown.evaluate("picture => picture.naturalWidth") > 0
    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    seen = page.frame_locator("#w-preview-iframe").get_by_role("heading", level=1)
    expect(seen).to_have_text("Les maires veulent jouer collectif", timeout=SLOWLY)
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("a été publiée", timeout=SLOWLY)
    expect(page.locator(".messages")).to_contain_text("dans quelques secondes")

    public = open_page("/actualites/les-maires-veulent-jouer-collectif/")
    expect(public.get_by_role("img", name="La façade d’une mairie")).to_be_visible()
    expect(public.locator("figure.plot img")).to_be_visible()
    assert public.locator("figure.plot img").get_attribute("alt")
    is_clean(public)
    expect_listed(open_page, "Les maires veulent jouer collectif")


def expect_listed(open_page: OpenPage, title: str) -> None:
    """In the rubric within seconds, without anybody doing anything."""
    page = open_page("/actualites/")
    for _ in range(20):
        if page.get_by_role("link", name=title).count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("link", name=title)).to_be_visible()


def test_what_a_writer_proposes_is_moderated(
    sign_in: SignIn, editor: tuple[str, str], writer: tuple[str, str], open_page: OpenPage
) -> None:
    page = sign_in(*writer)
    begin(page, "Une proposition de la rédaction", "À relire.")
    page.get_by_role("button", name="Plus d'actions").click()
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)
    page.get_by_role("button", name="Soumettre à Relecture par le secrétariat").click()
    expect(page.locator(".messages")).to_contain_text("soumise pour modération", timeout=SLOWLY)

    desk = sign_in(*editor)
    desk.get_by_role("link", name="Une proposition de la rédaction").first.click()
    desk.wait_for_load_state("networkidle")
    desk.get_by_role("button", name="Plus d'actions").click()
    desk.get_by_role("button", name="Approuver et Publier", exact=True).click()
    expect(desk.locator(".messages")).to_contain_text("Une proposition de la rédaction")
    expect_listed(open_page, "Une proposition de la rédaction")


@pytest.mark.parametrize(
    ("button", "is_refused", "told"),
    [
        ("Enregistrer le brouillon", False, "mise à jour"),
        ("Publier", False, "publiée"),
        ("Publier", True, "publiée"),
    ],
)
def test_who_saves_a_new_page_while_it_saves_itself_makes_one_page(
    sign_in: SignIn, editor: tuple[str, str], button: str, is_refused: bool, told: str
) -> None:
    """Its own saving has reached the server, or was refused there; the answer comes once the author has pressed."""
    page = sign_in(*editor)
    answers: list[tuple[Route, APIResponse | None]] = []

    def hold(route: Route) -> None:
        if "json" in route.request.headers["accept"] and route.request.method == "POST":
            answers.append((route, None if is_refused else route.fetch()))
        else:
            route.fallback()

    page.route(re.compile(r"/pages/add/"), hold)
    title = f"Une seule {button} {is_refused} {date.today()}"
    begin(page, title, "Enregistrée deux fois à la fois.")
    for _ in range(100):
        if answers:
            break
        page.wait_for_timeout(100)
    if button != "Publier":
        page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_timeout(500)
    assert "/pages/add/" in page.url
    rubric = page.url.rstrip("/").split("/")[-1]
    route, answer = answers[0]
    if answer:
        route.fulfill(response=answer)
    else:
        route.fulfill(status=400, json={"success": False, "error_code": "validation_error", "error_message": "Non."})
    expect(page.locator(".messages")).to_contain_text(told, timeout=SLOWLY)
    expect(page.get_by_text("1 erreur")).to_have_count(0)
    page.goto(f"/gestion/pages/{rubric}/")
    expect(page.locator("td.title").filter(has_text=title)).to_have_count(1)


def test_two_editors_on_one_page_are_told(sign_in: SignIn, editor: tuple[str, str], writer: tuple[str, str]) -> None:
    first = sign_in(*writer)
    begin(first, f"À quatre mains {date.today()}", "Deux personnes l’écrivent.")
    first.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(first).to_have_url(re.compile(r"/edit/"), timeout=SLOWLY)
    second = sign_in(*editor)
    second.goto(first.url)
    expect(second.locator("#w-editing-sessions li").first).to_be_attached(timeout=SLOWLY)
    second.locator("#w-editing-sessions button").first.hover()
    expect(second.get_by_role("tooltip").filter(has_text="Plume")).to_be_visible(timeout=SLOWLY)


def test_filters_of_a_rubric_are_folded_on_a_phone(open_page: OpenPage) -> None:
    """What is listed comes first; one touch, with or without scripts, opens them."""
    for script in (True, False):
        page = open_page("/exemples/", width=WIDTHS["phone"], script=script)
        words = page.get_by_label("Mots")
        expect(words).to_be_hidden()
        page.get_by_text("Filtrer", exact=True).first.click()
        expect(words).to_be_visible()
    expect(open_page("/exemples/", width=WIDTHS["desk"]).get_by_label("Mots")).to_be_visible()
