"""A catalyst by invitation: a mail with a link, a profile, a consent; listed without waiting."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from fairealliance.accounts import inviting, personal
from fairealliance.accounts.models import User
from fairealliance.lib.lives import NotAllowed
from fairealliance.mailing.models import Notice
from fairealliance.network import actions
from fairealliance.network.models import Catalyst, Invited
from tests.network.test_pages import HERE, PROFILE
from tests.organisations.cast import entered, mails_to, person, read

DESK = "/gestion/catalyseurs/invitations/"


def test_invited_by_mail_one_says_yes_and_is_listed(desk, editor, loire, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told = {"email": "zoe@exemple.fr", "name": "Zoé", "words": "Venez avec nous."}
        assert desk.post(DESK, told).status_code == 302
    assert "zoe@exemple.fr" in read(desk.get(DESK))
    (mail,) = mails_to("zoe@exemple.fr")
    assert "Venez avec nous." in mail.body
    link = re.search(r"https?://[^/]+(/\S+)", mail.body)
    assert link is not None
    assert "mon-espace/catalyseur" in link[1].replace("%2F", "/")
    assert Client().get(link[1]).status_code in (200, 302)
    zoe = entered(User.objects.get(email="zoe@exemple.fr"))
    assert "Le secrétariat vous invite" in read(zoe.get(HERE))
    assert zoe.post(HERE, {**PROFILE, "consent": ""}).status_code == 422
    assert not Catalyst.objects.exists()
    assert zoe.post(HERE, {**PROFILE, "name": "Zoé Relie"}).status_code == 302
    made = Catalyst.objects.active().get()
    assert (made.decided_by, Invited.objects.exists()) == (editor, False)
    assert "Zoé Relie" in read(Client().get("/catalyseurs/"))
    assert Notice.objects.get(user=editor).subject == "Un catalyseur invité est au répertoire"


def test_taken_back_one_is_judged_as_anybody(desk, editor, ana, loire) -> None:
    held = actions.invite(by=editor, email=ana.email)
    assert desk.post(f"{DESK}{held.pk}/retirer/").status_code == 302
    entered(ana).post(HERE, PROFILE)
    assert Catalyst.objects.get().standing == "waiting"


def test_invited_again_there_is_one_invitation(editor, ana) -> None:
    actions.invite(by=editor, email=ana.email)
    actions.invite(by=editor, email=ana.email.upper())
    assert Invited.objects.get().user == ana


def test_invited_without_a_name_the_address_is_told_once(desk, editor) -> None:
    actions.invite(by=editor, email="zoe@exemple.fr")
    assert '<td class="title">zoe@exemple.fr</td>' in read(desk.get(DESK))


def test_by_the_secretariat_alone_and_for_whoever_has_no_profile(oscar, editor, cleo, desk) -> None:
    with pytest.raises(PermissionDenied):
        actions.invite(by=oscar, email="zoe@exemple.fr")
    with pytest.raises(NotAllowed, match="déjà un profil"):
        actions.invite(by=editor, email=cleo.user.email)
    answer = desk.post(DESK, {"email": cleo.user.email})
    assert answer.status_code == 422
    assert "déjà un profil" in read(answer)
    assert not User.objects.filter(email="zoe@exemple.fr").exists()


@pytest.mark.parametrize(
    ("is_demo", "email", "said"),
    [
        (True, "zoe@exemple.fr", "n’écrit qu’à des adresses inventées"),
        (True, "double@exemple.fr", "n’écrit qu’à des adresses inventées"),
        (False, "zoe@demo.invalid", "est inventée"),
        (False, "double@exemple.fr", "est inventée"),
        (False, "Fermee@exemple.fr", "est fermé"),
    ],
)
def test_neither_to_the_other_world_nor_to_a_closed_account(editor, mailoutbox, is_demo, email, said) -> None:
    person("double@exemple.fr", is_demo=True)
    person("fermee@exemple.fr", is_active=False)
    by = person("simone@demo.invalid", is_demo=True, is_secretariat=True) if is_demo else editor
    with pytest.raises(NotAllowed, match=said):
        actions.invite(by=by, email=email)
    answer = entered(by).post(DESK, {"email": email})
    assert answer.status_code == 422
    assert said in read(answer)
    assert mailoutbox == []
    assert not Invited.objects.exists()
    assert not User.objects.filter(email__startswith="zoe").exists()


def test_the_invented_secretariat_invites_in_its_own_world(db: None) -> None:
    simone = person("simone@demo.invalid", is_demo=True, is_secretariat=True)
    assert actions.invite(by=simone, email="zoe@demo.invalid").user.is_demo
    with pytest.raises(PermissionDenied, match="adresses inventées"):
        inviting.invite(by=simone, email="zoe@exemple.fr", subject="x", text="x", then="/", label="x")


def test_it_is_theirs_to_take_away_and_goes_with_them(editor, ana) -> None:
    actions.invite(by=editor, email=ana.email)
    assert "invited" in personal.export(ana)["network"]
    personal.erase(ana)
    assert not Invited.objects.exists()
