"""The team's screen: inviting, roles, lost access, withdrawing."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import has_second_proof
from fairealliance.journal.models import Entry
from fairealliance.staff import people
from tests.factories import UserFactory, prove

pytestmark = pytest.mark.django_db


def invited(desk: Client, **told: str) -> str:
    sent = {"email": "Nour@Exemple.fr", "name": "Nour Elle", "role": "secretariat", **told}
    answer = desk.post("/gestion/equipe/", sent, follow=True)
    return answer.content.decode()


def act(desk: Client, user: User, what: str) -> str:
    return desk.post(f"/gestion/equipe/{user.pk}/", {"act": what}, follow=True).content.decode()


def link_in(mail: str) -> str:
    found = re.search(r"https?://[^/]+(/mot-de-passe/nouveau/\S+)", mail)
    assert found is not None
    return found[1]


def test_invited_chooses_a_password_and_enters(desk: Client, mailoutbox, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = invited(desk)
    assert "Nour Elle peut entrer au bureau" in page
    user = User.objects.get(email="nour@exemple.fr")
    assert user.is_secretariat
    assert mailoutbox[-1].to == ["nour@exemple.fr"]
    theirs = Client()
    form = theirs.get(link_in(mailoutbox[-1].body), follow=True).redirect_chain[-1][0]
    chosen = {"password1": "une phrase assez longue", "password2": "une phrase assez longue", "next": "/gestion/"}
    theirs.post(form, chosen)
    prove(user)
    assert theirs.get("/gestion/equipe/").status_code == 200
    assert Entry.objects.filter(verb="editor_added").exists()


def test_writer_is_invited_and_cannot_invite(desk: Client) -> None:
    invited(desk, role="redaction")
    user = User.objects.get(email="nour@exemple.fr")
    assert not user.is_secretariat
    theirs = Client()
    theirs.force_login(user)
    assert theirs.get("/gestion/equipe/").status_code == 403
    assert theirs.post(f"/gestion/equipe/{user.pk}/", {"act": "role"}).status_code == 403
    assert Client().get("/gestion/equipe/").status_code == 302


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"email": "pas une adresse"}, "adresse"),
        ({"role": "président"}, "président"),
        ({"email": "secretariat@example.org"}, "entre déjà au bureau"),
    ],
)
def test_wrong_invitation_is_told(desk: Client, told: dict[str, str], said: str) -> None:
    assert said in invited(desk, **told)
    assert User.objects.count() == 1


def test_whoever_signed_up_with_the_address_of_another_gets_nothing(desk: Client) -> None:
    squatter = User.objects.create_user("nour@exemple.fr", "le mot de passe du squatteur")
    EmailAddress.objects.create(user=squatter, email="nour@exemple.fr", verified=False, primary=True)
    SocialAccount.objects.create(user=squatter, provider="x", uid="1")
    invited(desk)
    squatter.refresh_from_db()
    assert not squatter.has_usable_password()
    assert not SocialAccount.objects.exists()


def test_confirmed_account_keeps_its_password(desk: Client) -> None:
    user = User.objects.create_user("nour@exemple.fr", "son propre mot de passe")
    vouch(user)
    invited(desk)
    user.refresh_from_db()
    assert user.check_password("son propre mot de passe")


def test_role_changes_and_comes_back(desk: Client) -> None:
    invited(desk)
    user = User.objects.get(email="nour@exemple.fr")
    assert "Passer au secrétariat" in act(desk, user, "role")
    user.refresh_from_db()
    assert (user.is_secretariat, user.name) == (False, "Nour Elle")
    assert "Passer à la rédaction" in act(desk, user, "role")


def test_invitation_goes_again(desk: Client, mailoutbox, django_capture_on_commit_callbacks) -> None:
    invited(desk, role="redaction")
    user = User.objects.get(email="nour@exemple.fr")
    with django_capture_on_commit_callbacks(execute=True):
        act(desk, user, "invite")
    assert link_in(mailoutbox[-1].body)
    user.refresh_from_db()
    assert not user.is_secretariat


def test_lost_access_is_given_again_by_mail_only(desk: Client, mailoutbox, django_capture_on_commit_callbacks) -> None:
    user = UserFactory(email="nour@exemple.fr", is_secretariat=True)
    with django_capture_on_commit_callbacks(execute=True):
        page = act(desk, user, "rescue")
    link = link_in(mailoutbox[-1].body)
    assert link not in page
    assert not has_second_proof(user)


def test_withdrawn_enters_no_more(desk: Client) -> None:
    user = UserFactory(email="nour@exemple.fr", is_secretariat=True)
    theirs = Client()
    theirs.force_login(user)
    assert theirs.get("/gestion/equipe/").status_code == 200
    assert "n’entre plus au bureau" in act(desk, user, "withdraw")
    assert theirs.get("/gestion/equipe/").status_code == 403
    assert desk.get(f"/gestion/equipe/{user.pk}/").status_code == 404


@pytest.mark.parametrize("what", ["withdraw", "role", "rescue"])
def test_nobody_does_it_to_themselves(desk: Client, editor: User, what: str) -> None:
    assert 'name="act"' not in desk.get(f"/gestion/equipe/{editor.pk}/").content.decode()
    act(desk, editor, what)
    editor.refresh_from_db()
    assert editor.is_secretariat
    assert has_second_proof(editor)


def test_of_two_who_withdraw_each_other_one_stays(editor: User) -> None:
    other = UserFactory(email="nour@exemple.fr", is_secretariat=True)
    people.remove_editor(by=editor, email=other.email)  # `other` still holds what was read before
    with pytest.raises(PermissionDenied):
        people.remove_editor(by=other, email=editor.email)


def test_list_asks_as_much_for_twenty_as_for_one(desk: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get("/gestion/equipe/").status_code == 200
        return len(queries)

    desk.get("/gestion/equipe/")
    before = asked()
    for _ in range(19):
        UserFactory(is_secretariat=True)
    assert asked() == before


def test_the_desk_is_found_from_ones_own_space() -> None:
    """By whoever works there, and by nobody else."""
    assert people.desk_card(UserFactory()) is None
    for role in (people.SECRETARIAT, people.WRITERS):
        user = UserFactory(is_secretariat=role == people.SECRETARIAT)
        user.groups.add(Group.objects.get_or_create(name=role)[0])
        card = people.desk_card(user)
        assert card is not None, role
        assert (card.href, card.action) == ("/gestion/", "Ouvrir le bureau")
