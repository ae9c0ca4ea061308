"""What every page is looked at for: axe's rules and nothing wider than the screen, at three widths, light and dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = {"phone": 320, "tablet": 768, "desk": 1280}
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_FADE = 400  # ms Wagtail takes from one theme to the other, whatever the reader asked of motion
_PALE_FOR_A_MOMENT = '<li class="success">'  # Wagtail's own message while it appears


def violations(page: Page) -> list[str]:
    # A click ends when the next page has begun: until it is there, its document may have no root to look at.
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def fits(page: Page) -> None:
    """Nothing is wider than the screen, as it is now."""
    page.wait_for_load_state()
    wider = page.evaluate(_WIDER)
    assert wider <= 0, f"{page.url}: {wider} px too wide at {page.viewport_size}"


def is_clean(page: Page) -> None:
    """No axe violation and nothing too wide, at three widths, light and dark; the page is wide and light afterwards."""
    of_wagtail = "/gestion/" in page.url
    for size, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if of_wagtail:
                page.wait_for_timeout(_FADE)
            found = [each for each in violations(page) if not (of_wagtail and _PALE_FOR_A_MOMENT in each)]
            assert found == [], f"{page.url} {size}, {scheme}"
    page.set_viewport_size({"width": WIDTHS["desk"], "height": 900})
    page.emulate_media(color_scheme="light")
