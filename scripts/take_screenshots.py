"""The README's pictures, taken from a product that is being served.

    make run            # in one window
    make screenshots    # in another: writes docs/pictures/*.png

BASE_URL (default http://127.0.0.1:8000) says where it is served; CHROMIUM where the browser is.
"""

import os
import shutil
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
BASE = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
ASKED = urlencode({"territoire": "commune:42218", "defi": "des jeunes décrochent de l’école"})
PAGES = {
    "accueil": ("/", 1280, "light"),
    "fiche-action": (f"/agir/?{ASKED}", 1280, "light"),
    "explorer": ("/recherche/?q=d%C3%A9crochage+scolaire", 1280, "light"),
    "territoire": ("/territoires/commune/42218-saint-etienne/", 1280, "light"),
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
        browser.close()


if __name__ == "__main__":
    main()
