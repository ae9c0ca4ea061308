"""Sources, licences, help; and the parts shared by the pages of sourced things."""

import json
from decimal import Decimal

import pytest
from django.template import engines
from django.test import Client

from fairealliance.observatory.enums import State
from fairealliance.observatory.models import Study
from fairealliance.provenance.models import Source
from fairealliance.provenance.templatetags.sourced import (
    euros,
    grouped,
    linked_data,
    prose,
    search_address,
    web_address,
    web_host,
)
from tests.factories import OrganisationFactory, PracticeFactory, ResourceFactory, SourceFactory
from tests.pages import read

pytestmark = pytest.mark.django_db


def test_sources_say_producer_licence_vintage_and_how_much_we_hold(client: Client) -> None:
    source = SourceFactory(
        slug="fonds-vert",
        label="Fonds vert 2023",
        producer="Ministère de la Transition écologique",
        licence="Licence Ouverte 2.0",
        licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        vintage="2023",
        url="https://www.data.gouv.fr/fonds-vert",
    )
    for key in range(3):
        PracticeFactory(source=source, source_key=str(key))
    OrganisationFactory(source=source, source_key="o")
    page = read(client, "/sources/")
    assert page.status == 200
    assert 'id="fonds-vert"' in page.raw
    assert "3\u00a0exemples" in page.raw
    assert "1\u00a0organisation" in page.raw
    for words in ("Ministère de la Transition écologique", "Licence Ouverte 2.0", "2023", "data.gouv.fr"):
        assert words in page.words


def test_a_source_that_says_little_is_told_so(client: Client) -> None:
    SourceFactory(slug="muette", label="Source muette", licence="")
    page = read(client, "/sources/")
    assert "la source ne la dit pas" in page.words
    assert "rien pour l’instant" in page.words


@pytest.mark.parametrize("address", ["/sources/", "/licences/"])
def test_what_only_a_draft_comes_from_is_not_told(client: Client, address: str) -> None:
    source = SourceFactory(slug="secrete", label="Enquête sous embargo")
    study = Study.objects.create(slug="e", title="Sous embargo", state=State.DRAFT, source=source, source_key="e")
    assert "embargo" not in read(client, address).words
    ResourceFactory(source=source, source_key="r")
    shown = read(client, "/sources/").words
    assert "embargo" in shown
    assert "étude" not in shown.split("Enquête sous embargo")[1].split("Ce que vous pouvez")[0]
    Study.objects.filter(pk=study.pk).update(state=State.PUBLISHED)
    assert "1\u00a0étude" in read(client, "/sources/").raw


def test_no_source_at_all_is_an_empty_page_not_an_error(client: Client) -> None:
    Source.objects.all().delete()
    assert "Aucune source n’est encore chargée" in read(client, "/sources/").words


def test_sources_ask_the_same_number_of_queries_for_one_and_for_twenty(client: Client) -> None:
    _hold(SourceFactory(slug="s0", label="s0"))
    one = read(client, "/sources/").queries
    for number in range(1, 20):
        _hold(SourceFactory(slug=f"s{number}", label=f"s{number}"))
    assert read(client, "/sources/").queries == one <= 7  # one for the sources, one per kind of thing registered


def _hold(source: Source) -> None:
    PracticeFactory(source=source, source_key="p")
    OrganisationFactory(source=source, source_key="o")
    ResourceFactory(source=source, source_key="r")


def test_invented_sources_come_last_and_say_so(client: Client) -> None:
    SourceFactory(slug="demo", label="A d’abord par ordre alphabétique", is_demo=True)
    SourceFactory(slug="vraie", label="Vraie source")
    page = read(client, "/sources/")
    assert page.words.index("Vraie source") < page.words.index("A d’abord")
    assert "Contenu inventé" in page.words


def test_licences_name_ours_and_those_of_others(client: Client) -> None:
    SourceFactory(slug="essai", label="Source d’essai")
    page = read(client, "/licences/")
    for words in ("AGPL-3.0-or-later", "BY-SA 4.0", "Licence Ouverte 2.0", "INSEE", "Etalab", "GeoNames"):
        assert words in page.words
    assert "Source d’essai" in page.words


def test_help_explains_ranking_and_what_is_unknown(client: Client) -> None:
    page = read(client, "/aide/")
    assert page.status == 200
    assert "Comment les exemples sont classés" in page.words
    assert "Secret statistique" in page.words
    assert "Ce que nous ne savons pas" in page.words


@pytest.mark.parametrize("address", ["/sources/", "/licences/", "/aide/"])
def test_pages_only_answer_to_reading(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.lerameau.fr/x", "https://www.lerameau.fr/x"),
        (" http://a.fr ", "http://a.fr"),
        ("javascript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("//a.fr", ""),
        ("https://[", ""),
        ("https:///rien", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(written: str, address: str) -> None:
    assert web_address(written) == address


def test_a_host_is_said_without_www_nor_password() -> None:
    assert web_host("https://moi:secret@www.lerameau.fr/odd") == "lerameau.fr"


def test_identifiers_are_read_in_threes() -> None:
    assert grouped("200078004") == "200\u00a0078\u00a0004"
    assert grouped("20007800400012") == "200\u00a0078\u00a0004\u00a000012"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("21667.00"), "21\u202f667\u00a0€"),
        (Decimal("600092.37"), "600\u202f092,37\u00a0€"),
        (Decimal("0"), "0\u00a0€"),
        (None, ""),
    ],
)
def test_euros(amount: Decimal | None, words: str) -> None:
    assert euros(amount) == words


def test_prose_keeps_lines_makes_links_and_runs_nothing() -> None:
    shown = prose("Un <script>alert(1)</script>\n\nDeux\nhttps://a.fr/x")
    assert "<script" not in shown
    assert shown.count("<p>") == 2
    assert '<a href="https://a.fr/x" rel="nofollow">' in shown


def test_search_addresses_are_escaped_in_pages() -> None:
    template = engines["django"].from_string("{% load sourced %}{% search_address kind='practice' q='é&<' %}")
    assert template.render() == "/recherche/?kind=practice&amp;q=%C3%A9%26%3C"
    assert search_address(goal=4) == "/recherche/?goal=4"


def test_linked_data_cannot_leave_its_block() -> None:
    block = linked_data({"name": "</script><script>alert(1)</script>&"})
    assert block.count("<script") == 1
    assert block.count("</script>") == 1
    facts = json.loads(block.partition(">")[2].rpartition("<")[0])
    assert facts["name"] == "</script><script>alert(1)</script>&"
    assert linked_data(None) == ""
