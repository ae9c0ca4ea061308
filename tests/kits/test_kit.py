"""The kit: its four sheets from the live base, as a page and as a document."""

import re
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from fairealliance.kits.compose import compose
from fairealliance.kits.kit import Block, Kit
from fairealliance.observatory.enums import ActorKind, Topic
from fairealliance.observatory.models import Question, Result, Series, SeriesPoint, Study
from fairealliance.practices.enums import Form, PartnershipKind
from fairealliance.practices.models import PracticeTerritory
from fairealliance.resources.enums import LinkState, ResourceKind
from fairealliance.resources.models import LinkRecord
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership, Territory
from tests.factories import PracticeFactory, ResourceFactory, SourceFactory, TerritoryFactory
from tests.pages import read
from tests.poppler import needs_poppler

pytestmark = pytest.mark.django_db


@pytest.fixture
def france() -> Territory:
    return TerritoryFactory(level=Level.COUNTRY, code="FR", name="France", slug="france")


@pytest.fixture
def loire(france: Territory) -> Territory:
    return TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire", slug="loire")


@pytest.fixture
def town(loire: Territory) -> Territory:
    place = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    Membership.objects.create(child=place, parent=loire)
    return place


def block(kit: Kit, sheet: int, title: str) -> Block:
    return next(each for each in kit.sheets[sheet - 1].blocks if each.title == title)


def test_an_empty_base_makes_a_kit_that_says_what_is_missing(client: Client, france: Territory) -> None:
    page = read(client, "/kit/")
    assert page.status == 200
    for words in (
        "Pourquoi et comment faire alliance",
        "La diversité des partenariats",
        "Des méthodes pour construire ensemble",
        "La carte des outils disponibles",
        "Aucune enquête n’a encore été saisie",
        "Pas encore d’exemple connu de ce type",
        "Pas encore de ressource connue pour ce public",
    ):
        assert words in page.words
    for number in range(1, 5):
        assert f'id="fiche-{number}"' in page.raw
        assert f'href="#fiche-{number}"' in page.raw
    assert client.get("/kit.pdf").status_code == 200


def test_cases_are_real_first_then_near(town: Territory, loire: Territory) -> None:
    elsewhere = TerritoryFactory(level=Level.DEPARTEMENT, code="29", name="Finistère")
    for title, place, demo in (("Loin", elsewhere, False), ("Près", loire, False), ("Inventé ici", town, True)):
        case = PracticeFactory(title=title, kind=PartnershipKind.MECENAT, is_demo=demo, start_year=2020)
        PracticeTerritory.objects.create(practice=case, territory=place)
    lines = block(compose(town), 2, "Mécénat").lines
    assert [line.title for line in lines] == ["Près", "Loin"]
    assert lines[0].reasons
    assert lines[1].reasons == ()


def test_invented_cases_say_so(town: Territory) -> None:
    PracticeFactory(title="Essai", form=Form.DIALOGUE, is_demo=True)
    assert "inventés" in block(compose(town), 2, "Dialogue territorial").gaps[0]


def test_resources_are_those_of_the_audience(client: Client, france: Territory) -> None:
    ResourceFactory(title="Pour les maires", kind=ResourceKind.METHOD, stage=["act"], audience=["elus"])
    ResourceFactory(title="Pour les associations", kind=ResourceKind.METHOD, stage=["act"], audience=["associations"])
    ResourceFactory(title="Sans public dit", kind=ResourceKind.METHOD, stage=["act"])
    kit = compose(france, "elus")
    assert [line.title for line in block(kit, 3, "Agir").lines] == ["Pour les maires", "Sans public dit"]
    table = block(kit, 4, "Ce qui existe, en un coup d’œil").table
    assert table is not None
    assert table.rows == (("Méthode", (0, 0, 2, 0)),)
    everyone = read(client, "/kit/")
    assert "Pour les associations" in everyone.words
    assert "Pour les associations" not in read(client, "/kit/?public=elus").words


def test_a_dead_link_is_told(france: Territory) -> None:
    resource = ResourceFactory(link="https://exemple.fr/", kind=ResourceKind.TOOL)
    now = timezone.now()
    LinkRecord.objects.create(
        resource=resource, url=resource.link, state=LinkState.DEAD, since=now, checked_at=now, due_at=now
    )
    assert block(compose(france), 4, "Outils").lines[0].reasons == ("ce lien ne répond plus",)


def asked(slug: str, started: str, shares: dict[str, int], chosen: str = "", **fields: object) -> Question:
    """A question to mayors; `chosen`: the answer that an editor set in the series on conviction."""
    study = Study.objects.create(slug=slug, title=f"Étude {slug}", institute="Institut", started=started)
    question = Question.objects.create(study=study, code="q", label="Faire alliance", topic=Topic.CONVICTION)
    for code, share in shares.items():
        Result.objects.create(
            question=question,
            code=code,
            answer=code,
            actor=ActorKind.MAYORS,
            share=share,
            source=SourceFactory(),
            **fields,
        )
    if chosen:
        series, _ = Series.objects.get_or_create(slug="conviction", defaults={"topic": Topic.CONVICTION})
        SeriesPoint.objects.create(series=series, question=question, code=chosen)
    return question


def test_figures_of_surveys_come_with_their_source_and_their_disagreement(client: Client, france: Territory) -> None:
    question = asked("elus", "2020-11", {"oui": 92}, "oui")
    Result.objects.create(
        question=question,
        code="oui",
        answer="oui",
        actor=ActorKind.MAYORS,
        share=Decimal(90),
        source=SourceFactory(),
        source_passage="b",
    )
    page = read(client, "/kit/")
    assert "92 % ou 90 %" in page.words.replace("\xa0", " ")
    assert "Étude elus · Institut" in page.words
    assert "ne donnent pas le même chiffre" in page.words


def test_the_answer_told_is_the_one_an_editor_chose(client: Client, france: Territory) -> None:
    asked("elus", "2020-11", {"Pas convaincus du tout": 60, "Convaincus": 40}, "Convaincus")
    asked("later", "2024-11", {"Pas convaincus": 70})
    asked("rural", "2025-11", {"Convaincus": 99}, "Convaincus", subgroup="maires ruraux")
    told = block(compose(france), 1, "Ils en sont convaincus").points
    assert [(point.value.replace("\xa0", " "), point.source.label) for point in told if point.source] == [
        ("40 %", "Étude elus · Institut")
    ]


def test_the_shelf_counts_all_that_it_does_not_show(france: Territory) -> None:
    for number in range(9):
        ResourceFactory(title=f"Outil {number}", kind=ResourceKind.TOOL, year=2010 + number, audience=["elus"])
    ResourceFactory(title="Sans public dit", kind=ResourceKind.TOOL, year=2026)
    ResourceFactory(title="Pour d’autres", kind=ResourceKind.TOOL, year=2026, audience=["entreprises"])
    tools = block(compose(france, "elus"), 4, "Outils")
    assert [line.title for line in tools.lines] == [f"Outil {number}" for number in (8, 7, 6, 5, 4, 3)]
    assert tools.more == ("Voir les autres", "/ressources/?nature=tool&pour=elus")
    everyone = block(compose(france), 4, "Outils")
    assert everyone.more == ("Voir les 11", "/ressources/?nature=tool")


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_at_one_and_at_twenty(client: Client, town: Territory, number: int) -> None:
    for index in range(number):
        case = PracticeFactory(
            kind=list(PartnershipKind)[index % 4], form=list(Form)[index % 3], source=SourceFactory()
        )
        PracticeTerritory.objects.create(practice=case, territory=TerritoryFactory())
        ResourceFactory(kind=list(ResourceKind)[index % 10], stage=["act"], source=SourceFactory(), audience=["elus"])
    read(client, "/kit/?territoire=commune:42218")
    assert read(client, "/kit/?territoire=commune:42218&public=elus").queries == 16


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("public=martiens", 400, "Public inconnu"),
        ("territoire=commune:99999", 404, "Nous ne connaissons pas"),
        ("territoire=planete:3", 400, "n’est pas un territoire"),
        ("territoire=zzzzzz", 404, "Nous ne connaissons pas"),
    ],
)
def test_what_cannot_be_read_is_told(client: Client, france: Territory, query: str, status: int, words: str) -> None:
    for address in (f"/kit/?{query}", f"/kit.pdf?{query}"):
        page = read(client, address)
        assert page.status == status
        assert words in page.words
        assert "fiche-1" not in page.raw


@needs_poppler
def test_the_document_is_tagged_and_holds_contents_and_sources(client: Client, town: Territory, tmp_path: Path) -> None:
    for index in range(8):
        ResourceFactory(title=f"Outil {index}", summary="Un outil #strong[$x$] \\ 😀 <b>", source=SourceFactory())
    response = client.get("/kit.pdf?territoire=commune:42218&public=elus")
    assert response["Content-Type"] == "application/pdf"
    assert "kit-odd-17-saint-etienne-elus.pdf" in response["Content-Disposition"]
    path = tmp_path / "kit.pdf"
    path.write_bytes(response.content)
    facts = _run("pdfinfo", str(path))
    assert re.search(r"Tagged:\s+yes", facts)
    assert re.search(r"Page size:.*A4", facts)
    text = re.sub(r"\s+", " ", _run("pdftotext", str(path), "-"))
    listed = ("Dans ce kit", "Saint-Étienne", "Pour : élus", "FICHE 4", "Sources", "Source d’essai", "#strong[$x$]")
    for words in listed:
        assert words in text, words


def _run(tool: str, *arguments: str) -> str:
    return subprocess.run([tool, *arguments], capture_output=True, check=True, text=True).stdout
