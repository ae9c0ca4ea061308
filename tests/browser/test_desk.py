"""Screens of the desk on people, organisations and mails: no axe violation, nothing wider than the screen."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Product
from tests.browser.looking import is_clean
from tests.browser.test_contributions import desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DOUBLES = "/gestion/organisations/doubles/"
SCREENS = (
    "/gestion/organisations/demandes/",
    "/gestion/organisations/confiees/",
    DOUBLES,
    f"{DOUBLES}?une=0&autre=xyz",
    "/gestion/catalyseurs/",
    "/gestion/catalyseurs/appuis/",
    "/gestion/catalyseurs/invitations/",
    "/gestion/catalyseurs/mediations/",
    "/gestion/courriels/",
    "/gestion/exposition/",
    "/gestion/journal/",
    "/gestion/equipe/",
)


def two_organisations(site: str) -> tuple[int, int]:
    """Of the starter content: the last two, which no other journey plays."""
    with urllib.request.urlopen(f"{site}/api/v1/search?kind=organisation&size=100", timeout=20) as answer:
        real = [each["url"] for each in json.load(answer)["results"] if not each["is_demo"]]
    found = sorted(int(re.findall(r"/organisations/(\d+)-", url)[0]) for url in real)
    return found[-2], found[-1]


def test_screens_of_the_desk_are_accessible(product: Product, open_page: OpenPage, editor: tuple[str, str]) -> None:
    product.command("demo", "load")
    page = desk(open_page, editor, SCREENS[0])
    for address in SCREENS:
        page.goto(address)
        is_clean(page)
    page.goto("/gestion/catalyseurs/?pile=accepted")
    page.get_by_role("link", name=re.compile("Élise Marchal")).first.click()
    is_clean(page)


def test_two_become_one_and_two_again(open_page: OpenPage, site: str, editor: tuple[str, str]) -> None:
    one, other = two_organisations(site)
    page = desk(open_page, editor, f"{DOUBLES}{one}/{other}/")
    is_clean(page)
    page.get_by_role("button", name=re.compile(rf"Garder .* \({one}\)")).click()
    expect(page.get_by_role("heading", name=re.compile("^Réunir"))).to_be_visible()
    is_clean(page)
    page.get_by_role("button", name="Oui, les réunir").click()
    expect(page.get_by_text("l’autre adresse mène à celle-ci")).to_be_visible()
    is_clean(page)
    page.get_by_role("link", name=re.compile("^Séparer")).first.click()
    expect(page.get_by_role("heading", name="Les séparer ?")).to_be_visible()
    is_clean(page)
    page.get_by_role("button", name="Oui, les séparer").click()
    page.goto(f"/gestion/organisations/{other}/inviter/")
    is_clean(page)
    page.get_by_label(re.compile("courriel")).fill("pas une adresse")
    page.get_by_role("button", name=re.compile("Inviter|Envoyer")).click()
    is_clean(page)
