"""Resources and collections written by people."""

import tomllib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.federation.starter_collections import FILE as COLLECTIONS
from fairealliance.federation.starter_collections import load_collections
from fairealliance.journal.models import Change, Entry
from fairealliance.resources import actions
from fairealliance.resources.actions import CollectionFacts
from fairealliance.resources.models import Collection, Resource
from tests.factories import ResourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editrice@exemple.fr", is_secretariat=True)


@pytest.fixture
def outsider() -> User:
    return User.objects.create_user("passant@exemple.fr")


def test_an_edit_is_journalled_and_reaches_search(editor: User) -> None:
    resource = ResourceFactory(title="Avant")
    place = TerritoryFactory()
    changed = actions.update_resource(
        by=editor, resource=resource, seen=resource.updated_at, facts={"title": "Après"}, territories=[place]
    )
    assert changed
    resource.refresh_from_db()
    assert (resource.title, resource.slug) == ("Après", "apres")
    entry = Entry.objects.get(verb="resource-updated")
    assert entry.author.user == editor
    assert entry.detail["changed"]["title"] == ["Avant", "Après"]
    assert entry.detail["changed"]["territories"] == [[], [place.ref]]
    assert Change.objects.filter(kind="resource", key=str(resource.pk)).count() == 1


def test_the_same_again_changes_nothing(editor: User) -> None:
    resource = ResourceFactory(title="Même")
    seen = resource.updated_at
    assert not actions.update_resource(by=editor, resource=resource, seen=seen, facts={"title": "Même"})
    assert not Entry.objects.exists()


def test_two_editors_on_one_page(editor: User) -> None:
    resource = ResourceFactory(title="Avant")
    seen = resource.updated_at
    actions.update_resource(by=editor, resource=resource, seen=seen, facts={"title": "Premier"})
    with pytest.raises(actions.Stale):
        actions.update_resource(by=editor, resource=resource, seen=seen, facts={"title": "Second"})
    resource.refresh_from_db()
    assert resource.title == "Premier"


def test_what_cannot_be_is_refused_whole(editor: User) -> None:
    resource = ResourceFactory(title="Avant")
    with pytest.raises(ValidationError):
        actions.update_resource(
            by=editor, resource=resource, seen=resource.updated_at, facts={"title": "Après", "kind": "baguette"}
        )
    resource.refresh_from_db()
    assert resource.title == "Avant"
    assert not Entry.objects.exists()


def test_outsiders_write_nothing(outsider: User) -> None:
    resource = ResourceFactory(title="Avant")
    with pytest.raises(PermissionDenied):
        actions.update_resource(by=outsider, resource=resource, seen=resource.updated_at, facts={"title": "x"})
    with pytest.raises(PermissionDenied):
        actions.create_resource(by=outsider, facts={"title": "x", "kind": "tool"})
    with pytest.raises(PermissionDenied):
        actions.save_collection(by=outsider, facts=CollectionFacts("x"))
    assert Resource.objects.count() == 1
    assert not Collection.objects.exists()


def test_a_collection_is_made_altered_and_taken_away(editor: User) -> None:
    one, two = ResourceFactory(), ResourceFactory()
    made = actions.save_collection(
        by=editor, facts=CollectionFacts("Sortir de la crise", items=[(one, "a"), (two, "")])
    )
    assert made.slug == "sortir-de-la-crise"
    other = actions.save_collection(by=editor, facts=CollectionFacts("Sortir de la crise"))
    assert other.slug == "sortir-de-la-crise-2"
    seen = made.updated_at
    actions.save_collection(
        by=editor, collection=made, seen=seen, facts=CollectionFacts("Autre titre", items=[(two, "")])
    )
    made.refresh_from_db()
    assert (made.slug, made.title) == ("sortir-de-la-crise", "Autre titre"), "its address lasts"
    assert [item.resource for item in made.items.all()] == [two]
    with pytest.raises(actions.Stale):
        actions.save_collection(by=editor, collection=made, seen=seen, facts=CollectionFacts("Trop tard"))
    actions.delete_collection(by=editor, collection=made)
    assert Resource.objects.count() == 2
    assert Entry.objects.filter(verb="collection-deleted").exists()


def test_the_starter_collections_hold_what_the_base_holds() -> None:
    call_command("starter", verbosity=0)
    shelves = {shelf.slug: shelf for shelf in Collection.objects.filter(is_public=True)}
    assert set(shelves) == {"sortir-de-la-crise-en-territoire", "co-construction-territoriale"}
    told = tomllib.loads(COLLECTIONS.read_text(encoding="utf-8"))
    for slug, shelf in shelves.items():
        assert shelf.items.count() == len(told[slug]["items"]), "an item names a row that is not in the base"


def test_starter_collections_leave_an_editor_in_peace(editor: User) -> None:
    load_collections(by=SYSTEM)
    kept, gone = Collection.objects.order_by("slug")
    actions.save_collection(by=editor, collection=kept, seen=kept.updated_at, facts=CollectionFacts("Nos mots"))
    actions.delete_collection(by=editor, collection=gone)
    assert load_collections(by=SYSTEM) == 0
    assert [shelf.title for shelf in Collection.objects.all()] == ["Nos mots"]
