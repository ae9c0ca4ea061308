"""The cast: someone who proposes, two editors, an outsider; a case told in full."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.contributions import suspicion
from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import Proposal
from fairealliance.territories.models import Territory
from tests.factories import OrganisationFactory, TerritoryFactory, UserFactory

WHAT = {
    "title": "Un garage et une école remettent des jeunes en selle",
    "challenge": "Quarante jeunes ne venaient plus en cours depuis des mois.",
    "summary": "Le garage ouvre son atelier le mercredi, l’école accompagne, la commune paie le bus.",
    "goals": ["4", "17"],
}
HOW = {"form": "experiment", "stage": "running", "start_year": "2022", "cost": "48 500 €", "results": "27 sur 40."}
PROOF = {"evidence": "Comptage de la mission locale.", "source_url": ""}
CONTACT = {"contact": "Mairie", "contact_name": "Anne", "contact_email": "anne@exemple.fr", "consent": "on"}
LINK = re.compile(r"http://[^/]+(/contribuer/cas/[^/\s]+/)")


@pytest.fixture
def commune() -> Territory:
    return TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne", population=170_000)


@pytest.fixture
def editor() -> User:
    return UserFactory(email="camille@exemple.fr", name="Camille", is_secretariat=True)


@pytest.fixture
def other_editor() -> User:
    return UserFactory(email="dominique@exemple.fr", name="Dominique", is_secretariat=True)


@pytest.fixture
def outsider() -> User:
    return UserFactory(email="dehors@exemple.fr")


def old_stamp(monkeypatch: pytest.MonkeyPatch, seconds: int = 60) -> str:
    """The stamp of a page opened a minute ago."""
    with monkeypatch.context() as patch:
        patch.setattr(signing.time, "time", lambda real=signing.time.time: real() - seconds)
        return suspicion.new_stamp()


@dataclass
class Proposing:
    """Someone without an account, at their browser."""

    client: Client
    monkeypatch: pytest.MonkeyPatch
    commune: Territory
    address: str = ""
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get()

    def begin(self, stamp: str = "") -> str:
        response = self.client.post("/contribuer/commencer/", {"page": stamp or suspicion.new_stamp()})
        assert response.status_code == 302
        self.address = response.headers["Location"].partition("etape/")[0]
        return self.address

    def where(self) -> dict[str, str]:
        return {
            "place_0": f"commune:{self.commune.code}",
            "partner_0_name": "Le Garage du Coin",
            "partner_0_sphere": "entreprise",
            "partner_0_role": "lead",
        }

    def save(self, step: str, data: dict, **extra):
        """As the browser does: with the version of the page it opened."""
        page = self.client.get(f"{self.address}etape/{step}/").content.decode()
        hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in ("version", "editing")}
        return self.client.post(f"{self.address}etape/{step}/", {"do": "continuer", **hidden, **data, **extra})

    def tell_all(self) -> None:
        if not self.address:
            self.begin()
        for step, data in (
            ("quoi", WHAT),
            ("ou", self.where()),
            ("comment", HOW),
            ("preuves", PROOF),
            ("contact", CONTACT),
        ):
            assert self.save(step, data).status_code == 302, step

    def send(self, *, after: timedelta = timedelta(minutes=10), **extra):
        """`after`: how long the story took to be told."""
        Proposal.objects.filter(status=Status.DRAFT).update(created_at=timezone.now() - after)
        stamp = old_stamp(self.monkeypatch)
        return self.client.post(f"{self.address}envoyer/", {"page": stamp, "site_internet": "", **extra})


@pytest.fixture
def someone(client: Client, monkeypatch: pytest.MonkeyPatch, commune: Territory) -> Proposing:
    OrganisationFactory(name="L’Atelier", slug="l-atelier", siren="552081317")
    return Proposing(client, monkeypatch, commune)


@pytest.fixture
def sent(someone: Proposing) -> Proposing:
    someone.tell_all()
    assert someone.send().status_code == 302
    mail.outbox.clear()
    return someone


def link_in(message) -> str:
    return LINK.search(message.body).group(1)
