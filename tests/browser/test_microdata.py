"""The secretariat files a survey from its respondents' answers, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looking import is_clean
from tests.observatory.microdata_scene import invented, written
from tests.observatory.test_microdata_publication import CODEBOOK

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCREEN = "/gestion/microdonnees/"


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_from_two_files_to_published_tables(
    open_page: OpenPage, editor: tuple[str, str], tmp_path: Path, script: bool
) -> None:
    title = f"Enquête d’essai {'avec' if script else 'sans'} script"
    answers, codebook = written(tmp_path / "réponses.csv", invented(700, seed=5)), tmp_path / "dictionnaire.csv"
    codebook.write_text(CODEBOOK.replace("Q1;question;Faut-il", "Q0;question;Faut-il", 1))
    page = open_page(SCREEN, script=script)
    sign_in(page, editor)
    if script:
        is_clean(page)

    def send() -> None:
        page.get_by_label("Réponses de l’enquête").set_input_files(answers)
        page.get_by_label("Dictionnaire des colonnes").set_input_files(codebook)
        page.get_by_role("button", name="Calculer les tableaux").click()

    page.get_by_label("Titre de l’étude").fill(title)
    send()
    expect(page.get_by_role("alert")).to_contain_text("« Q0 » n’existe pas")
    codebook.write_text(CODEBOOK)
    send()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.get_by_text("secret", exact=True).first).to_be_visible()
    if script:
        is_clean(page)
    page.get_by_role("button", name="Publier ces tableaux").click()
    page.get_by_role("link", name="Voir la page publique").click()
    expect(page.get_by_role("main")).to_contain_text("secret statistique")
    expect(page.get_by_role("main")).to_contain_text("Bretagne")
