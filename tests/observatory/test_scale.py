"""Studies with thousands of figures: pages, feed and charts stay small, and nothing of them is lost."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actors import SYSTEM
from fairealliance.observatory.actions import save_series, save_study
from fairealliance.observatory.enums import State
from fairealliance.observatory.models import Series, Study
from fairealliance.observatory.reading import series_data
from fairealliance.observatory.wave import PointData, QuestionData, ResultData, SeriesData, SourceRef, StudyData
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
ACTORS, ANSWERS, QUESTIONS, REGIONS = ("mayors", "citizens", "companies"), 5, 6, 21
PAGE = "/observatoire/etudes/grande/"


def _figures(places: list[str], groups: tuple[str, ...] = ("",)) -> tuple[ResultData, ...]:
    return tuple(
        ResultData(f"Réponse {n}", f"r{n}", actor, Decimal("20.3"), territory=place, subgroup=group, n=100, source="s")
        for place in places
        for group in groups
        for actor in ACTORS
        for n in range(ANSWERS)
    )


def _study(questions: int, figures: tuple[ResultData, ...], state: State = State.PUBLISHED) -> Study:
    asked = tuple(
        QuestionData(f"q{n}", f"Sujet {n}", wording=f"Que pensez-vous du sujet {n} ?", results=figures)
        for n in range(questions)
    )
    data = StudyData("grande", "Grande enquête", started="2026", ended="2026", source="s", questions=asked)
    return save_study(by=SYSTEM, data=data, sources={"s": SourceRef("s", "Les réponses")}, state=state).study


@pytest.fixture
def large() -> Study:
    regions = [TerritoryFactory(level="region", code=f"{n:02}", name=f"Région {n}").ref for n in range(REGIONS)]
    return _study(QUESTIONS, _figures(["", *regions]))


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_study_shows_what_sums_it_up_and_leads_to_the_rest(client: Client, large: Study) -> None:
    page = _page(client, PAGE)
    assert "Région 3" not in page
    assert page.count("20,3\u00a0%") >= QUESTIONS * len(ACTORS) * ANSWERS
    assert "Les 330 chiffres" in page
    assert f'href="{PAGE}q0/"' in page
    assert len(page) / QUESTIONS < 7_000
    assert max(map(len, re.findall(r'alt="([^"]*)"', page))) < 1_000


def test_a_question_has_all_its_figures_on_its_own_pages(client: Client, large: Study) -> None:
    told = "".join(_page(client, f"{PAGE}q0/?page={n}") for n in (1, 2))
    assert {f"Région {n}" for n in range(REGIONS)} == set(re.findall(r"Région \d+", told))
    assert told.count("20,3\u00a0%") == 330
    assert client.get(f"{PAGE}q99/").status_code == 404
    Study.objects.update(state=State.DRAFT)
    assert client.get(f"{PAGE}q0/").status_code == 404


def test_a_chart_and_its_sentence_stay_readable(client: Client, large: Study) -> None:
    root = ElementTree.fromstring(client.get(f"{PAGE}q0.svg").content)
    assert float(root.get("viewBox", "").split()[-1]) < 1_000
    said = root.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "et 318 autres chiffres" in said


def test_without_a_whole_the_first_figures_stand_for_it(client: Client) -> None:
    _study(1, _figures([""], tuple(f"taille {n}" for n in range(30))))
    page = _page(client, PAGE)
    assert "taille 0" in page
    assert "taille 29" not in page
    assert "Les 450 chiffres" in page
    assert "<svg" in client.get(f"{PAGE}q0.svg").content.decode()


def test_the_feed_tells_the_first_questions_only(client: Client, large: Study) -> None:
    content = client.get("/observatoire/atom.xml").content
    entry = feedparser.parse(content).entries[0]
    assert len(content) < 10_000
    assert "Sujet 2" in entry.summary
    assert "Sujet 3" not in entry.summary
    assert "Et 3 autres questions." in entry.summary


def test_as_many_queries_for_one_question_as_for_many(client: Client) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            _page(client, address)
        return len(captured)

    regions = [TerritoryFactory(level="region", code=f"{n:02}", name=f"Région {n}").ref for n in range(4)]
    addresses = [PAGE, f"{PAGE}q0/", f"{PAGE}q0.svg", "/observatoire/atom.xml"]
    _study(1, _figures(["", *regions[:2]]))
    few = [count(address) for address in addresses]
    _study(20, _figures(["", *regions]))
    assert [count(address) for address in addresses] == few


def test_few_figures_are_shown_whole_with_their_places(client: Client) -> None:
    place = TerritoryFactory(level="region", code="53", name="Bretagne").ref
    _study(1, (ResultData("Oui", "oui", "mayors", Decimal(80), territory=place, source="s"),))
    page = _page(client, PAGE)
    assert "Bretagne" in page
    assert f'href="{PAGE}q0/"' not in page


def test_the_waves_to_choose_from_are_a_hundred_at_most_and_are_found_by_words(desk: Client) -> None:
    _study(30, _figures([""]))
    address = "/gestion/observatoire/series/nouvelle/"
    page = _page(desk, address)
    assert page.count('value="grande|') == 4 * 100
    looked = desk.post(address, {"rows": "2", "look": "1", "search": "sujet 29 réponse 4", "title": "Ma série"})
    assert looked.content.decode().count('value="grande|q29|r4"') == 2
    assert "q1|" not in looked.content.decode()
    assert 'value="Ma série"' in looked.content.decode()
    sent = {"title": "Ma série", "rows": "2", "w0-wave": "grande|q29|r4", "search": "sujet 3"}
    assert desk.post(address, sent).status_code == 302
    edited = _page(desk, "/gestion/observatoire/series/modifier/ma-serie/")
    assert edited.count('value="grande|q29|r4"') == 1


def test_a_series_keeps_waves_that_are_not_among_the_choices(desk: Client) -> None:
    _study(30, _figures([""]))
    save_series(by=SYSTEM, data=SeriesData("s", "S", points=(PointData("grande", "q29", "r4"),)))
    sent = {"title": "S", "rows": "2", "version": "1", "w0-wave": "grande|q29|r4", "w1-wave": "grande|q0|r0"}
    assert desk.post("/gestion/observatoire/series/modifier/s/", sent).status_code == 302
    forged = desk.post("/gestion/observatoire/series/modifier/s/", {**sent, "version": "2", "w1-wave": "rien|du|tout"})
    assert forged.status_code == 422
    assert Series.objects.get(slug="s").points.count() == 2


def test_a_series_longer_than_the_form_once_was_loses_nothing(desk: Client) -> None:
    _study(30, _figures([""]))
    points = [PointData("grande", f"q{q}", f"r{r}") for q in range(30) for r in range(ANSWERS)]
    points[1] = PointData("grande", "q0", "r1", ("wording", "base", "method"), "tout a changé")
    save_series(by=SYSTEM, data=SeriesData("s", "S", points=tuple(points)))
    address = "/gestion/observatoire/series/modifier/s/"
    form = HTMLForm(_page(desk, address)).fields
    assert desk.post(address, form | {"headline": "Une phrase de plus"}).status_code == 302
    saved = series_data(Series.objects.whole().get())
    assert (saved.headline, list(saved.points)) == ("Une phrase de plus", points)
    assert desk.post(address, form | {"rows": "1501", "version": "2"}).status_code == 400
    assert Series.objects.get().points.count() == len(points)


class HTMLForm(HTMLParser):
    """What a browser would send of the page's form about the series, left as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str | list[str]] = {}
        self._select = ""
        self.feed(page[page.index('class="survey-form"') :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = told["name"]
        elif tag == "option" and "selected" in told:
            self.fields[self._select] = told["value"]
        elif tag == "input" and told.get("type") == "checkbox":
            if "checked" in told:
                self.fields.setdefault(told["name"], []).append(told["value"])  # type: ignore[union-attr]
        elif tag == "input":
            self.fields[told["name"]] = told.get("value", "")
