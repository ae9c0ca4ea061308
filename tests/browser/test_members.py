"""Joining by the mail domain, inviting, accepting, telling the profile; and the last administrator who must stay."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Product
from tests.browser.looking import is_clean
from tests.browser.test_accounts import link_mailed, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HERE = "/mon-espace/organisations/"
# Of the starter content, with the domain of its site.
ORGANISATIONS = {True: ("Avise", "avise.org"), False: ("Convergences", "convergences.org")}


def mailed(product: Product, page: Page, to: str, pattern: str) -> str:
    """What the pattern's group finds in a mail to that address, once the worker wrote it."""
    for _ in range(60):
        for file in sorted((product.home / "mail").glob("*.log"), key=lambda path: -path.stat().st_mtime_ns):
            text = file.read_bytes().decode()
            if f"To: {to}" in text and (found := re.search(pattern, text, re.MULTILINE)):
                return found[1]
        page.wait_for_timeout(500)
    raise AssertionError(f"no such mail to {to}")


Visit = Callable[[Page], None]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_from_the_search_to_the_last_administrator(product: Product, open_page: OpenPage, script: bool) -> None:
    name, domain = ORGANISATIONS[script]
    first, second = f"nadia@{domain}", f"colin{int(script)}@exemple.fr"
    page = open_page("/", script=script)
    sign_up(product, page, first)
    look = is_clean if script else _nothing

    page.get_by_role("link", name="Rejoindre ou créer mon organisation").click()
    look(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    find(page, name, script=script)
    look(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Recevoir un code").click()
    look(page)
    page.get_by_label("Code reçu par courriel").fill(mailed(product, page, first, r"^(\d{6})\s*$"))
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("vous administrez donc l’organisation")).to_be_visible()
    look(page)

    page.get_by_label("Adresse de courriel").fill(second)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text("L’invitation est partie")).to_be_visible()
    page.get_by_role("link", name="Quitter l’organisation").click()
    expect(page.get_by_text("Vous êtes la seule personne à l’administrer")).to_be_visible()
    expect(page.get_by_role("button", name="Oui, quitter")).to_have_count(0)
    look(page)

    other = open_page("/", script=script)
    sign_up(product, other, second)
    other.goto(link_mailed(product, other, second, f"{HERE}invitation/"))
    look(other)
    other.get_by_role("button", name="Accepter l’invitation").click()
    expect(other.get_by_text("Bienvenue")).to_be_visible()
    other.go_back()

    tell_profile(page, name, look)
    page.goto(HERE)
    look(page)
    page.get_by_role("link", name=f"Équipe : {name}").click()
    page.get_by_role("listitem").filter(has_text=second).get_by_role("link", name="Changer le rôle").click()
    page.get_by_label("Rôle").select_option("administrator")
    look(page)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("link", name="Quitter l’organisation").click()
    page.get_by_role("button", name="Oui, quitter").click()
    expect(page.get_by_text(f"Vous n’agissez plus pour « {name} »")).to_be_visible()
    other.goto(HERE)
    expect(other.get_by_text("Administration")).to_be_visible()


def _nothing(page: Page) -> None:
    """Looked at with JavaScript: axe needs it."""


def find(page: Page, name: str, *, script: bool) -> None:
    """With JavaScript a line of the list leads on; without, the page of results does."""
    page.get_by_label("Votre organisation").first.fill(name)
    if script:
        page.get_by_role("option", name=name).first.click()
    page.get_by_role("button", name="Chercher", exact=True).last.click()
    if not script:
        page.get_by_role("link", name=f"C’est elle : {name}", exact=True).click()
    expect(page.get_by_role("heading", name="Montrer que vous agissez pour elle")).to_be_visible()


def tell_profile(page: Page, name: str, look: Visit) -> None:
    page.goto(HERE)
    page.get_by_role("link", name=f"Fiche : {name}").click()
    look(page)
    page.get_by_role("link", name="Ce qu’elle cherche et apporte").click()
    page.get_by_role("group", name="Elle cherche").get_by_label("locaux").check()
    page.get_by_label("Ses compétences").fill("Animation\nÉvaluation")
    look(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est enregistré")).to_be_visible()
    page.get_by_role("link", name="Ce qu’elle cherche et apporte").click()
    understood = page.get_by_role("complementary", name="Ce que nous avons compris")
    expect(understood.get_by_text("Évaluation et impact")).to_be_visible()
    expect(understood.get_by_text("Pas reconnu")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Revenir à la fiche").click()
    for section in ("Modèle socio-économique", "Où elle agit", "Ses lieux", "Objectifs", "Présentation"):
        page.get_by_role("navigation", name="Modifier la fiche").get_by_role("link", name=section).click()
        look(page)
        page.get_by_role("link", name="Revenir à la fiche").click()
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_text("Animation · Évaluation")).to_be_visible()
    look(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_who_is_not_found_is_told_of(product: Product, open_page: OpenPage) -> None:
    page = open_page("/")
    sign_up(product, page, "fondatrice@exemple.fr")
    page.goto(f"{HERE}rejoindre/?q=Les+Ateliers+du+Furan")
    page.get_by_role("link", name="Créer mon organisation").click()
    is_clean(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_label("SIREN").fill("123456789")
    page.get_by_label("Commune du siège").first.fill("42000")
    page.locator(".autocomplete-list [role=option]").first.click()
    page.get_by_label("Sphère").select_option("association")
    page.get_by_label("Votre fonction").fill("présidente")
    page.get_by_role("button", name="Envoyer au secrétariat").click()
    expect(page.get_by_text("la clé de contrôle est fausse").last).to_be_visible()
    is_clean(page)
    page.get_by_label("SIREN").fill("")
    page.get_by_role("button", name="Envoyer au secrétariat").click()
    expect(page.get_by_text("C’est noté")).to_be_visible()
    expect(page.get_by_role("heading", name="Les Ateliers du Furan")).to_be_visible()
    is_clean(page)
    page.goto(f"{HERE}invitation/1:faux/")
    expect(page.get_by_role("heading", name="Nous ne connaissons pas ce lien")).to_be_visible()
    is_clean(page)
