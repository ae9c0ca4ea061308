"""The public pages: what they show, at any day, in a fixed number of queries."""

import io
from datetime import date

import feedparser
import pytest
from django.test import Client
from docx import Document

from fairealliance.accounts.actors import SYSTEM
from fairealliance.organisations.models import Organisation
from fairealliance.roadmap.actions import measures, publishing
from fairealliance.roadmap.models import Measure, Programme
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.pages import read

BASE = "/feuille-de-route/"
PAGES = ("", "mesures/1/", "mesures/21/", "chronologie/", "par-facilitateur/", "par-territoire/", "comparer/", "bilan/")
FILES = ("atom.xml", "export.csv", "export.xlsx", "bilan.pdf", "bilan.docx")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", ["", "?date=2020-05-07", "?date=2021-05-07"])
def test_every_page_at_every_day(client: Client, roadmap: Programme, page: str, day: str) -> None:
    found = read(client, f"{BASE}{page}{day}")
    assert found.status == 200
    assert found.queries <= (30 if page == "comparer/" else 15), "two states are compared"
    assert "None" not in found.words


@pytest.mark.parametrize("name", FILES)
def test_every_file_at_a_day(client: Client, roadmap: Programme, name: str) -> None:
    answer = client.get(f"{BASE}{name}?date=2021-05-07")
    assert answer.status_code == 200
    assert len(answer.content) > 500


def test_the_whole_is_on_one_page(client: Client, roadmap: Programme) -> None:
    page = read(client, BASE)
    for number in range(1, 22):
        assert f'href="{BASE}mesures/{number}/"' in page.raw
    for words in ("3 à 9 mois", "6 à 12 mois", "12 à 18 mois", "21 non renseigné", "Carenews", "sans les nommer"):
        assert words in page.words
    before = read(client, f"{BASE}?date=2021-05-06")
    assert "État au 6 mai 2021" in before.words
    assert "Carenews" not in before.words
    assert "a été créé sur le site" not in before.words


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("?date=hier", "n’est pas une date"),
        ("bilan/?date=2021-02-30", "n’est pas une date"),
        ("?date=2999-01-01", "n’est pas encore là"),
        ("mesures/1/?date=2019-01-01", "commence le 7 mai 2020"),
        ("comparer/?du=hier", "n’est pas une date"),
        ("bilan.pdf?date=%00", "n’est pas une date"),
    ],
)
def test_a_day_that_is_none_is_refused_in_words(client: Client, roadmap: Programme, address: str, message: str) -> None:
    answer = client.get(f"{BASE}{address}")
    assert answer.status_code == 400
    if "%00" not in address:
        assert message in answer.content.decode()


def test_what_is_not_there_is_not_found(client: Client, roadmap: Programme) -> None:
    assert client.get(f"{BASE}mesures/22/").status_code == 404
    assert client.get(f"{BASE}programmes/rien/").status_code == 404


@pytest.mark.django_db
def test_without_any_programme_it_says_so(client: Client) -> None:
    answer = client.get(BASE)
    assert answer.status_code == 404
    assert "Aucune feuille de route" in answer.content.decode()


def test_other_programmes_have_their_own_addresses(client: Client, roadmap: Programme, small: Programme) -> None:
    assert "Petit programme" in read(client, f"{BASE}programmes/petit/").words
    assert read(client, f"{BASE}programmes/petit/mesures/1/").status == 200
    moved = client.get(f"{BASE}programmes/{roadmap.slug}/mesures/3/?date=2021-05-07")
    assert (moved.status_code, moved["Location"]) == (301, f"{BASE}mesures/3/?date=2021-05-07")
    assert "Petit programme" in read(client, f"{BASE}programmes/").words


@pytest.mark.parametrize("page", ["", "par-facilitateur/", "par-territoire/", "chronologie/", "bilan/"])
def test_queries_do_not_grow_with_measures(client: Client, small: Programme, page: str) -> None:
    def fill(number: int) -> None:
        dimension = small.dimensions.get()
        measure, _made = measures.save_measure(
            by=SYSTEM, programme=small, number=number, title=f"M{number}", dimension=dimension
        )
        organisation = OrganisationFactory()
        measures.save_facilitator(by=SYSTEM, measure=measure, name=organisation.name, organisation=organisation)
        measures.save_indicator(by=SYSTEM, measure=measure, code="cas", label="Cas")
        measures.link(by=SYSTEM, measure=measure, kind="territory", key=TerritoryFactory().pk)
        publishing.publish_measure_report(
            by=SYSTEM, measure=measure, dated_on=date(2022, 6, 1), text="Fait.", readings={"cas": 1}
        )

    fill(3)
    address = f"{BASE}{page}"
    one = read(client, address).queries
    for number in range(4, 23):
        fill(number)
    assert read(client, address).queries == one


def test_a_measure_tells_its_corrections(client: Client, measure: Measure) -> None:
    told = {"by": SYSTEM, "measure": measure, "dated_on": date(2022, 6, 1)}
    publishing.publish_measure_report(
        **told, text="Trois sites ouverts.", result="exceeded", issued_on=date(2022, 6, 2)
    )
    publishing.publish_measure_report(
        **told, text="Deux sites.", result="met", reason="Un doublon.", issued_on=date(2022, 9, 1)
    )
    address = f"{BASE}mesures/1/"
    now = read(client, address)
    for words in ("Objectif atteint", "Deux sites.", "Version corrigée le 1", "Un doublon."):
        assert words in now.words
    then = read(client, f"{address}?date=2022-08-31")
    assert "Trois sites ouverts." in then.words
    assert "Un doublon." not in then.words


def test_two_days_are_compared(client: Client, roadmap: Programme) -> None:
    page = read(client, f"{BASE}comparer/?du=2020-05-07&au=2021-05-07")
    assert "bilan au 7 mai 2021" in page.words
    assert "20 mesures n’ont pas changé" in page.words


def test_an_organisation_shows_the_measures_it_carries(client: Client, measure: Measure) -> None:
    organisation = OrganisationFactory()
    address = organisation.get_absolute_url()
    assert "Les mesures qu’elle facilite" not in read(client, address).words
    measures.save_facilitator(by=SYSTEM, measure=measure, name="Elle", organisation=organisation)
    page = read(client, address)
    assert "Les mesures qu’elle facilite" in page.words
    assert "1. Mesure 1" in page.words
    Organisation.objects.filter(pk=organisation.pk).delete()
    assert measure.facilitators.get().name == "Elle", "its name stays"


def test_the_feed_is_a_feed(client: Client, roadmap: Programme) -> None:
    feed = feedparser.parse(client.get(f"{BASE}atom.xml").content)
    assert not feed.bozo
    titles = [entry.title for entry in feed.entries]
    assert len(titles) == 3
    assert any(title.startswith("Mesure 1 :") for title in titles)
    assert len({entry.id for entry in feed.entries}) == 3


def test_the_progress_report_tells_all_21_measures(client: Client, roadmap: Programme) -> None:
    page = read(client, f"{BASE}bilan/?date=2021-05-07")
    assert page.queries <= 15
    for words in ("Bilan du suivi du programme", "Situation au 7 mai 2021", "81 % des Français", "article 3 de la",
                  "Pour aller plus loin", "Création du Fonds i", "sans les nommer"):  # fmt: skip
        assert words in page.words.replace("\u00a0", " ")
    assert all(f'id="mesure-{number}"' in page.raw for number in range(1, 22))
    assert "Carenews" not in page.words, "it came a year later"


def test_the_pdf_is_tagged_and_has_its_contents(client: Client, roadmap: Programme) -> None:
    answer = client.get(f"{BASE}bilan.pdf?date=2021-05-07")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid" in answer.content
    assert b"/StructTreeRoot" in answer.content
    assert b"/Lang" in answer.content


def test_the_docx_is_one_a_secretariat_can_take_up(client: Client, roadmap: Programme) -> None:
    document = Document(io.BytesIO(client.get(f"{BASE}bilan.docx?date=2021-05-07").content))
    headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert sum(each.style.name == "Heading 3" for each in document.paragraphs) == 21
    assert "Introduction" in headings
    [table] = document.tables
    assert len(table.rows) == 1 + 3 + 21
    xml = document.element.xml
    for mark in ("w:tblHeader", "TOC \\o", "descr=", "w:tblDescription"):
        assert mark in xml
    assert 'w:val="fr-FR"' in document.styles.element.xml
    assert "PAGE" in document.sections[0].footer._element.xml


def test_what_people_write_is_never_markup(client: Client, measure: Measure) -> None:
    nasty = '#panic("x") <script>alert(1)</script> \x0b =cmd|calc 🙂 ] [ $'
    publishing.publish_measure_report(by=SYSTEM, measure=measure, dated_on=date(2022, 6, 1), text=nasty)
    assert "<script>alert" not in read(client, f"{BASE}bilan/").raw
    for name in ("bilan.pdf", "bilan.docx", "export.csv", "export.xlsx", "atom.xml"):
        assert client.get(BASE + name).status_code == 200, name


@pytest.mark.parametrize("page", ["par-facilitateur/", "par-territoire/"])
def test_measures_of_nobody_are_a_list_and_not_as_many_cards(client: Client, small: Programme, page: str) -> None:
    found = read(client, f"{BASE}{page}")
    assert "Non renseigné" in found.words
    for measure in small.measures.all():
        assert measure.title in found.words
    assert "roadmap-cell" not in found.raw
