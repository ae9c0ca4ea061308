"""A need: begun, left, taken up again, read over, published; with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Product
from tests.browser.looking import is_clean
from tests.browser.test_accounts import PASSWORD, SLOWLY, enter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
_MEMBER = """
from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.organisations.enums import Way
from fairealliance.organisations.models import Member, Organisation
user = User.objects.create_user(email="{mail}", password="{password}", name="Nadia")
vouch(user)
made = Organisation.objects.create(name="La Halle {mail}", slug="la-halle", sphere="association")
Member.objects.create(organisation=made, user=user, way=Way.MODERATION)
"""


def fill(page: Page) -> None:
    page.get_by_label("En une phrase").fill("Un local pour réparer des vélos")
    page.get_by_label("De quoi s’agit-il ?").select_option("premises")
    page.get_by_label("Pour quel défi ?").fill("Des jeunes sans emploi décrochent de l’école.")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_need_is_written_and_published(product: Product, open_page: OpenPage, script: bool) -> None:
    mail = f"besoin{int(script)}@exemple.fr"

    def looked_at(shown: Page) -> None:
        """The checker is a script: without scripts it would never answer."""
        if script:
            is_clean(shown)

    product.command("shell", "-c", _MEMBER.format(mail=mail, password=PASSWORD))
    page = open_page("/connexion/", script=script)
    enter(page, mail)
    page.wait_for_url("**/mon-espace/")
    page.goto("/besoins/")
    page.get_by_role("link", name="Dire un besoin").click()
    looked_at(page)
    page.get_by_role("button", name="Commencer").click()
    fill(page)
    if script:
        expect(page.get_by_text(re.compile("Enregistré à"))).to_be_visible(timeout=SLOWLY)
        expect(
            page.get_by_role("group", name="Objectifs de développement durable").get_by_label("Éducation")
        ).not_to_be_checked()
        page.reload()
    else:
        page.get_by_role("button", name="Enregistrer et reprendre plus tard").click()
        page.get_by_role("link", name="Un local pour réparer des vélos", exact=True).click()
    expect(page.get_by_label("Pour quel défi ?")).to_have_value(re.compile("décrochent"))
    looked_at(page)

    page.get_by_role("button", name="Relire avant de publier").last.click()
    expect(page.get_by_text("Dites au moins un lieu").first).to_be_visible()
    page.locator("#place_0").fill("Saint-Étienne")
    if script:
        page.get_by_role("option", name=re.compile("Saint-Étienne")).first.click()
    else:
        page.locator("#place_0").fill("42000")
    page.get_by_role("button", name="Relire avant de publier").last.click()
    expect(page.get_by_role("heading", name="Un local pour réparer des vélos")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("C’est publié.")).to_be_visible()
    looked_at(page)

    page.goto("/mon-espace/besoins/")
    looked_at(page)
    page.get_by_role("button", name="En discussion").click()
    visitor = open_page("/besoins/", script=script)
    expect(visitor.get_by_role("link", name="Un local pour réparer des vélos").first).to_be_visible()
    looked_at(visitor)
