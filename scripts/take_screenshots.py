"""The README's pictures, taken from a product that is being served.

    make run            # in one window
    make screenshots    # in another: writes docs/pictures/*.png

BASE_URL (default http://127.0.0.1:8000) says where it is served; CHROMIUM where the browser is. With MEMBER (a mail and
its password, as `fairealliance demo load` prints them), suggestions and an introduction are taken too. With DESK_LINK
(that `fairealliance editor add MAIL --name NAME` gave), the pictures of the editors' guide as well: a password and a
second proof are chosen, and a draft is left behind, so take them from a product nobody uses.
"""

import base64
import hmac
import os
import shutil
import struct
import time
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
BASE = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
ASKED = urlencode({"territoire": "commune:42218", "defi": "des jeunes décrochent de l’école"})
PAGES = {
    "accueil": ("/", 1280, "light"),
    "fiche-action": (f"/agir/?{ASKED}", 1280, "light"),
    "explorer": ("/recherche/?q=d%C3%A9crochage+scolaire", 1280, "light"),
    "territoire": ("/territoires/commune/42218-saint-etienne/", 1280, "light"),
    "observatoire": ("/observatoire/", 1280, "light"),
    "carte": ("/observatoire/territoires/population/?niveau=departement", 1280, "light"),
    "feuille-de-route": ("/feuille-de-route/", 1280, "light"),
    "catalyseurs": ("/catalyseurs/", 1280, "light"),
    "couverture": ("/catalyseurs/couverture/?niveau=region", 1280, "light"),
    "rubrique": ("/actualites/", 1280, "light"),
    "fiche-action-telephone": (f"/agir/?{ASKED}", 320, "dark"),
}


def main() -> None:
    """One picture per page, its first screens only: the README shows, it does not replace."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (path, width, scheme) in PAGES.items():
            context = browser.new_context(
                viewport={"width": width, "height": 1000 if width > 600 else 720},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="fr-FR",
            )
            page = context.new_page()
            page.goto(f"{BASE}{path}", wait_until="networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"{name}: {(FOLDER / f'{name}.png').stat().st_size // 1024} kB")
            context.close()
        if os.environ.get("MEMBER"):
            take_member(browser)
        if os.environ.get("DESK_LINK"):
            take_guide(browser)
        browser.close()


def take_member(browser: Browser) -> None:
    """What somebody who acts for an organisation sees: suggestions, and the thread of an introduction."""
    email, password = os.environ["MEMBER"].split()
    page = browser.new_page(base_url=BASE, viewport={"width": 1280, "height": 1000}, locale="fr-FR")
    page.goto("/connexion/")
    page.get_by_label("Votre courriel").fill(email)
    page.get_by_label("Votre mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/mon-espace/")
    page.goto("/mon-espace/suggestions/", wait_until="networkidle")
    page.screenshot(path=FOLDER / "suggestions.png")
    page.goto("/mises-en-relation/", wait_until="networkidle")
    page.locator(".account-list a").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "mise-en-relation.png")
    page.context.close()


def take_guide(browser: Browser) -> None:
    """The desk, a news item being written, the choice of blocks."""
    folder = FOLDER / "guide"
    folder.mkdir(exist_ok=True)
    page = browser.new_page(base_url=BASE, viewport={"width": 1280, "height": 800}, locale="fr-FR")
    _enter(page, os.environ["DESK_LINK"])
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / "bureau.png")
    page.get_by_role("link", name="Écrire une actualité").click()
    page.wait_for_load_state("networkidle")
    page.locator("#id_title").press_sequentially("Les maires veulent jouer collectif")
    page.locator("#id_lead").press_sequentially("Ce que disent les enquêtes, et ce que l’on en retient.")
    page.wait_for_timeout(3_000)
    page.screenshot(path=folder / "ecrire.png")
    page.get_by_role("button", name="Insérer un bloc").click()
    page.wait_for_timeout(800)
    page.screenshot(path=folder / "morceaux.png")
    page.context.close()


def _enter(page: Page, link: str) -> None:
    """Choose a password and a second proof, as the guide says, then open the desk."""
    page.goto(link)
    for box in page.locator("input[type=password]").all():
        box.fill("une phrase longue et simple")
    page.get_by_role("button", name="Enregistrer et entrer").click()
    page.get_by_role("link", name="Ajouter une application").click()
    secret = page.locator("#cle-secrete").inner_text()
    page.get_by_label("Code affiché par l’application").fill(_code(secret))
    page.get_by_role("button", name="Vérifier et activer").click()
    page.get_by_role("link", name="aller au bureau").click()
    page.wait_for_url("**/gestion/")


def _code(secret: str) -> str:
    """What an application on the telephone would show now (RFC 6238: 30 seconds, six digits)."""
    digest = hmac.digest(base64.b32decode(secret.replace(" ", "")), struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


if __name__ == "__main__":
    main()
