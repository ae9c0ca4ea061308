"""Preferences, and the link at the foot of letters: it needs no sign-in, and opening it changes nothing."""

import pytest
from django.test import Client

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.mailing import unsubscribing
from fairealliance.mailing.actions import tell
from fairealliance.mailing.enums import Rhythm
from fairealliance.mailing.models import Notice, Preference

pytestmark = pytest.mark.django_db


def rhythm(user: User, kind: str = "essais") -> str | None:
    return Preference.objects.filter(user=user, kind=kind).values_list("rhythm", flat=True).first()


def test_each_chooses_a_rhythm_per_kind(client: Client, nour: User) -> None:
    client.force_login(nour)
    assert "ce que l’on essaie" in client.get("/compte/courriels/").content.decode()
    sent = {"essais": "weekly", "nouvelles": "never"}
    assert "enregistrées" in client.post("/compte/courriels/", sent, follow=True).content.decode()
    assert (rhythm(nour), rhythm(nour, "nouvelles")) == (Rhythm.WEEKLY, Rhythm.NEVER)


def test_a_rhythm_that_is_none_is_refused_and_nothing_changes(client: Client, nour: User) -> None:
    client.force_login(nour)
    answer = client.post("/compte/courriels/", {"essais": "parfois", "nouvelles": "never"})
    assert answer.status_code == 422
    assert "Choisissez un rythme de la liste" in answer.content.decode()
    assert not Preference.objects.exists()


def test_who_is_not_signed_in_is_led_to_the_way_in(client: Client) -> None:
    assert client.get("/compte/courriels/").headers["Location"].startswith("/connexion/")


def test_one_click_of_rfc_8058(nour: User) -> None:
    program = Client(enforce_csrf_checks=True)
    path = unsubscribing.path(nour.pk, {"essais"})
    assert program.get(path).status_code == 200
    assert rhythm(nour) is None
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (rhythm(nour), rhythm(nour, "nouvelles")) == (Rhythm.NEVER, None)
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_mistake_is_undone(client: Client, nour: User) -> None:
    path = unsubscribing.path(nour.pk, {"essais", "nouvelles"})
    client.post(path)
    assert "C’est rétabli" in client.post(path, {"retour": "1"}).content.decode()
    assert rhythm(nour) is None


@pytest.mark.parametrize("token", ["rien", "WzEsWyJlc3NhaXMiXV0:1x:faux", "a" * 3000])
def test_a_forged_link_is_nothing(client: Client, nour: User, token: str) -> None:
    assert client.get(f"/courriels/arreter/{token}/").status_code == 404
    assert client.post(f"/courriels/arreter/{token}/").status_code == 404


def test_a_link_of_an_account_that_is_gone_is_nothing(client: Client, nour: User) -> None:
    path = unsubscribing.path(nour.pk, {"essais"})
    tell([nour], kind="essais", event="essai:1", subject="Un essai", text="Texte")
    assert personal.export(nour)["avis"]["notices"][0]["subject"] == "Un essai"
    personal.erase(nour)
    assert not Notice.objects.exists()
    assert client.get(path).status_code == 404
