"""Each type of page: what it shows, what it tells machines, what becomes of blocks whose target is gone."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from fairealliance.accounts.actors import SYSTEM
from fairealliance.audience.models import PageCount
from fairealliance.audience.reads import top_pages
from fairealliance.contributions.actions.forgetting import DRAFT_KEPT, SUSPECT_KEPT
from fairealliance.observatory import starter_content as observatory_starter
from fairealliance.observatory.models import Series, Study
from fairealliance.pages import starter
from fairealliance.pages.blocks.links import check_address
from fairealliance.pages.models import ArticlePage, EventPage, HubSettings, RubricPage, StandardPage
from fairealliance.resources.models import Collection
from fairealliance.roadmap import starter as roadmap_starter
from tests.factories import PracticeFactory, TerritoryFactory, UserFactory
from tests.network.cast import catalyst
from tests.pages import read
from tests.pages.conftest import MakeArticle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/mentions-legales/", "/accessibilite/", "/vie-privee/", "/contact/"])
def test_pages_the_law_asks_for(client: Client, tree, path: str) -> None:
    page = read(client, path)
    assert page.status == 200
    assert f'href="{path}"' in read(client, "/licences/").raw


def test_privacy_tells_how_long_proposals_stay(client: Client, tree) -> None:
    words = read(client, "/vie-privee/").words
    for kept in (SUSPECT_KEPT, DRAFT_KEPT):
        assert f"au bout de {kept.days} jours" in words


@pytest.mark.parametrize("path", ["/s-informer/", "/se-former/", "/passer-a-l-action/"])
def test_doors_lead_somewhere(client: Client, tree, path: str) -> None:
    page = read(client, path)
    assert page.status == 200
    assert page.raw.count('class="door"') >= 3


def test_each_public_is_one_click_from_the_other(client: Client, tree) -> None:
    assert 'href="/organisations-et-collectivites/"' in read(client, "/grand-public/").raw
    assert 'href="/grand-public/"' in read(client, "/organisations-et-collectivites/").raw


def test_what_is_not_given_says_so(client: Client, tree) -> None:
    assert "Hébergeur non renseigné" in read(client, "/mentions-legales/").words
    held = HubSettings.load()
    held.host, held.contact_email = "Un hébergeur, Nantes", "bonjour@example.org"
    held.save()
    assert "Hébergeur Un hébergeur, Nantes" in read(client, "/mentions-legales/").words
    assert 'href="mailto:bonjour@example.org"' in read(client, "/contact/").raw


def test_home_shows_doors_publics_and_news(client: Client, make_article: MakeArticle, indexed) -> None:
    make_article("La toute dernière")
    indexed()
    home = read(client, "/")
    for path in ("/s-informer/", "/se-former/", "/passer-a-l-action/", "/grand-public/"):
        assert f'href="{path}"' in home.raw
    assert "La toute dernière" in home.words
    assert 'action="/agir/"' in home.raw


def test_home_stands_without_any_page(client: Client, db) -> None:
    home = read(client, "/")
    assert home.status == 200
    assert "Par où entrer" not in home.words


def test_article_tells_machines_what_it_is(client: Client, make_article: MakeArticle) -> None:
    article = make_article("Un </script> dans le titre", source_url="https://example.org/x")
    page = read(client, article.url)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.raw, re.DOTALL)
    assert data is not None
    facts = json.loads(data[1])
    assert facts["headline"] == "Un </script> dans le titre"
    assert facts["datePublished"] == "2026-11-03"
    assert f'<meta property="og:image" content="http://testserver/partage/{article.pk}.png">' in page.raw
    card = client.get(f"/partage/{article.pk}.png")
    assert card["Content-Type"] == "image/png"
    assert card.content.startswith(b"\x89PNG")


def test_draft_has_no_card(client: Client, make_article: MakeArticle) -> None:
    article = make_article("Bientôt")
    article.unpublish()
    assert client.get(f"/partage/{article.pk}.png").status_code == 404


def event(**fields: object) -> EventPage:
    page = EventPage(title="Rencontre; des pionniers", lead="Une journée, à Lyon", **fields)
    RubricPage.objects.get(rubric="actualites").add_child(instance=page)
    page.save_revision().publish()
    return page


def test_event_of_a_number_no_database_holds_is_not_there(client: Client, tree) -> None:
    assert client.get(f"/rendez-vous/{'9' * 23}/x.ics").status_code == 404


def test_event_goes_into_a_diary(client: Client, tree) -> None:
    starts = timezone.make_aware(datetime(2027, 3, 4, 9, 30))
    page = event(starts_at=starts, place="Lyon, 3 rue É" + "é" * 60)
    answer = client.get(page.calendar_url)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert "DTSTART:20270304T083000Z" in text
    assert "DTEND:20270304T093000Z" in text
    assert "SUMMARY:Rencontre\\; des pionniers" in text
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert "é" * 60 in text.replace("\r\n ", "")
    assert "jeudi 4 mars 2027, 9 h 30" in read(client, page.url).words


def test_diary_says_where_and_where_online(client: Client, tree) -> None:
    starts = timezone.make_aware(datetime(2027, 3, 4, 9, 30))
    page = event(starts_at=starts, place="Lyon", online_url="https://exemple.org/salle")
    text = client.get(page.calendar_url).content.decode().replace("\r\n ", "")
    assert "LOCATION:Lyon" in text
    assert "DESCRIPTION:Une journée\\, à Lyon\\nhttps://exemple.org/salle" in text


ROOM = "https://exemple.org/salle"


@pytest.mark.parametrize("place", ["", "Lyon"])
def test_address_online_of_a_past_event_is_told_nowhere(client: Client, tree, place: str) -> None:
    """By then it may lead to somebody else's meeting."""
    now = timezone.now()
    coming = event(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1), place=place, online_url=ROOM)
    past = event(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1), place=place, online_url=ROOM)
    for page, is_told in ((coming, True), (past, False)):
        diary = client.get(page.calendar_url).content.decode().replace("\r\n ", "")
        assert (ROOM in read(client, page.url).raw, ROOM in diary) == (is_told, is_told)
    assert ("Où En ligne" in read(client, past.url).words) is not bool(place)


def test_event_without_an_end_lasts_its_day(client: Client, tree) -> None:
    today = timezone.localtime().replace(hour=0, minute=0, second=0)
    assert ROOM in read(client, event(starts_at=today, online_url=ROOM).url).raw
    assert ROOM not in read(client, event(starts_at=today - timedelta(days=1), online_url=ROOM).url).raw


def test_event_that_ends_before_it_starts_is_refused(tree) -> None:
    now = timezone.now()
    with pytest.raises(ValidationError, match="avant le début"):
        event(starts_at=now, ends_at=now - timedelta(hours=1))
    page = event(starts_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=page.pk).update(ends_at=now - timedelta(hours=1))


MISSING = [
    ({"type": "figures", "value": {"territory": 999_999, "count": 3}}, "n’est plus dans la base"),
    ({"type": "chart", "value": {"series": "disparue"}}, "n’est plus dans l’observatoire"),
    ({"type": "measure", "value": {"measure": "999999"}}, "n’est plus dans la feuille de route"),
    ({"type": "cases", "value": {"goal": "99", "count": 3}}, "Aucun exemple"),
    ({"type": "events", "value": {"title": "", "count": 3}}, "Aucun rendez-vous annoncé"),
    ({"type": "picture", "value": {"image": 999_999, "legend": "x"}}, ""),
    ({"type": "downloads", "value": {"title": "", "files": [999_999]}}, ""),
    ({"type": "quote", "value": {"text": "Ensemble", "author": ""}}, "Ensemble"),
    ({"type": "une-sorte-disparue", "value": "x"}, ""),
]


@pytest.mark.parametrize(("block", "words"), MISSING, ids=[block["type"] for block, _words in MISSING])
def test_block_whose_target_is_gone(client: Client, make_article: MakeArticle, block: dict, words: str) -> None:
    article = make_article("Avec un bloc", body=json.dumps([block]))
    page = read(client, article.url)
    assert page.status == 200
    assert words in page.words


def test_figures_of_a_territory(client: Client, make_article: MakeArticle) -> None:
    town = TerritoryFactory(name="Firminy")
    body = json.dumps([{"type": "figures", "value": {"territory": town.pk, "count": 3}}])
    page = read(client, make_article("Chiffres", body=body).url)
    assert "Firminy" in page.words
    assert f'href="{town.get_absolute_url()}"' in page.raw


def typed(text: str, url: str = "") -> str:
    """What the editor's screen sends for a paragraph, linked when `url` is told."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    entities = {}
    if url:
        block["entityRanges"] = [{"offset": 0, "length": len(text), "key": 0}]
        entities = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}}
    return json.dumps({"blocks": [block], "entityMap": entities})


@pytest.mark.parametrize(
    ("text", "url", "never"),
    [
        ("<script>alert(1)</script>", "", "<script"),
        ('<p onclick="x()">a', "", "<p onclick"),
        ("a", "javascript:x()", "javascript:"),
        ("a", "ftp://exemple.fr/", "ftp:"),
    ],
)
def test_rich_text_runs_nothing(client: Client, make_article: MakeArticle, text: str, url: str, never: str) -> None:
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks["text"]
    value = block.value_from_datadict({"x": typed(text, url)}, {}, "x")
    article = make_article("Texte", body=json.dumps([{"type": "text", "value": value.source}]))
    raw = read(client, article.url).raw
    story = raw[raw.index('class="story"') : raw.index("</main>")]
    assert never not in story
    assert text[:1] in story


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//ailleurs.example", "outils", "data:text/html,x"])
def test_addresses_that_lead_nowhere_are_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        check_address(address)


def test_starter_content_is_made_once(tree, django_assert_max_num_queries) -> None:
    legal = StandardPage.objects.get(slug="mentions-legales")
    legal.title = "Nos mentions"
    legal.save_revision().publish()
    StandardPage.objects.get(slug="contact").delete()
    before = Page.objects.count()
    with django_assert_max_num_queries(3):
        assert starter.load(by=SYSTEM) == 0
    assert Page.objects.count() == before
    assert Page.objects.get(slug="mentions-legales").title == "Nos mentions"
    assert not Page.objects.filter(slug="contact").exists()


def test_old_address_leads_to_the_new_one(client: Client, make_article: MakeArticle) -> None:
    article = make_article("Avant")
    Redirect.add_redirect("/vieille-page", article)
    answer = client.get("/vieille-page/")
    assert answer.status_code == 301
    assert answer["Location"].endswith("/actualites/avant/")


def test_index_of_the_sitemap_reads_no_table_whole(client: Client, tree) -> None:
    for each in range(20):
        PracticeFactory(title=f"Cas {each}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/sitemap.xml").status_code == 200
    rows = [each["sql"] for each in asked if "practices_practice" in each["sql"] and "COUNT(" not in each["sql"]]
    assert len(rows) == 1
    assert "MAX(" in rows[0]
    with CaptureQueriesContext(connection) as again:
        client.get("/sitemap.xml")
    assert len(again) == 0


def test_sitemap_lists_studies_series_measures_and_collections(client: Client, tree) -> None:
    TerritoryFactory(level="region", code="75")
    observatory_starter.load(by=SYSTEM)
    roadmap_starter.load(by=SYSTEM)
    shown = Collection.objects.create(title="Premiers pas", slug="premiers-pas", is_public=True)
    Collection.objects.create(title="En cours", slug="en-cours")
    Study.objects.filter(pk=Study.objects.order_by("pk")[0].pk).update(state="draft")
    index = client.get("/sitemap.xml").content.decode()
    counts = {"etudes": Study.objects.published().count(), "series": Series.objects.count(), "mesures": 21}
    for section, count in {**counts, "collections": 1}.items():
        assert f"/sitemap-{section}.xml" in index
        assert client.get(f"/sitemap-{section}.xml").content.decode().count("<loc>") == count, section
    assert shown.get_absolute_url() in client.get("/sitemap-collections.xml").content.decode()


def test_sitemap_lists_real_catalysts_who_are_listed(client: Client, tree) -> None:
    town = TerritoryFactory()
    shown = catalyst("c@exemple.fr", town)
    catalyst("w@exemple.fr", town, consented_at=None)
    catalyst(UserFactory(email="e@demo.invalid", is_demo=True), town)
    told = client.get("/sitemap-catalyseurs.xml").content.decode()
    assert told.count("<loc>") == 1
    assert shown.get_absolute_url() in told
    assert "/catalyseurs/couverture/" in client.get("/sitemap-site.xml").content.decode()


def test_sitemap_lists_pages_and_records(client: Client, make_article: MakeArticle) -> None:
    make_article("Pour les robots")
    hidden = make_article("Caché")
    hidden.unpublish()
    town = TerritoryFactory()
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-pages.xml" in index
    pages = client.get("/sitemap-pages.xml").content.decode()
    assert "<loc>http://testserver/actualites/pour-les-robots/</loc>" in pages
    assert "cache" not in pages
    assert town.get_absolute_url() in client.get("/sitemap-territoires.xml").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert client.get("/sitemap-inconnu.xml").status_code == 404


def test_the_most_read_pages_are_told_by_their_title(client: Client, tree) -> None:
    practice = PracticeFactory(title="Une crèche dans la mairie")
    hidden = ArticlePage(title="Pas encore dit", lead="x", live=False)
    RubricPage.objects.get(rubric="actualites").add_child(instance=hidden)
    month = timezone.localdate().replace(day=1)
    place = TerritoryFactory(level="departement", code="42", name="Loire", slug="loire")
    gone = catalyst("jeanne@exemple.fr", name="Jeanne Partie", consented_at=None)
    shared = "/agir/fiche/…/"
    pages = ("/vie-privee/", practice.get_absolute_url(), place.get_absolute_url(), gone.get_absolute_url(), shared)
    for page in (*pages, "/recherche/", "/aide/mon-compte/", hidden.get_url(), "/rien/…"):
        PageCount.objects.create(month=month, page=page, rubric="autre", count=50)
    lines = {line.address or line.label: line.label for line in top_pages(since=month, limit=12)}
    assert lines["/vie-privee/"] == "Vie privée"
    assert lines[practice.get_absolute_url()] == "Une crèche dans la mairie"
    assert lines[place.get_absolute_url()] == "Loire"
    assert lines["/recherche/"] == "Explorer"
    assert lines["/aide/mon-compte/"] == "Mon compte"
    assert lines[shared] == "Fiche d’action partagée"
    assert lines["/rien/…"] == "/rien/…"
    assert "Jeanne Partie" not in lines.values(), "no longer a catalyst: not named"
    assert "Pas encore dit" not in lines.values()


def _linked(desk: Client, url: str) -> str:
    """What Wagtail's window of links answers: `external_link_chosen` when it takes it."""
    sent = {"external-link-chooser-url": url, "external-link-chooser-link_text": "Ici"}
    answer = desk.post("/gestion/choose-external-link/", sent)
    return str(json.loads(answer.content)["step"])


def test_links_of_paragraphs_are_of_the_site_or_of_the_web(desk: Client, db: None) -> None:
    assert _linked(desk, "https://exemple.fr/") == _linked(desk, "/outils/") == "external_link_chosen"
    for wrong in ("ftp://exemple.fr/", "javascript:alert(1)", "//exemple.fr"):
        assert _linked(desk, wrong) == "external_link", wrong
