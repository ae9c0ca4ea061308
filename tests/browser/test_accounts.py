"""From nothing to an account that is confirmed, protected, taken away and erased; and in by a passkey."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, Product
from tests.browser.looking import is_clean
from tests.factories import code_now

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "une phrase longue et simple"
SLOWLY = 30_000


def link_mailed(product: Product, page: Page, to: str, start: str) -> str:
    """The path of the link in the last mail to that address, once the worker wrote it."""
    for _ in range(60):
        for file in sorted((product.home / "mail").glob("*.log"), key=lambda path: -path.stat().st_mtime_ns):
            text = file.read_bytes().decode().replace("=\n", "").replace("=3D", "=")
            found = re.search(rf"(http://[^\s/]+{re.escape(start)}\S+)", text)
            if f"To: {to}" in text and found:
                return urlsplit(found[1]).path
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail to {to}")


def sign_up(product: Product, page: Page, mail: str) -> None:
    page.goto("/inscription/")
    page.get_by_label("Votre nom").fill("Nadia Nouvelle")
    page.get_by_label("Votre courriel").fill(mail)
    page.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", name="Regardez votre courriel")).to_be_visible()
    page.goto(link_mailed(product, page, mail, "/courriel/confirmer/"))
    page.get_by_role("button", name="Oui, confirmer").click()
    expect(page.get_by_role("heading", name="Bonjour Nadia Nouvelle")).to_be_visible()
    # What is delicate asks for the password again of whoever came in by the mail alone.
    page.goto("/compte/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_load_state()
    enter(page, mail)
    expect(page.get_by_role("heading", name="Bonjour Nadia Nouvelle")).to_be_visible()


def enter(page: Page, mail: str) -> None:
    page.goto("/connexion/")
    page.get_by_label("Votre courriel").fill(mail)
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_whole_life(product: Product, open_page: OpenPage, script: bool, tmp_path: Path) -> None:
    mail = f"nadia{int(script)}@exemple.fr"
    page = open_page("/", script=script)
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_role("link", name="Créer un compte").click()
    sign_up(product, page, mail)

    page.goto("/compte/protection/application/")
    secret = page.locator("#cle-secrete").inner_text()
    page.get_by_label("Code affiché par l’application").fill(code_now(secret))
    page.get_by_role("button", name="Vérifier et activer").click()
    rescue = page.locator(".account-codes code").all_inner_texts()
    assert len(rescue) == 10
    page.get_by_role("link", name="C’est noté").click()

    other = open_page("/connexion/", script=script)
    enter(other, mail)
    other.get_by_label("Code de votre application").fill(rescue[0])
    other.get_by_role("button", name="Entrer", exact=True).click()
    other.wait_for_url("**/mon-espace/")
    page.goto("/compte/sessions/")
    expect(page.get_by_text("cet appareil")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Fermer :|^Fermer Chrome|Fermer.*Chrome")).first.click()
    other.goto("/compte/")
    expect(other.get_by_role("heading", name="Se connecter")).to_be_visible()

    page.goto("/compte/donnees/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tout emporter").click()
    assert download.value.suggested_filename == "donnees.zip"
    page.goto("/compte/effacer/")
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("recopiez votre adresse").fill(mail)
    page.get_by_role("button", name="Effacer mon compte pour toujours").click()
    expect(page.get_by_role("heading", name="C’est effacé")).to_be_visible()
    enter(page, mail)
    expect(page.get_by_text("L’adresse ou le mot de passe ne va pas")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_in_by_the_link_of_a_mail(product: Product, open_page: OpenPage, script: bool) -> None:
    mail = f"lien{int(script)}@exemple.fr"
    sign_up(product, open_page("/", script=script), mail)
    asking = open_page("/connexion/", script=script)
    asking.get_by_role("link", name="Recevoir un lien").click()
    asking.get_by_label("Votre courriel").fill(mail)
    asking.get_by_role("button", name="Recevoir le lien").click()
    expect(asking.get_by_role("heading", name="Regardez votre courriel")).to_be_visible()
    link = link_mailed(product, asking, mail, "/connexion/lien/")

    elsewhere = open_page(link, script=script)
    expect(elsewhere.get_by_text(mail)).to_be_visible()
    if script:
        is_clean(elsewhere)
    elsewhere.get_by_role("button", name="Entrer").click()
    expect(elsewhere.get_by_role("heading", name="Bonjour Nadia Nouvelle")).to_be_visible()
    late = open_page(link, script=script)
    expect(late.get_by_role("heading", name="Ce lien ne sert plus")).to_be_visible()
    if script:
        is_clean(late)
    late.get_by_role("link", name="Recevoir un nouveau lien").click()
    expect(late.get_by_role("heading", name="Entrer sans mot de passe")).to_be_visible()


def test_in_by_a_passkey(product: Product, browser: Browser) -> None:
    """Browsers give passkeys to `localhost`, not to a bare number."""
    local = product.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=local, locale="fr-FR")
    page = context.new_page()
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = device | {"isUserVerified": True, "automaticPresenceSimulation": True}
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_up(product, page, "cle@exemple.fr")
    page.goto("/compte/protection/cles/ajouter/")
    page.get_by_label("Nom de cette clé").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator(".account-codes")).to_be_visible(timeout=SLOWLY)
    page.context.clear_cookies()
    page.goto("/connexion/")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    page.wait_for_url("**/mon-espace/", timeout=SLOWLY)
    context.close()


def test_pages_are_accessible(product: Product, open_page: OpenPage) -> None:
    page = open_page("/")
    for address in ("/inscription/", "/connexion/", "/connexion/code/", "/mot-de-passe/oublie/"):
        page.goto(address)
        is_clean(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_up(product, page, "axe@exemple.fr")
    mine = ("courriel/", "mot-de-passe/", "sessions/", "protection/", "protection/application/", "donnees/")
    for address in ("/mon-espace/", "/compte/", *(f"/compte/{part}" for part in mine)):
        page.goto(address)
        is_clean(page)
