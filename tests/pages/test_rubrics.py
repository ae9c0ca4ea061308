"""The five rubrics: what they list, how they narrow, their feeds."""

from datetime import date

import feedparser
import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from fairealliance.audience.buffer import buffer
from fairealliance.audience.models import PageCount
from fairealliance.journal.actions import mark_changed
from fairealliance.journal.models import Entry
from fairealliance.pages.models import ArticlePage, PageTerritory, RubricPage
from fairealliance.resources.enums import ResourceKind
from fairealliance.search.engine import find
from fairealliance.search.query import Query
from fairealliance.search.reader import Reader
from fairealliance.search.store import default_store
from fairealliance.territories.enums import Level
from tests.factories import PracticeFactory, ResourceFactory, TerritoryFactory
from tests.pages import read
from tests.pages.conftest import MakeArticle

pytestmark = pytest.mark.django_db
RUBRICS = ["actualites", "exemples", "etudes", "outils", "accompagnement"]


@pytest.mark.parametrize("rubric", RUBRICS)
def test_each_rubric_has_its_page_and_its_feeds(client: Client, indexed, rubric: str) -> None:
    indexed()
    page = read(client, f"/{rubric}/")
    assert page.status == 200
    for form, media in (("atom", "application/atom+xml"), ("rss", "application/rss+xml")):
        assert f'type="{media}"' in page.raw
        answer = client.get(f"/{rubric}/{form}.xml")
        assert answer["Content-Type"].startswith(media)
        assert not feedparser.parse(answer.content).bozo


def test_articles_and_records_stand_in_one_list(client: Client, make_article: MakeArticle, indexed) -> None:
    make_article("Une note de lecture", "etudes", kind="note")
    ResourceFactory(title="Un rapport du Sénat", kind=ResourceKind.REPORT)
    ResourceFactory(title="Une boussole", kind=ResourceKind.TOOL)
    PracticeFactory(title="Un jardin partagé")
    indexed()
    studies = read(client, "/etudes/").words
    assert "Une note de lecture" in studies
    assert "Un rapport du Sénat" in studies
    assert "Une boussole" not in studies
    assert "Un jardin partagé" not in studies
    assert "Une boussole" in read(client, "/outils/").words
    assert "Un jardin partagé" in read(client, "/exemples/").words


@pytest.mark.parametrize("rubric", ["actualites", "exemples", "outils"])
def test_a_rubric_is_no_place_of_what_it_holds(indexed, make_article: MakeArticle, rubric: str) -> None:
    make_article("Un jardin partagé")
    PracticeFactory(title="Un jardin partagé")
    ResourceFactory(title="Un jardin partagé", kind=ResourceKind.TOOL)
    indexed()
    [hit] = find(Query("jardin", scopes=(f"rubrique:{rubric}",)), at=Reader(default_store())).hits
    assert hit.scopes == ()


def test_news_bears_its_day(client: Client, make_article: MakeArticle, indexed) -> None:
    make_article("La rentrée des alliances", date=date(2026, 9, 1))
    indexed()
    assert "<span>1er septembre 2026</span>" in client.get("/actualites/").content.decode()


def test_filters(client: Client, make_article: MakeArticle, indexed) -> None:
    region = TerritoryFactory(level=Level.REGION, code="84", name="Auvergne-Rhône-Alpes")
    here = make_article("Ici", goals=[4])
    here.hub_territories.add(PageTerritory(territory=region))
    here.save_revision().publish()
    make_article("Ailleurs", goals=[13])
    indexed()
    for query, found, left_out in (
        ("goal=4", "Ici", "Ailleurs"),
        ("region=84", "Ici", "Ailleurs"),
        ("q=ailleurs", "Ailleurs", "Ici"),
    ):
        listed = read(client, f"/actualites/?{query}").raw
        assert f">{found}</a>" in listed, query
        assert f">{left_out}</a>" not in listed, query


@pytest.mark.parametrize(
    ("query", "status"), [("goal=99", 400), ("page=zero", 400), ("page=999", 404), ("tri=hasard", 400)]
)
def test_what_cannot_be_read_is_told(client: Client, indexed, query: str, status: int) -> None:
    indexed()
    page = read(client, f"/exemples/?{query}")
    assert page.status == status
    assert "Tout voir" in page.words


def test_without_an_index_the_page_stands(client: Client, tree) -> None:
    page = read(client, "/etudes/")
    assert page.status == 503
    assert "se reconstruit" in page.words
    assert client.get("/etudes/atom.xml").status_code == 503


def test_queries_do_not_grow_with_the_list(client: Client, make_article: MakeArticle, indexed) -> None:
    PracticeFactory()
    indexed()
    client.get("/exemples/")
    one = read(client, "/exemples/").queries
    PracticeFactory.create_batch(30)
    for number in range(20):
        make_article(f"Récit {number}", "exemples")
    with transaction.atomic():
        mark_changed("practice", list(range(1, 500)))
    indexed()
    twenty = read(client, "/exemples/")
    assert twenty.raw.count("<article class=") == 20
    assert twenty.queries == one


def listed(client: Client) -> str:
    return read(client, "/actualites/").words


def test_index_follows_publishing(client: Client, make_article: MakeArticle, indexed) -> None:
    article = make_article("Le grand rendez-vous")
    indexed()
    assert "Le grand rendez-vous" in listed(client)
    article.unpublish()
    indexed()
    assert "Le grand rendez-vous" not in listed(client)
    article.save_revision().publish()
    indexed()
    assert "Le grand rendez-vous" in listed(client)
    article.delete()
    indexed()
    assert "Le grand rendez-vous" not in listed(client)


def test_draft_is_in_no_list(client: Client, make_article: MakeArticle, indexed) -> None:
    article = make_article("Publié ainsi")
    article.title = "Brouillon secret"
    article.save_revision()
    indexed()
    assert "Publié ainsi" in listed(client)
    assert "Brouillon secret" not in listed(client)


def test_moved_under_another_rubric(client: Client, make_article: MakeArticle, indexed) -> None:
    article = make_article("Voyageur")
    indexed()
    article.move(RubricPage.objects.get(rubric="outils"), pos="last-child")
    indexed()
    assert "Voyageur" not in listed(client)
    assert 'href="/outils/voyageur/"' in read(client, "/outils/").raw


def test_page_for_some_only_leaves_the_list(client: Client, make_article: MakeArticle, indexed) -> None:
    article = make_article("Entre nous")
    indexed()
    restriction = PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    indexed()
    assert "Entre nous" not in listed(client)
    restriction.delete()
    indexed()
    assert "Entre nous" in listed(client)


def test_publishing_is_journalled(make_article: MakeArticle) -> None:
    article = make_article("À retenir")
    entry = Entry.objects.get(verb="page-published", subject=f"page:{article.pk}")
    assert entry.detail == {"title": "À retenir"}


def test_feed_entry(client: Client, make_article: MakeArticle, indexed) -> None:
    make_article("Titre <b>gras</b>", lead="Chapô & co", source_label="Le RAMEAU")
    indexed()
    entry = feedparser.parse(client.get("/actualites/atom.xml").content).entries[0]
    assert entry.link == "http://testserver/actualites/titre-bgrasb/"
    assert "<b>" not in entry.summary
    assert entry.updated.startswith("2026-11-03")
    assert ArticlePage.objects.filter(slug="titre-bgrasb").exists()


@pytest.mark.parametrize("year", [1, 2106, 9999])
def test_an_article_of_any_day_stops_nothing(client: Client, make_article: MakeArticle, indexed, year: int) -> None:
    """One date too far, and what follows the base died: nothing that was published later was found."""
    make_article("Une date de travers", date=date(year, 12, 31))
    make_article("Une autre nouvelle")
    indexed()
    words = read(client, "/actualites/").words
    assert "Une date de travers" in words
    assert "Une autre nouvelle" in words
    assert not feedparser.parse(client.get("/actualites/atom.xml").content).bozo


def test_a_page_kept_for_some_is_not_told_among_those_that_are_read(client: Client, make_article: MakeArticle) -> None:
    """Who knows the password is not signed in: counted, its address would be public, and its title with it."""
    article = make_article("Projet de fusion")
    kept = PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.PASSWORD, password="mot"
    )
    session = client.session
    session["passed_page_view_restrictions"] = [kept.pk]
    session.save()
    counted = []
    for _time in ("while it is kept", "once it is not"):
        agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
        assert client.get(article.url, headers={"user-agent": agent}).status_code == 200
        buffer.flush()
        counted.append(PageCount.objects.filter(page=article.url).exists())
        PageViewRestriction.objects.all().delete()
    assert counted == [False, True]
