"""Four people in four browsers, from a need to an alliance that lasts, with a catalyst's help, months passing."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.looking import is_clean

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
_LINK = """
from fairealliance.introductions import links
from fairealliance.introductions.models import Checkup
from fairealliance.introductions.mails import people_of

asked = Checkup.objects.exclude(asked_at=None).filter(side="{side}").latest("pk")
print(links.follow_up_path(asked, people_of(asked.introduction, "{side}")[0]))
"""
Browsers = dict[str, Page]


@pytest.fixture
def browsers(product: Product, browser: Browser) -> Iterator[Browsers]:
    """One each, signed in with the password that was printed."""
    printed = product.command("demo", "load")
    words = dict(re.findall(r"^ +(\S+)@demo\.invalid +(\S+)", printed, re.MULTILINE))
    with ExitStack() as opened:
        pages = {}
        for name in ("nora.vidal", "karim.lopez", "claire.fontan", "elise.marchal"):
            context = opened.enter_context(browser.new_context(base_url=product.address, reduced_motion="reduce"))
            pages[name.split(".")[0]] = page = context.new_page()
            page.goto("/connexion/")
            page.get_by_label("Votre courriel").fill(f"{name}@demo.invalid")
            page.get_by_label("Votre mot de passe").fill(words[name])
            page.get_by_role("button", name="Se connecter").click()
            page.wait_for_url("**/mon-espace/")
        yield pages


def days_pass(product: Product, days: int) -> str:
    moment = timezone.now() + timedelta(days=days)
    return product.command("introductions", "advance", "--now", moment.isoformat())


def choose(page: Page, label: str, name: str) -> None:
    page.get_by_role("combobox", name=label).fill(name)
    page.get_by_role("option", name=re.compile(name)).first.click()


def say_yes(page: Page) -> None:
    page.get_by_role("link", name="Accepter").click()
    page.get_by_role("button", name="Oui, accepter").click()
    expect(page.get_by_text("vous avez dit oui")).to_be_visible()


def test_a_request_is_recalled_answered_and_talked_about(product: Product, browsers: Browsers) -> None:
    nora, karim = browsers["nora"], browsers["karim"]
    karim.goto("/mises-en-relation/")
    karim.get_by_role("link", name="Votre atelier du mercredi").click()
    expect(karim.get_by_text("Rappel par courriel").first).to_be_visible()
    is_clean(karim)
    expect(karim.get_by_text("nora.vidal@demo.invalid")).to_have_count(0)
    days_pass(product, 8)
    karim.reload()
    expect(karim.locator(".introduction-steps").first.locator("strong").first).to_be_visible()
    say_yes(karim)
    expect(karim.get_by_role("link", name="nora.vidal@demo.invalid")).to_be_visible()
    nora.goto(karim.url)
    nora.get_by_label("Votre message").fill("Mercredi prochain vous irait-il ? <b>Merci</b>")
    nora.get_by_role("button", name="Envoyer").click()
    karim.reload()
    expect(karim.get_by_text("Mercredi prochain vous irait-il ? <b>Merci</b>")).to_be_visible()
    is_clean(karim)


def test_a_catalyst_brings_two_together_and_it_lasts(product: Product, browsers: Browsers) -> None:
    claire, karim, elise, nora = (browsers[name] for name in ("claire", "karim", "elise", "nora"))
    elise.goto("/mises-en-relation/proposer/")
    choose(elise, "Première organisation", "Communauté de communes des Hauts du Morvan")
    choose(elise, "Seconde organisation", "Ateliers mécaniques du Gier")
    elise.get_by_label("Sujet, en une phrase").fill("Un atelier mobile dans les bourgs")
    elise.get_by_label("Votre message aux deux").fill("L’une cherche, l’autre sait faire : parlez-vous.")
    elise.get_by_role("button", name="Proposer aux deux").click()
    expect(elise.get_by_role("heading", name="Un atelier mobile dans les bourgs")).to_be_visible()
    for page in (claire, karim):
        page.goto(elise.url)
        say_yes(page)
    nora.goto(elise.url)  # neither side, nor whoever put them in touch
    expect(nora.get_by_role("heading", name="Un atelier mobile")).to_have_count(0)

    claire.reload()
    claire.get_by_role("link", name="Notre alliance commence").click()
    claire.get_by_label("Quelle forme prend-elle ?").select_option("public")
    is_clean(claire)
    claire.get_by_role("button", name="Oui, elle commence").click()
    expect(claire.get_by_text("L’alliance commence.")).to_be_visible()

    days_pass(product, 95)
    unknown = nora.context.browser.new_context(base_url=product.address, reduced_motion="reduce").new_page()  # type: ignore[union-attr]
    for side in ("asker", "asked"):
        unknown.goto(product.command("shell", "-v", "0", "-c", _LINK.format(side=side)).strip().splitlines()[-1])
        unknown.get_by_label("L’alliance vit-elle ?").select_option("yes")
        unknown.get_by_label("Qu’a-t-elle changé ?").select_option("much")
        is_clean(unknown)
        unknown.get_by_role("button", name="Répondre").click()
        expect(unknown.get_by_text("C’est noté, merci")).to_be_visible()
    unknown.context.close()
