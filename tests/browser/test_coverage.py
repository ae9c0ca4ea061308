"""The coverage matrix: wide, it scrolls within its frame; its first column stays; its map has the page's width."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import WIDTHS, fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
_LEFT = "node => Math.round(node.getBoundingClientRect().left)"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_matrix_scrolls_within_its_frame(open_page: OpenPage, width: int) -> None:
    page = open_page("/catalyseurs/couverture/")
    page.set_viewport_size({"width": width, "height": 900})
    fits(page)
    frame = page.get_by_role("region", name="Catalyseurs par territoire et par secteur")
    frame.scroll_into_view_if_needed()
    first = frame.locator("tbody th").first
    head = frame.locator("thead th").first
    before = first.evaluate(_LEFT), head.evaluate(_LEFT)
    if frame.evaluate("node => node.scrollWidth > node.clientWidth"):
        frame.focus()
        page.keyboard.press("End")
        for _press in range(3):
            page.keyboard.press("ArrowRight")
        expect(frame).not_to_have_js_property("scrollLeft", 0)
    else:
        assert width >= 1280
    assert (first.evaluate(_LEFT), head.evaluate(_LEFT)) == before


def test_its_map_is_as_wide_as_the_page(open_page: OpenPage) -> None:
    page = open_page("/catalyseurs/couverture/")
    page.set_viewport_size({"width": 1280, "height": 900})
    drawing = page.locator(".coverage-map svg").bounding_box()
    frame = page.locator("main > .coverage-map").bounding_box()
    assert drawing
    assert frame
    assert drawing["width"] >= frame["width"] - 1
    assert drawing["width"] > 1000
