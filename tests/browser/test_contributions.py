"""From someone's own words to a page everyone finds: proposing, moderating, correcting, importing."""

import io
import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Product, sign_in
from tests.browser.looking import is_clean, violations
from tests.browser.test_accessibility import first

# One server for all of them: one process runs them, whatever xdist does with the others.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LINK = re.compile(r"/contribuer/cas/[\w-]+/")


def next_step(page: Page) -> None:
    page.locator(".proposal-buttons").get_by_role("button").first.click()


def photo() -> dict[str, object]:
    kept = io.BytesIO()
    Image.new("RGB", (900, 600), "#2B7A3F").save(kept, "JPEG")
    return {"name": "atelier.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def propose(page: Page, title: str, *, script: bool, look: bool = False) -> str:
    """Through the five steps; returns the address where it is followed."""

    def seen() -> None:
        if look:
            is_clean(page)

    seen()
    page.get_by_role("button", name="Commencer").click()
    seen()
    page.get_by_label("Un titre en une phrase").fill(title)
    page.get_by_label("Le défi").fill("Les outils dorment dans les garages pendant que d’autres en manquent.")
    page.get_by_label("Ce qui a été fait").fill(
        f"La quincaillerie et le centre social ouvrent un prêt d’outils. {title}."
    )
    if script:
        expect(page.locator(".proposal-saved")).to_contain_text("Enregistré à", timeout=8000)
    next_step(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Où, et avec qui")
    seen()
    page.locator("#place_0").fill("saint-etienne")
    if script:
        expect(page.get_by_role("option", name="Saint-Étienne").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.locator("#partner_0_name").fill("Quincaillerie du Marché")
    page.keyboard.press("Escape")
    page.locator("#partner_0_sphere").select_option("entreprise")
    next_step(page)
    page.get_by_label("Année de début").fill("2021")
    page.get_by_label("Ce que cela a changé").fill("Cent vingt prêts en un an.")
    seen()
    next_step(page)
    page.locator("#photo").set_input_files(photo())
    page.get_by_label("Ce que montre la photo").fill("Deux voisines devant un mur d’outils")
    page.get_by_role("button", name="Joindre").first.click()
    expect(page.get_by_role("img", name="Deux voisines")).to_be_visible()
    seen()
    next_step(page)
    next_step(page)
    expect(page.get_by_role("alert")).to_contain_text("Il reste quelque chose à revoir")
    seen()
    page.get_by_label("Votre courriel").fill("anne@exemple.fr")
    page.get_by_label("J’ai le droit").check()
    next_step(page)
    expect(page.get_by_role("main")).to_contain_text("Quincaillerie du Marché (entreprise)")
    seen()
    if not script:
        time.sleep(4.2)  # what is sent sooner looks like a robot's
    page.get_by_role("button", name="Envoyer ma proposition").click()
    expect(page.get_by_role("main")).to_contain_text("Bien reçue, merci")
    seen()
    return page.url


def desk(open_page: OpenPage, editor: tuple[str, str], path: str) -> Page:
    page = open_page(path)
    sign_in(page, editor)
    expect(page).to_have_url(re.compile(re.escape(path)))
    return page


def mail_about(product: Product, *words: str) -> str:
    """The text of the latest mail that holds these words, waited for: the worker sends it."""
    for _ in range(60):
        kept = sorted((product.home / "mail").glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for part in (part for file in kept for part in file.read_bytes().split(b"-" * 79)):
            body = message_from_bytes(part.strip(), policy=policy.default).get_body(("plain",))
            if body is not None and all(each in body.get_content() for each in words):
                return str(body.get_content())
        time.sleep(0.5)
    raise AssertionError(f"no mail with {words}")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_case_goes_from_its_author_to_search(
    open_page: OpenPage, editor: tuple[str, str], product: Product, script: bool
) -> None:
    title = "La perceuse partagée du quartier" if script else "Le rabot prêté entre voisins"
    author = open_page("/contribuer/", script=script)
    followed = propose(author, title, script=script, look=script)

    page = desk(open_page, editor, "/gestion/contributions/")
    page.get_by_role("link", name=title).click()
    page.get_by_label("Votre question").fill("Qui répare les outils ?")
    page.get_by_role("button", name="Envoyer la question").click()
    expect(page.get_by_role("main")).to_contain_text("Votre message est parti")

    link = LINK.search(mail_about(product, title, "Qui répare les outils ?"))
    assert link
    author.goto(link.group(0))
    expect(author.get_by_role("main")).to_contain_text("Qui répare les outils ?")
    author.get_by_label("Votre réponse").fill("Le club de bricolage, le samedi.")
    author.get_by_role("button", name="Envoyer").click()
    expect(author.get_by_role("main")).to_contain_text("Le club de bricolage, le samedi.")

    page.goto("/gestion/contributions/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("main")).to_contain_text("Le club de bricolage, le samedi.")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("main")).to_contain_text("C’est publié")

    started = time.monotonic()
    words = title.split()[1]
    while title not in author.goto(f"/recherche/?q={words}").text():
        assert time.monotonic() - started < 20, "published, and not found"
        time.sleep(0.3)
    author.get_by_role("link", name=title).first.click()
    expect(author.get_by_role("img", name="Deux voisines")).to_be_visible()
    author.goto(followed)
    expect(author.get_by_role("main")).to_contain_text("Votre exemple est publié")


def test_two_windows_lose_nothing(open_page: OpenPage) -> None:
    page = open_page("/contribuer/")
    page.get_by_role("button", name="Commencer").click()
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("Le défi").fill("Le premier texte, écrit ici.")
    expect(page.locator(".proposal-saved")).to_contain_text("Enregistré à", timeout=8000)
    other.get_by_label("Le défi").fill("Le second texte, écrit là.")
    other.get_by_role("button", name="Enregistrer et reprendre plus tard").click()
    expect(other.get_by_role("main")).to_contain_text("Cette étape a été modifiée dans une autre fenêtre")
    expect(other.get_by_role("main")).to_contain_text("Le premier texte, écrit ici.")
    expect(other.get_by_label("Le défi")).to_have_value("Le second texte, écrit là.")
    is_clean(other)
    other.get_by_role("button", name="Enregistrer et reprendre plus tard").click()
    expect(other.get_by_role("main")).to_contain_text("Le second texte, écrit là.")


def test_a_correction_goes_to_the_page(open_page: OpenPage, editor: tuple[str, str], site: str) -> None:
    reader = open_page(first(site, "resource"))
    address = reader.url
    reader.get_by_role("link", name="Proposer une correction").click()
    is_clean(reader)
    reader.get_by_label("Qu’est-ce qui n’est pas juste ?").select_option(label="Année")
    reader.get_by_label("Ce qu’il faudrait lire").fill("1998")
    time.sleep(4.2)  # what is sent sooner looks like a robot's
    reader.get_by_role("button", name="Envoyer la correction").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Merci")
    is_clean(reader)

    page = desk(open_page, editor, "/gestion/contributions/corrections/")
    check_desk(page)
    page.locator("td.title a").first.click()
    check_desk(page)
    page.get_by_role("button", name="Corriger la page").click()
    expect(page.get_by_role("main")).to_contain_text("C’est corrigé")
    reader.goto(address)
    expect(reader.get_by_role("main")).to_contain_text("1998")


def check_desk(page: Page) -> None:
    """Our own part of the desk: Wagtail's menu and header are its makers'."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ours = [each for each in violations(page) if "desk-" in each or "nice-padding" in each]
        assert ours == [], f"{page.url} {scheme}"
    page.emulate_media(color_scheme="light")


def test_an_editor_imports_a_base(open_page: OpenPage, editor: tuple[str, str], tmp_path: Path) -> None:
    base = tmp_path / "base.csv"
    rows = [f"nav-{n};Le cas importé {n};Un défi;Une action;commune:42218" for n in range(60)]
    base.write_text("\n".join(["identifiant;accroche;defi;action;territoires", *rows, "x;y;z;w;commune:99999"]))
    page = desk(open_page, editor, "/gestion/imports/")
    check_desk(page)
    page.get_by_role("link", name="Importer un fichier").click()
    check_desk(page)
    page.get_by_label("Ce que contient le fichier").select_option("pratiques")
    page.get_by_label("Le fichier", exact=True).set_input_files(base)
    page.get_by_role("button", name="Regarder ce fichier").click()
    expect(page.get_by_role("main")).to_contain_text("Il manque des colonnes nécessaires")
    check_desk(page)
    page.get_by_label("Titre titre (nécessaire)").select_option("accroche")
    page.get_by_role("button", name="Essayer sans rien écrire").click()
    expect(page.get_by_role("main")).to_contain_text("Nouvelles fiches", timeout=30_000)
    expect(page.get_by_role("main")).to_contain_text("commune:99999")
    check_desk(page)
    page.get_by_role("button", name="Importer pour de bon").click()
    expect(page.get_by_role("main")).to_contain_text("C’est importé", timeout=30_000)


def test_pages_of_lost_links_are_accessible(open_page: OpenPage) -> None:
    is_clean(open_page("/contribuer/cas/inconnu/"))


def test_desk_pages_of_a_proposal_are_accessible(open_page: OpenPage, editor: tuple[str, str]) -> None:
    author = open_page("/contribuer/")
    propose(author, "Un four à pain pour la rue", script=True)
    page = desk(open_page, editor, "/gestion/contributions/")
    check_desk(page)
    page.get_by_role("link", name="Un four à pain pour la rue").click()
    check_desk(page)
    page.get_by_role("link", name="Modifier les textes").click()
    check_desk(page)
    page.get_by_label("Un titre en une phrase").fill("Un four à pain pour toute la rue")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("main")).to_contain_text("C’est enregistré")
    page.get_by_label("Le motif").fill("Nous l’avons déjà sous un autre titre.")
    page.get_by_role("button", name="Ne pas retenir").click()
    expect(page.get_by_role("main")).to_contain_text("Elle n’est pas retenue")
    author.reload()
    expect(author.get_by_role("main")).to_contain_text("Nous l’avons déjà sous un autre titre.")
