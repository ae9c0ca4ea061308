"""The gallery, the base page and the error pages."""

import re

import pytest
from django.template.loader import get_template, render_to_string
from django.test import Client

from fairealliance.design import samples
from fairealliance.design.stylesheet import COMPONENTS


def test_the_gallery_shows_every_component(client: Client) -> None:
    answer = client.get("/design/")
    assert answer.status_code == 200
    shown = {template.name for template in answer.templates}
    for folder in COMPONENTS.iterdir():
        template = f"design/components/{folder.name}/{folder.name}.html"
        # Small components are drawn once a process by a tag, so a template may not be seen again.
        if (folder / f"{folder.name}.html").exists() and folder.name not in {"sphere", "mark"}:
            assert template in shown, folder.name


def test_no_inline_style_or_script(client: Client) -> None:
    page = client.get("/design/").content.decode()
    assert not re.search(r"\sstyle=", page)
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_ids_are_unique_and_references_resolve(client: Client) -> None:
    page = client.get("/design/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for references in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page):
        assert set(references.split()) <= set(ids)
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(ids)


def test_no_asset_from_elsewhere(client: Client) -> None:
    page = client.get("/design/").content.decode()
    assets = re.findall(r'<(?:link|script|img)[^>]*(?:src|href)="([^"]+)"', page)
    assert assets
    assert all(asset.startswith(("/", "http://testserver/")) for asset in assets)


def test_base_page_is_french_and_can_be_skipped(client: Client) -> None:
    page = client.get("/design/").content.decode()
    assert '<html lang="fr">' in page
    assert '<a class="skip-link" href="#contenu">' in page
    assert '<main class="wrap page" id="contenu"' in page
    assert '<link rel="canonical" href="http://testserver/design/">' in page


@pytest.mark.django_db
@pytest.mark.parametrize("status", samples.ERROR_PAGES)
def test_error_pages_speak_french(client: Client, status: int) -> None:
    client.raise_request_exception = False
    answer = client.get(f"/design/erreur/{status}/")
    assert answer.status_code == status
    assert f"Erreur {status}" in re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("status", samples.ERROR_PAGES)
def test_error_pages_need_no_request(status: int) -> None:
    page = get_template(f"{status}.html").render()
    assert "Faire Alliance" in page
    assert "canonical" not in page


def test_a_host_that_is_not_ours_gets_the_400_page(client: Client) -> None:
    answer = client.get("/design/", HTTP_HOST="ailleurs.example")
    assert answer.status_code == 400
    assert "Erreur 400" in re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.django_db
def test_an_error_we_do_not_have_is_not_found(client: Client) -> None:
    assert client.get("/design/erreur/418/").status_code == 404


@pytest.mark.parametrize(
    ("template", "needed"),
    [
        ("card", {"kind": "practice", "title": "Un café", "href": "/x/"}),
        ("figure", {"label": "Habitants", "value": 3}),
        ("button", {"label": "Trouver"}),
        ("notice", {"kind": "info", "title": "Bon à savoir"}),
        ("empty", {"title": "Rien encore"}),
        ("source", {"label": "Institut"}),
        ("ask", {"action": "/agir/", "url": "/x/"}),
        ("autocomplete", {"id": "a", "name": "a", "label": "Lieu", "url": "/x/"}),
        ("map", {"title": "Carte", "points": [], "width": 10, "height": 10}),
        ("pagination", {"page": 1, "pages": 3}),
        ("facet", {"title": "Nature", "name": "kind", "options": [samples.Option("a", "A", None)]}),
        ("sphere", {"sphere": "etat"}),
        ("chip", {"label": "Loire"}),
        ("goal", {"number": 4, "name": "Éducation de qualité"}),
        ("mark", {}),
    ],
)
def test_what_may_be_left_out_may_be_left_out(template: str, needed: dict[str, object]) -> None:
    assert render_to_string(f"design/components/{template}/{template}.html", needed).strip()


def test_what_people_wrote_is_escaped() -> None:
    nasty = '<script>alert("x")</script>'
    card = {
        "kind": "practice",
        "title": nasty,
        "href": "/x/",
        "summary": nasty,
        "territory": nasty,
        "reasons": [nasty],
    }
    page = render_to_string("design/components/card/card.html", card)
    assert "<script>" not in page
    ask = {"action": "/agir/", "url": "/x/", "text": '"><b>', "challenge": "</textarea><b>"}
    page = render_to_string("design/components/ask/ask.html", ask)
    assert "<b>" not in page
    assert "&amp;lt;" not in page


def test_zero_is_zero_and_unknown_is_said() -> None:
    figure = "design/components/figure/figure.html"
    assert ">0 <" in render_to_string(figure, {"label": "Pauvreté", "value": 0, "unit": "%"})
    page = render_to_string(figure, {"label": "Pauvreté", "value": None, "state": "secret", "unit": "%"})
    assert "Secret statistique" in page
    assert "%" not in page
