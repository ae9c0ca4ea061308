"""By name, where the address is known to be theirs: else a stranger would have us write their words to anybody."""

import pytest
from django.core import mail
from django.test import Client

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.inviting import invite
from fairealliance.accounts.models import User
from tests.accounts.conftest import PASSWORD, last_mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_name_typed_at_sign_up_is_not_in_the_mail_that_confirms() -> None:
    told = {"email": "victime@exemple.fr", "password1": PASSWORD, "name": "Un lot vous attend"}
    Client().post("/inscription/", told)
    assert User.objects.get(email="victime@exemple.fr").name == "Un lot vous attend"
    assert last_mail().to == ["victime@exemple.fr"]
    assert "Un lot" not in f"{last_mail().body}{last_mail().alternatives}"
    assert last_mail().body.startswith("Bonjour,\n")


@pytest.mark.parametrize("typed", ["\u200b\u2060", " \u202e "])
def test_a_name_that_nobody_sees_is_none(member: User, typed: str) -> None:
    client = Client()
    client.force_login(member)
    client.post("/compte/", {"name": typed})
    member.refresh_from_db()
    assert member.name == ""


def test_a_member_is_greeted_by_name(member: User) -> None:
    Client().post("/connexion/code/", {"email": member.email})
    assert last_mail().body.startswith("Bonjour Maud Membre,\n")


def test_invited_one_is_greeted_by_a_name_that_is_theirs(
    editor: User, member: User, django_capture_on_commit_callbacks
) -> None:
    stranger = UserFactory(email="victime@exemple.fr", name="Un lot vous attend")
    with django_capture_on_commit_callbacks(execute=True):
        for user in (member, stranger):
            invite(by=editor, email=user.email, subject="Venez", text="Venez.", then="/aide/", label="Lire")
    assert [each.body.split("\n")[0] for each in mail.outbox] == ["Bonjour Maud Membre,", "Bonjour,"]
    vouch(stranger)
    with django_capture_on_commit_callbacks(execute=True):
        invite(by=editor, email=stranger.email, subject="Venez", text="Venez.", then="/aide/", label="Lire")
    assert last_mail().body.startswith("Bonjour Un lot vous attend,")
