"""The desk: what awaits, shortcuts, the guide, moderation, scheduling, previews of blocks."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from wagtail.admin.ui.sidebar import MainMenuModule
from wagtail.models import Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.lib import periodic
from fairealliance.pages import starter
from fairealliance.pages.models import ArticlePage, RubricPage
from fairealliance.roadmap import starter as roadmap_starter
from fairealliance.staff import guide, wagtail_hooks, workflows
from fairealliance.staff.menu import Awaiting
from fairealliance.staff.people import SECRETARIAT, WRITERS
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(db: None) -> None:
    cache.clear()
    starter.load(by=SYSTEM)
    workflows.ensure_moderation(by=SYSTEM)


def test_what_awaits_is_counted(desk: Client, tree, monkeypatch: pytest.MonkeyPatch) -> None:
    piles = [
        Awaiting(ngettext_lazy("dossier à lire", "dossiers à lire"), lambda: 7, "staff-guide"),
        Awaiting(ngettext_lazy("dossier déjà lu", "dossiers déjà lus"), lambda: 0, "staff-guide"),
        Awaiting(ngettext_lazy("dossier à rendre", "dossiers à rendre"), lambda: 1, "staff-guide"),
    ]
    monkeypatch.setattr(wagtail_hooks, "AWAITING", piles)
    words = desk.get("/gestion/").content.decode()
    assert "dossiers à lire" in words
    assert "dossiers déjà lus" not in words
    assert "dossier à rendre" in words
    assert "Écrire une actualité" in words


def test_every_pile_can_be_counted_and_opened(desk: Client, tree) -> None:
    for pile in wagtail_hooks.AWAITING:
        assert pile.count() == 0, pile.words(0)
        assert pile.words(1) != pile.words(2)
    for line in wagtail_hooks.LINES:
        assert desk.get(wagtail_hooks.item(line).url).status_code == 200, line.label


def test_desk_stands_without_any_page(desk: Client) -> None:
    assert "Lire le guide" in desk.get("/gestion/").content.decode()


def test_the_secretariat_enters_surveys_and_reports_from_the_first_page(desk: Client) -> None:
    assert 'href="/gestion/observatoire/etudes/nouvelle/"' in desk.get("/gestion/").content.decode()
    assert "/gestion/feuille-de-route/programmes/" not in desk.get("/gestion/").content.decode(), "there is none yet"
    roadmap_starter.load(by=SYSTEM)
    page = desk.get("/gestion/").content.decode()
    led = re.findall(r'href="(/gestion/feuille-de-route/programmes/[^"]*)"', page)
    assert [desk.get(address).status_code for address in led] == [200, 200]


def test_guide_is_read_at_the_desk(desk: Client) -> None:
    page = desk.get("/gestion/guide/").content.decode()
    assert "<h3>Écrire une actualité</h3>" in page
    assert "**" not in page
    picture = desk.get("/gestion/guide/bureau.png")
    assert picture["Content-Type"] == "image/png"
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")
    for name in ("rien", "x" * 3000, "-", "_"):
        assert desk.get(f"/gestion/guide/{name}.png").status_code == 404
    assert Client().get("/gestion/guide/").status_code == 302


def test_guide_names_pictures_that_exist() -> None:
    names = guide._PICTURE.findall(guide.FILE.read_text(encoding="utf-8"))
    assert len(names) >= 3
    assert all((guide.PICTURES / f"{name}.png").is_file() for name in names)


def test_no_two_landmarks_of_a_screen_have_one_name() -> None:
    """A chapter and the table that scrolls in it, both named by its heading, are told as the same place twice."""
    templates = sorted(Path(wagtail_hooks.__file__).parent.glob("templates/staff/**/*.html"))
    assert len(templates) > 30
    for template in templates:
        named = re.findall(r'<[^>]*\baria-labelledby="([^"{]+)"', template.read_text(encoding="utf-8"))
        assert sorted(named) == sorted(set(named)), template.name


def test_guide_runs_nothing() -> None:
    assert "<script>" not in guide.to_html("# Titre\n\n<script>x</script>\n\n- **a** <b>\n")


def test_moderation_is_set_up_once(tree) -> None:
    workflow = Workflow.objects.get(active=True)
    assert workflow.name == workflows.NAME
    assert [group.name for group in workflow.tasks.first().specific.groups.all()] == [SECRETARIAT]
    WorkflowPage.objects.all().delete()
    assert workflows.ensure_moderation(by=SYSTEM) is False
    assert not WorkflowPage.objects.exists()  # what an administrator undid stays undone


def test_writer_submits_and_cannot_publish(tree, client: Client) -> None:
    user = User.objects.create_user("plume@example.org")
    user.groups.add(user.groups.model.objects.get(name=WRITERS))
    page = ArticlePage(title="À relire", lead="x")
    RubricPage.objects.get(rubric="actualites").add_child(instance=page)
    permissions = page.permissions_for_user(user)
    assert permissions.can_edit()
    assert not permissions.can_publish()
    assert permissions.can_submit_for_moderation()


def test_scheduled_page_goes_out_at_its_hour(tree) -> None:
    page = ArticlePage(title="Demain", lead="x", live=False, go_live_at=timezone.now() + timedelta(hours=1))
    RubricPage.objects.get(rubric="actualites").add_child(instance=page)
    page.save_revision().publish()
    publish = next(job for job in periodic.known() if job.name == "publish-scheduled").act
    publish()
    assert not Page.objects.get(pk=page.pk).live
    revision = page.get_latest_revision()
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    publish()
    assert Page.objects.get(pk=page.pk).live


def test_preview_is_framed_by_the_desk_alone(desk: Client, tree) -> None:
    page = ArticlePage(title="À voir", lead="x")
    RubricPage.objects.get(rubric="actualites").add_child(instance=page)
    answer = page.make_preview_request(desk.get("/gestion/").wsgi_request)
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    published = desk.get(page.url)
    assert published.status_code == 200
    assert "frame-ancestors 'none'" in published["Content-Security-Policy"]


@pytest.mark.parametrize("model", ["articlepage", "eventpage"])
def test_pages_can_be_written(desk: Client, tree, model: str) -> None:
    rubric = RubricPage.objects.get(rubric="actualites")
    answer = desk.get(f"/gestion/pages/add/pages/{model}/{rubric.pk}/")
    assert answer.status_code == 200
    assert "w-autosave" in answer.content.decode()


def test_territory_is_chosen_by_its_name(desk: Client, tree) -> None:
    TerritoryFactory(name="Firminy", code="42095")
    TerritoryFactory(name="Lyon", code="69123")
    answer = desk.get("/gestion/territory_chooser/results/?q=firm")
    assert "Firminy" in answer.content.decode()
    assert "Lyon" not in answer.content.decode()
    assert "1 territoire\n" in answer.content.decode()
    regions = [TerritoryFactory(level="region", name=name, code=code) for name, code in (("Ici", "01"), ("Là", "02"))]
    assert f"{len(regions)} territoires\n" in desk.get("/gestion/territory_chooser/results/").content.decode()


def test_publishing_is_the_first_thing_offered_to_whoever_may(desk: Client, tree) -> None:
    news = RubricPage.objects.get(rubric="actualites")
    page = desk.get(f"/gestion/pages/add/pages/articlepage/{news.pk}/").content.decode()
    assert page.index('name="action-publish"') < page.index("Enregistrer le brouillon")
    assert "staff/chart-choice" in page
    assert "staff/first-save" in page


def test_what_was_published_is_told_to_be_found_soon(desk: Client, tree) -> None:
    article = ArticlePage(title="Une page", lead="En deux mots.")
    RubricPage.objects.get(rubric="actualites").add_child(instance=article)
    form = nested_form_data(
        {
            **{"title": "Une page", "slug": "une-page", "lead": "En deux mots.", "kind": "news", "date": "2026-11-03"},
            **{"body": streamfield([]), "hub_territories": inline_formset([]), "comments": inline_formset([])},
            "action-publish": "1",
        }
    )
    answer = desk.post(f"/gestion/pages/{article.pk}/edit/", form, follow=True)
    assert "dans quelques secondes" in answer.content.decode()


def test_the_desk_speaks_of_ours(desk: Client, tree) -> None:
    home = desk.get("/gestion/").content.decode()
    for foreign in ("Sommaire du site", "whats-new-in-wagtail", "guide.wagtail.org"):
        assert foreign not in home
    assert gettext("Current page status:") == "État de la page :"


def test_no_two_lines_of_the_menu_look_alike() -> None:
    icons = [line.icon for line in wagtail_hooks.LINES]
    assert len(set(icons)) == len(icons)


def test_the_desk_calls_people_by_their_name(desk: Client, editor: User) -> None:
    assert MainMenuModule([], [], editor).js_args()[2]["name"] == "Camille Éditrice"


@pytest.mark.parametrize(
    "path",
    [
        *("images/chooser/chosen/a/", "documents/chooser/chosen/a/", "territory_chooser/chosen/a/"),
        *("images/chooser/chosen/99999999999999999999/", "pages/1/set_position/"),
    ],
)
def test_addresses_that_lead_nowhere_say_so(desk: Client, tree, path: str) -> None:
    assert desk.get(f"/gestion/{path}").status_code == 404
