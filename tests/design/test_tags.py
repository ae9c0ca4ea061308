"""What the template tags write."""

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from fairealliance.design import samples
from fairealliance.design.spheres import LOOKS
from fairealliance.design.stylesheet import COMPONENTS
from fairealliance.design.templatetags import design as tags


def drawn(source: str, **context: object) -> str:
    return Template("{% load design %}" + source).render(Context(context))


def test_numbers_are_french() -> None:
    assert tags.number_fr(1234567.891, 1) == "1\u202f234\u202f567,9"
    assert tags.number_fr(Decimal("0")) == "0"
    assert tags.number_fr(None) == ""
    assert tags.with_unit("12", "%") == "12\u00a0%"
    assert tags.with_unit("12", "") == "12"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("secret", "Secret statistique"),
        ("unavailable", "Non disponible"),
        ("not_applicable", "Sans objet"),
        ("unknown", "Inconnu"),
        ("anything", "Inconnu"),
    ],
)
def test_what_is_not_a_number_is_said_in_words(state: str, words: str) -> None:
    assert tags.figure_state(state) == words


@pytest.mark.parametrize(
    ("page", "pages", "expected"),
    [
        (1, 1, [1]),
        (2, 3, [1, 2, 3]),
        (4, 12, [1, 2, 3, 4, 5, None, 12]),
        (9, 20, [1, None, 8, 9, 10, None, 20]),
    ],
)
def test_page_links(page: int, pages: int, expected: list[int | None]) -> None:
    assert tags.page_links(page, pages) == expected


@pytest.mark.parametrize(("count", "words"), [(0, "0\u00a0cas"), (1, "1\u00a0cas"), (2, "2\u00a0exemples")])
def test_french_is_singular_below_two(count: int, words: str) -> None:
    assert tags.count_words(count, "cas", "exemples") == words


@pytest.mark.parametrize("drawing", sorted(COMPONENTS.glob("*/**/*.svg")), ids=lambda path: path.stem)
def test_drawings_are_well_formed_and_hidden_from_screen_readers(drawing: Path) -> None:
    root = ElementTree.fromstring(drawing.read_text(encoding="utf-8"))
    assert root.get("aria-hidden") == "true"
    assert root.get("viewBox")
    assert "style" not in root.attrib


def test_each_sphere_has_a_word_and_a_shape_of_its_own() -> None:
    badges = {sphere: drawn("{% sphere_badge sphere %}", sphere=sphere) for sphere in LOOKS}
    for sphere, badge in badges.items():
        assert tags.sphere_label(sphere) in badge
        assert f"sphere-{sphere}" in badge
    shapes = [re.search(r"shape-(\w+)", badge) for badge in badges.values()]
    assert len({shape.group(1) for shape in shapes if shape}) == len(LOOKS)


def test_an_unknown_sphere_is_shown_as_written_and_has_no_badge() -> None:
    assert tags.sphere_label("autre") == "autre"
    assert drawn("{% sphere_badge 'autre' %}") == ""


@pytest.mark.parametrize(
    ("spheres", "meetings", "lit", "outlines"),
    [
        ([], 0, 0, 3),
        (["association"], 0, 0, 2),
        (["association", "collectivite"], 1, 0, 1),
        (["association", "entreprise", "collectivite"], 3, 1, 0),
        (["etat", "entreprise"], 0, 0, 2),
    ],
)
def test_the_mark_tells_who_meets(spheres: list[str], meetings: int, lit: int, outlines: int) -> None:
    mark = drawn("{% mark spheres %}", spheres=spheres)
    counts = (mark.count("mark-meet"), mark.count("mark-lit"), mark.count("mark-off"))
    assert counts == (meetings, lit, outlines)


def test_a_label_given_to_the_mark_is_escaped() -> None:
    assert "<b>" not in drawn("{% mark spheres 'm' label %}", spheres=[], label='"><b>')


def test_goal_mark_accepts_numbers_only() -> None:
    assert 'class="goal-mark goal-4"' in drawn("{% goal_mark 4 %}")
    with pytest.raises(ValueError, match="invalid literal"):
        drawn("{% goal_mark number %}", number="<b>")


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ("/agir/", ["Agir"]),
        ("/pratiques/3-un-cafe/", ["Explorer"]),
        ("/territoires/epci/1-x/", ["Territoires"]),
        ("/", []),
    ],
)
def test_the_section_of_a_page_is_lit(path: str, lit: list[str]) -> None:
    entries = tags.nav_entries(Context({"request": RequestFactory().get(path)}))
    assert [entry.label for entry in entries if entry.current] == lit


def test_page_address_without_a_request_is_empty() -> None:
    assert drawn("{% page_address as address %}[{{ address }}]") == "[]"


def test_page_address_keeps_the_query_only_when_asked(rf: RequestFactory) -> None:
    request = rf.get("/agir/", {"defi": "é"})
    assert tags.page_address(Context({"request": request})) == "http://testserver/agir/"
    assert tags.page_address(Context({"request": request}), query=True).endswith("/agir/?defi=%C3%A9")


def test_what_a_facet_counts_agrees_with_its_count() -> None:
    options = [samples.Option(str(count), "Un objectif", count) for count in (0, 1, 2)]
    said = re.findall(r'facet-count">(\d)<span class="visually-hidden"> (\w+)<', tags.facet_options("goal", options, 9))
    assert said == [("0", "résultat"), ("1", "résultat"), ("2", "résultats")]
