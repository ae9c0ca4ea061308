"""The roadmap’s journeys: file a measure’s report, correct it, issue the progress report; and its public pages."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Product, sign_in
from tests.browser.looking import is_clean
from tests.browser.test_accounts import PASSWORD, enter

# One server for all of them: one process runs them, whatever xdist does with the others.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BASE = "/feuille-de-route/"
DESK = "/gestion/feuille-de-route/"
PAGES = (
    BASE,
    f"{BASE}?date=2021-05-07",
    f"{BASE}mesures/1/",
    f"{BASE}mesures/15/",
    f"{BASE}chronologie/",
    f"{BASE}par-facilitateur/",
    f"{BASE}par-territoire/",
    f"{BASE}comparer/?du=2020-05-07&au=2021-05-07",
    f"{BASE}bilan/?date=2021-05-07",
    f"{BASE}bilan/?date=2021-05-07&connu=maintenant",
    f"{BASE}?date=hier",
)


_FACILITATOR = """
from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.roadmap.models import Correspondent, Measure
user = User.objects.create_user(email="{mail}", password="{password}", name="Paule Porte")
vouch(user)
Correspondent.objects.create(user=user, measure=Measure.objects.get(programme__is_default=True, number=6))
"""


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_are_accessible(open_page: OpenPage, address: str) -> None:
    is_clean(open_page(address))


def test_a_past_state_is_read_without_javascript(open_page: OpenPage) -> None:
    page = open_page(BASE, script=False)
    expect(page.locator("li.roadmap-cell")).to_have_count(21)
    page.get_by_label("Lire à la date du").fill("2020-06-01")
    page.get_by_role("button", name="Lire").click()
    expect(page.get_by_role("main")).to_contain_text("État au 1er juin 2020")
    expect(page.get_by_role("main")).not_to_contain_text("a été créé sur le site")


def test_an_editor_files_corrects_and_issues(open_page: OpenPage, editor: tuple[str, str], site: str) -> None:
    """The three journeys, in the order a secretariat lives them; no documentation open."""
    page = open_page(DESK)
    sign_in(page, editor)
    page.get_by_role("link", name="Rédiger un bilan de la mesure 2", exact=True).click()
    is_clean(page)
    page.get_by_label("Situation au").fill("2022-03-01")
    page.get_by_label("partiellement atteint").check()
    page.get_by_label("Ce qui a été fait").fill("Trois réseaux ont rapproché leurs outils.")
    page.get_by_label("Pour aller plus loin").fill("Un quatrième les rejoint.")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("main")).to_contain_text("C’est publié.")

    page.get_by_role("link", name="Rédiger un bilan de la mesure 2", exact=True).click()
    page.get_by_role("link", name="Corriger le bilan au 1er mars 2022").click()
    expect(page.get_by_label("Ce qui a été fait")).to_have_value("Trois réseaux ont rapproché leurs outils.")
    page.get_by_label("Ce qui a été fait").fill("Quatre réseaux ont rapproché leurs outils.")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("main")).to_contain_text("dites pourquoi il change")
    page.get_by_label("Motif de la correction").fill("Un réseau manquait.")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("main")).to_contain_text("C’est publié.")
    is_clean(page)

    page.get_by_role("link", name="Établir le bilan du programme").click()
    page.get_by_label("Situation au").fill("2022-03-31")
    page.get_by_label("Titre").fill("Bilan de mars 2022")
    page.get_by_label("Introduction").fill("Voici où en sont les mesures.\n\nMerci à tous.")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilan de mars 2022")
    expect(page.get_by_role("main")).to_contain_text("rien n’est encore publié")
    page.get_by_role("link", name="Revenir au brouillon").click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("main")).to_contain_text("C’est publié.")

    public = open_page(f"{BASE}bilan/")
    expect(public.get_by_role("heading", level=1)).to_have_text("Bilan de mars 2022")
    expect(public.get_by_role("main")).to_contain_text("Quatre réseaux ont rapproché leurs outils.")
    for name, start in (("bilan.pdf", b"%PDF-"), ("bilan.docx", b"PK")):
        with urllib.request.urlopen(f"{site}{BASE}{name}?date=2022-03-31", timeout=30) as answer:
            assert answer.read(len(start)) == start
    history = open_page(f"{BASE}mesures/2/")
    expect(history.get_by_role("main")).to_contain_text("Un réseau manquait.")


def test_a_facilitator_reports_and_the_secretariat_publishes(
    product: Product, open_page: OpenPage, editor: tuple[str, str]
) -> None:
    """Somebody who is not of the secretariat, on the one measure they hold."""
    mail, told = "porteuse@exemple.fr", "Trois rencontres ont eu lieu."
    product.command("shell", "-v", "0", "-c", _FACILITATOR.format(mail=mail, password=PASSWORD))
    page = open_page("/connexion/")
    enter(page, mail)
    page.wait_for_url("**/mon-espace/")
    page.goto(f"{BASE}mes-mesures/")
    expect(page.get_by_role("link", name="Rédiger un bilan")).to_have_count(1)
    is_clean(page)
    page.get_by_role("link", name="Rédiger un bilan").click()
    is_clean(page)
    page.get_by_label("Situation au").fill("2022-01-31")
    page.get_by_label("partiellement atteint").check()
    page.get_by_label("Ce qui a été fait").fill(told)
    page.get_by_role("button", name="Transmettre au secrétariat").click()
    page.wait_for_url("**/mes-mesures/")
    expect(page.get_by_role("link", name="Reprendre le bilan")).to_be_visible()
    reader = open_page(f"{BASE}mesures/6/")
    expect(reader.get_by_role("main")).not_to_contain_text(told)
    page.goto(DESK)
    expect(page.get_by_role("link", name=re.compile("Rédiger un bilan de la mesure"))).to_have_count(0)

    desk = open_page(DESK)
    sign_in(desk, editor)
    desk.get_by_role("link", name=re.compile("^Mesure 6")).first.click()
    expect(desk.get_by_label("Ce qui a été fait")).to_have_value(told)
    desk.get_by_role("button", name="Publier").click()
    expect(desk.get_by_role("main")).to_contain_text("C’est publié.")
    reader.reload()
    expect(reader.get_by_role("main")).to_contain_text(told)


def test_two_editors_on_one_page_lose_nothing(open_page: OpenPage, editor: tuple[str, str]) -> None:
    first = open_page(DESK)
    sign_in(first, editor)
    first.get_by_role("link", name="Rédiger un bilan de la mesure 3", exact=True).click()
    first.get_by_label("Situation au").fill("2022-03-01")
    first.get_by_label("objectif atteint").check()
    first.get_by_label("Ce qui a été fait").fill("Une première version.")
    first.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(first.get_by_role("main")).to_contain_text("Brouillon enregistré.")
    second = open_page(first.url.partition("/gestion/")[1] + first.url.partition("/gestion/")[2])
    sign_in(second, editor)
    second.get_by_label("Ce qui a été fait").fill("Le texte de l’autre.")
    second.get_by_role("button", name="Enregistrer le brouillon").click()
    first.get_by_label("Ce qui a été fait").fill("Mon texte.")
    first.get_by_role("button", name="Publier").click()
    expect(first.get_by_role("alert")).to_contain_text("Quelqu’un d’autre a modifié")
    expect(first.get_by_role("main")).to_contain_text("Le texte de l’autre.")
    expect(first.get_by_label("Ce qui a été fait")).to_have_value("Mon texte.")
