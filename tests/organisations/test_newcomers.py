"""Somebody who is invited and has no account yet; and those who find the invitation in their space."""

from urllib.parse import quote, urlsplit

import pytest
from django.core import mail
from django.test import Client

from fairealliance.journal.models import Entry
from fairealliance.organisations.enums import Role
from fairealliance.organisations.members import invitations
from fairealliance.organisations.models import Invitation, Member
from tests.organisations import cast
from tests.organisations.cast import HERE, entered, mails_to, read

pytestmark = pytest.mark.django_db
NEW = {"name": "Nadia", "email": "nadia@exemple.fr", "password1": "une phrase longue et simple"}


@pytest.fixture
def link(halle, ada) -> str:
    return invitations.link(invitations.invite(by=ada, organisation=halle, email="nadia@exemple.fr", role=Role.MEMBER))


def _confirmation() -> str:
    """The address of the mail, with what it leads on to."""
    words = str(mail.outbox[-1].body).split()
    address = urlsplit(next(word for word in words if "/courriel/confirmer/" in word))
    return f"{address.path}?{address.query}"


def _sign_up(browser: Client, link: str) -> str:
    page = read(browser.get(link))
    assert f"/inscription/?next={quote(link)}" in page
    form = browser.get(f"/inscription/?next={link}")
    assert f'value="{link}"' in read(form)
    browser.post("/inscription/", NEW | {"next": link})
    return _confirmation()


def test_signing_up_leads_back_to_the_invitation(client: Client, link: str) -> None:
    found = _sign_up(client, link)
    page = client.get(found)
    assert f'name="next" value="{link}"' in read(page)
    confirmed = client.post(found.partition("?")[0], {"next": link})
    assert confirmed["Location"] == link
    assert "Accepter l’invitation" in read(client.get(link))


def test_confirmed_in_another_browser_one_chooses_a_password_and_comes_back(link: str) -> None:
    found = _sign_up(Client(), link)
    other = Client()
    address = urlsplit(other.post(found.partition("?")[0], {"next": link})["Location"])
    assert address.path.startswith("/mot-de-passe/nouveau/")
    form = other.get(f"{address.path}?{address.query}")["Location"]
    chosen = {"password1": "une autre phrase bien longue", "password2": "une autre phrase bien longue"}
    assert other.post(form, chosen)["Location"] == link
    assert "Accepter l’invitation" in read(other.get(link))


def test_the_mail_never_leads_to_another_site(client: Client) -> None:
    client.post("/inscription/", NEW | {"next": "https://ailleurs.example/"})
    assert _confirmation().endswith("?")


def test_an_invitation_waits_in_ones_space(halle, ada, oscar) -> None:
    made = invitations.invite(by=ada, organisation=halle, email=oscar.email, role=Role.MEMBER)
    mine = entered(oscar)
    assert f'href="{invitations.link(made)}"' in read(mine.get("/mon-espace/"))
    assert f'action="{invitations.link(made)}"' in read(mine.get(HERE))
    assert invitations.link(made) not in read(entered(cast.person("zoe@exemple.fr")).get("/mon-espace/"))
    mine.post(invitations.link(made))
    assert Member.objects.filter(organisation=halle, user=oscar).exists()
    assert invitations.link(made) not in read(mine.get("/mon-espace/"))


def test_an_address_that_is_not_confirmed_sees_no_invitation(halle, ada, oscar) -> None:
    made = invitations.invite(by=ada, organisation=halle, email="paula@exemple.fr", role=Role.MEMBER)
    oscar.emailaddress_set.create(email="paula@exemple.fr", verified=False)
    assert invitations.link(made) not in read(entered(oscar).get(HERE))


def test_declining_is_said_to_whoever_invited(halle, ada, oscar) -> None:
    made = invitations.invite(by=ada, organisation=halle, email=oscar.email, role=Role.MEMBER)
    mine = entered(oscar)
    assert 'name="decliner"' in read(mine.get(invitations.link(made)))
    assert mine.post(invitations.link(made), {"decliner": "1"})["Location"] == "/mon-espace/"
    assert not Member.objects.filter(user=oscar).exists()
    assert not Invitation.objects.waiting().filter(email=oscar.email).exists()
    assert Entry.objects.filter(verb="invitation-declined").count() == 1
    assert "a décliné" in str(mails_to(ada.email)[-1].body)
    assert mine.post(invitations.link(made)).status_code == 410


def test_nobody_declines_for_another(halle, ada, oscar) -> None:
    made = invitations.invite(by=ada, organisation=halle, email="paula@exemple.fr", role=Role.MEMBER)
    assert entered(oscar).post(invitations.link(made), {"decliner": "1"}).status_code == 403
    assert Invitation.objects.waiting().filter(pk=made.pk).exists()
