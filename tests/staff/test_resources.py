"""Resources, links and collections at the desk; what is read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.audience import actions as audience
from fairealliance.audience.reads import months_until
from fairealliance.journal.models import Entry
from fairealliance.resources.enums import LinkState
from fairealliance.resources.models import Collection, LinkRecord, Resource
from tests.factories import OrganisationFactory, ResourceFactory, TerritoryFactory, UserFactory
from tests.pages import read

pytestmark = pytest.mark.django_db

SCREENS = (
    "/gestion/ressources/",
    "/gestion/ressources/nouvelle/",
    "/gestion/ressources/liens/",
    "/gestion/ressources/collections/",
    "/gestion/ressources/collections/nouvelle/",
    "/gestion/audience/",
)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(UserFactory(email="editrice@exemple.fr", name="Éditrice", is_secretariat=True))
    return client


def posted(**facts: object) -> dict[str, object]:
    return {"title": "Un guide", "kind": "method", "language": "fr", **facts}


def dead(resource: Resource, **more: object) -> LinkRecord:
    now = timezone.now()
    when = {"since": now, "checked_at": now, "due_at": now}
    facts = {"url": resource.link, "state": LinkState.DEAD, "status": 404, **when}
    return LinkRecord.objects.create(resource=resource, **{**facts, **more})  # type: ignore[misc]


@pytest.mark.parametrize("screen", SCREENS)
def test_only_the_secretariat_enters(client: Client, screen: str) -> None:
    assert client.get(screen).status_code == 302
    client.force_login(User.objects.create_user("passant@exemple.fr"))
    assert client.get(screen).status_code in (302, 403)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_opens_on_an_empty_base(desk: Client, screen: str) -> None:
    assert desk.get(screen).status_code == 200


def test_a_resource_is_made_then_altered(desk: Client) -> None:
    producer, place = OrganisationFactory(name="Le Réseau"), TerritoryFactory(code="42218")
    answer = desk.post(
        "/gestion/ressources/nouvelle/",
        posted(
            link="https://exemple.fr/guide",
            producer=producer.get_absolute_url(),
            stage=["debate", "act"],
            progress=["relate"],
            goals=["17", "4"],
            targets="17.17, 4.1",
            territories="commune:42218",
            year="2024",
        ),
    )
    made = Resource.objects.get()
    assert answer["Location"] == f"/gestion/ressources/{made.pk}/"
    assert (made.producer, made.stage, made.goals, made.targets) == (
        producer,
        ["debate", "act"],
        [17, 4],
        ["17.17", "4.1"],
    )
    assert list(made.territories.all()) == [place]
    form = desk.get(answer["Location"]).context["form"]
    again = {name: form[name].value() for name in form.fields}
    again = {name: "" if value is None else value for name, value in again.items()}
    assert desk.post(answer["Location"], again).status_code == 302
    assert Entry.objects.filter(verb="resource-updated").count() == 0, "the form sends back what it was given"
    assert desk.post(answer["Location"], {**again, "title": "Autre"}).status_code == 302
    made.refresh_from_db()
    assert made.title == "Autre"


def test_two_editors_on_one_resource(desk: Client) -> None:
    resource = ResourceFactory(title="Avant")
    seen = resource.updated_at.isoformat()
    address = f"/gestion/ressources/{resource.pk}/"
    assert desk.post(address, posted(title="Premier", seen=seen)).status_code == 302
    answer = desk.post(address, posted(title="Second", seen=seen))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Quelqu’un d’autre" in page
    assert 'value="Second"' in page, "nothing typed is lost"
    resource.refresh_from_db()
    assert resource.title == "Premier"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": ""}, "requis"),
        ({"kind": "baguette"}, "baguette"),
        ({"link": "javascript:alert(1)"}, "URL"),
        ({"targets": "99.9"}, "n’est pas une cible"),
        ({"territories": "commune:99999"}, "Nous ne connaissons pas"),
        ({"territories": "planete:1"}, "n’est pas un territoire"),
        ({"producer": "Personne"}, "Aucune organisation"),
        ({"year": "20 24"}, "nombre entier"),
        ({"seen": "hier"}, "Rechargez"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_written(desk: Client, facts: dict[str, object], words: str) -> None:
    answer = desk.post("/gestion/ressources/nouvelle/", posted(**facts))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Resource.objects.exists()


def test_dead_links_are_shown_then_dealt_with(desk: Client) -> None:
    resource = ResourceFactory(title="Vieux guide", link="https://exemple.fr/vieux")
    record = dead(resource, moved_to="https://exemple.fr/neuf")
    changed = ResourceFactory(title="Déjà corrigé", link="https://exemple.fr/a")
    dead(changed, url="https://exemple.fr/ancien")
    page = read(desk, "/gestion/ressources/liens/")
    assert "Vieux guide" in page.words
    assert "404" in page.words
    assert "Déjà corrigé" not in page.words
    address = f"/gestion/ressources/liens/{record.pk}/geste/"
    assert desk.post(address, {"act": "ignore"}).status_code == 302
    record.refresh_from_db()
    assert record.ignored_by == "Éditrice"
    assert "Vieux guide" not in read(desk, "/gestion/ressources/liens/").words
    assert "Vieux guide" in read(desk, "/gestion/ressources/liens/?pile=ignored").words
    desk.post(address, {"act": "watch"})
    desk.post(address, {"act": "recheck"})
    record.refresh_from_db()
    assert record.ignored_at is None
    assert record.due_at <= timezone.now()
    desk.post(address, {"act": "adopt"})
    resource.refresh_from_db()
    assert resource.link == "https://exemple.fr/neuf"
    assert desk.post(address, {"act": "exploser"}).status_code == 422


def test_a_collection_is_made_reordered_and_taken_away(desk: Client) -> None:
    one, two = ResourceFactory(title="Un"), ResourceFactory(title="Deux")
    management = {"items-TOTAL_FORMS": "3", "items-INITIAL_FORMS": "0"}
    desk.post(
        "/gestion/ressources/collections/nouvelle/",
        {
            "title": "Sortir de la crise",
            "is_public": "on",
            **management,
            "items-0-resource": one.get_absolute_url(),
            "items-0-place": "2",
            "items-1-resource": "deux",
            "items-1-place": "1",
            "items-1-note": "Pour commencer",
        },
    )
    shelf = Collection.objects.get()
    assert [(item.resource, item.note) for item in shelf.items.all()] == [(two, "Pour commencer"), (one, "")]
    address = f"/gestion/ressources/collections/{shelf.slug}/"
    page = read(desk, address)
    assert "Deux" in page.words
    answer = desk.post(address, {"title": "x", **management, "items-0-resource": "Introuvable"})
    assert answer.status_code == 422
    assert "Aucune ressource" in answer.content.decode()
    for odd in ("/ressources/²/", f"/ressources/{'9' * 30}-x/"):
        assert desk.post(address, {"title": "x", **management, "items-0-resource": odd}).status_code == 422
    stale = {"title": "Trop tard", "seen": (shelf.updated_at - timedelta(hours=1)).isoformat(), **management}
    assert desk.post(address, stale).status_code == 409
    shelf.refresh_from_db()
    assert shelf.title == "Sortir de la crise"
    assert desk.post(f"{address}supprimer/").status_code == 302
    assert not Collection.objects.exists()
    assert Resource.objects.count() == 2


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_at_one_and_at_twenty(desk: Client, number: int) -> None:
    for index in range(number):
        dead(ResourceFactory(link=f"https://exemple.fr/{index}"))
        Collection.objects.create(slug=f"c-{index}", title=f"C {index}")
    desk.get("/gestion/ressources/")
    counts = [read(desk, screen).queries for screen in SCREENS if "nouvelle" not in screen]
    known = getattr(test_as_many_queries_at_one_and_at_twenty, "counts", counts)
    assert counts == known
    test_as_many_queries_at_one_and_at_twenty.counts = known  # type: ignore[attr-defined]


def test_the_dashboard_shows_what_was_looked_for_in_vain(desk: Client) -> None:
    month = months_until(timezone.localdate(), 1)[0].first
    audience.add_counts(
        counts={("missed", "piscine couverte"): 3, ("missed", "jeanne dupont"): 2, ("page", "agir", "/agir/"): 7},
        month=month,
    )
    page = read(desk, "/gestion/audience/?mois=1")
    assert "piscine couverte" in page.words
    assert "jeanne dupont" not in page.words, "too rare to be shown: it could be a person"
    assert "Fiches d’action" in page.words
