"""An editor who never saw the product enters a survey wave, in a real browser; readers find it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looking import is_clean

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PUBLIC = (
    "/observatoire/",
    "/observatoire/etudes/",
    "/observatoire/etudes/jouer-collectif-citoyens/",
    "/observatoire/series/citoyens-et-partenariats/",
    "/observatoire/series/citoyens-et-partenariats/integrer/",
)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_for_everyone(open_page: OpenPage, path: str) -> None:
    is_clean(open_page(path))


def test_the_chart_is_drawn_and_says_what_it_shows(open_page: OpenPage) -> None:
    page = open_page("/observatoire/series/citoyens-et-partenariats/", script=False)
    chart = page.get_by_role("img", name="Graphique. Ce qu’il montre est écrit juste après.")
    expect(chart).to_be_visible()
    expect(page.get_by_text("84 % ou 86 %").first).to_be_visible()
    assert chart.evaluate("image => image.naturalWidth") > 0
    expect(page.get_by_role("row", name="ARPEA-Citoyens")).to_contain_text("Les sources ne disent pas la même chose")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_wave_is_entered_checked_previewed_and_published(
    open_page: OpenPage, editor: tuple[str, str], script: bool
) -> None:
    title = f"Baromètre {'avec' if script else 'sans'} script"
    page = open_page("/gestion/observatoire/", script=script)
    sign_in(page, editor)
    page.get_by_role("link", name="Saisir une enquête").click()
    if script:
        is_clean(page)
    page.get_by_label("Titre de l’étude").fill(title)
    page.get_by_label("Qui a été interrogé").select_option(label="maires et élus locaux")
    page.get_by_label("Début du terrain").fill("novembre 2026")
    page.get_by_label("D’où viennent ces chiffres").fill("Rapport du baromètre 2026")
    page.get_by_label("De quoi parle la question").fill("L’utilité des alliances")
    answers, figures = page.get_by_label("Réponse", exact=True), page.get_by_label("Chiffre", exact=True)
    answers.nth(0).fill("Utiles")
    figures.nth(0).fill("91")
    answers.nth(1).fill("Inutiles")
    figures.nth(1).fill("19")
    checks = page.locator("#verifications")
    if script:  # said without being asked
        figures.nth(1).press("Tab")
        expect(checks).to_contain_text("font 110 %")
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(checks).to_contain_text("plus que 100 %")
    expect(answers.nth(1)).to_have_value("Inutiles")
    if script:
        is_clean(page)
    figures.nth(1).fill("9")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("enregistrée comme brouillon")).to_be_visible()
    address = page.get_by_role("link", name="Aperçu dans un nouvel onglet").get_attribute("href") or ""
    form = page.url
    page.goto(address)
    expect(page.get_by_text("Brouillon : seul le secrétariat voit cette page.")).to_be_visible()
    page.goto(form)
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("est enregistrée et publiée")).to_be_visible()
    reader = open_page("/observatoire/etudes/", script=script)
    reader.get_by_role("link", name=title).click()
    expect(reader.get_by_role("row", name="Utiles").first).to_contain_text("91")
    expect(reader.get_by_role("main")).to_contain_text("Rapport du baromètre 2026")


def test_two_editors_on_one_page_lose_nothing(open_page: OpenPage, editor: tuple[str, str]) -> None:
    path = "/gestion/observatoire/etudes/modifier/phare-associations/"
    first, second = open_page(path), open_page(path)
    for page in (first, second):
        sign_in(page, editor)
    first.get_by_label("Institut de sondage").fill("Institut A")
    second.get_by_label("Institut de sondage").fill("Institut B")
    save = "Enregistrer : la page publique change aussitôt"
    first.get_by_role("button", name=save).click()
    expect(first.get_by_text("est enregistrée et publiée")).to_be_visible()
    second.get_by_role("button", name=save).click()
    expect(second.get_by_role("alert")).to_contain_text("pendant que vous l’aviez ouverte")
    expect(second.get_by_role("alert")).to_contain_text("enregistré « Institut A », chez vous « Institut B »")
    expect(second.get_by_label("Institut de sondage")).to_have_value("Institut B")
    is_clean(second)
    second.get_by_role("button", name=save).click()
    expect(second.get_by_text("est enregistrée et publiée")).to_be_visible()


def test_a_wave_given_as_a_file_is_looked_at_then_published(
    open_page: OpenPage, editor: tuple[str, str], tmp_path: Path
) -> None:
    """Both tables and the lines to look at, seen before anything is written; then a draft; then public."""
    columns = "titre;debut;sujet;reponse;acteur;part;source;source_nom;serie;serie_titre;vague"
    row = "Volet des habitants;2026-05;L’utilité;Utile;citoyens;55;note-2026;Note de 2026;habitants;Les habitants;1"
    told = tmp_path / "vague.csv"
    told.write_text(f"{columns}\n{row}\n", encoding="utf-8")
    page = open_page("/gestion/observatoire/importer/")
    sign_in(page, editor)
    page.get_by_label("Votre fichier").set_input_files(told)
    page.get_by_role("button", name="Regarder ce fichier").click()
    expect(page.get_by_role("heading", name="Ce que ferait « vague.csv »")).to_be_visible()
    expect(page.get_by_role("region", name="Séries")).to_contain_text("Les habitants")
    expect(page.get_by_role("heading", name="Ligne par ligne")).to_be_visible()
    is_clean(page)
    reader = open_page("/observatoire/etudes/")
    expect(reader.get_by_role("link", name="Volet des habitants")).to_have_count(0)

    page.get_by_role("button", name="Importer pour de bon").click()
    expect(page.get_by_text("C’est importé. Nouvelles : 1")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("link", name="Volet des habitants")).to_have_count(0)
    page.get_by_role("button", name="Publier Volet des habitants").click()
    expect(page.get_by_role("button", name="Retirer Volet des habitants")).to_be_visible()
    reader.reload()
    reader.get_by_role("link", name="Volet des habitants").click()
    expect(reader.get_by_role("row", name="Utile").first).to_contain_text("55")


@pytest.mark.parametrize("path", ["importer/", "series/", "series/modifier/citoyens-et-partenariats/"])
def test_other_screens_of_the_desk_are_for_everyone(open_page: OpenPage, editor: tuple[str, str], path: str) -> None:
    page = open_page(f"/gestion/observatoire/{path}")
    sign_in(page, editor)
    is_clean(page)
