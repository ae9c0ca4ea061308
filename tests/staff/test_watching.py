"""What the secretariat watches: who is shown in suggestions, and the journal."""

import re
from pathlib import Path

import pytest
from django.test import Client

import fairealliance
from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.actions import erase_author, record
from fairealliance.matching.actions import count_shown
from fairealliance.matching.exposure import Share
from fairealliance.organisations.enums import ClaimStatus, Role, Way
from fairealliance.organisations.members import actions as members
from fairealliance.organisations.models import Claim
from fairealliance.staff.journal import things
from tests.factories import OrganisationFactory, UserFactory
from tests.organisations.cast import entered, join, person, read

pytestmark = pytest.mark.django_db
EXPOSURE, JOURNAL = "/gestion/exposition/", "/gestion/journal/"


@pytest.fixture
def desk() -> Client:
    return entered(UserFactory(is_secretariat=True, email="sec@exemple.fr"))


def test_who_is_shown_and_what_is_owed(desk: Client) -> None:
    assert "Rien encore" in read(desk.get(EXPOSURE))
    shown, owed = OrganisationFactory(name="Très montrée"), OrganisationFactory(name="À qui l’on doit")
    count_shown(shares=[Share(shown.pk, 1.0, 0.5), Share(owed.pk, 0.0, 0.5)])
    page = read(desk.get(EXPOSURE))
    assert page.index("À qui l’on doit</a>") < page.index("Très montrée")
    assert "0,025" in page, "half of a first place is owed: half of the most is added"
    never = read(desk.get(f"{EXPOSURE}?tri=jamais"))
    assert "Très montrée" not in never
    assert read(desk.get(f"{EXPOSURE}?tri=bizarre"))


@pytest.mark.parametrize("address", [EXPOSURE, JOURNAL])
def test_as_many_queries_for_one_as_for_twenty(desk: Client, address: str, django_assert_max_num_queries) -> None:
    def add(count: int) -> None:
        for _n in range(count):
            one = OrganisationFactory()
            count_shown(shares=[Share(one.pk, 1.0, 0.5)])
            record(by=UserFactory(), verb="organisation-told", subject=f"organisation:{one.pk}")

    add(1)
    desk.get(address)
    with django_assert_max_num_queries(99) as few:
        desk.get(address)
    add(20)
    with django_assert_max_num_queries(len(few)):
        desk.get(address)


def test_the_journal_is_searched_by_who_what_on_what_and_when(desk: Client) -> None:
    ada = UserFactory(name="Ada Lovelace")
    record(by=ada, verb="organisation-told", subject="organisation:12", before="draft", after="published",
           detail={"secret": "mot caché"})  # fmt: skip
    record(by=SYSTEM, verb="need-closed", subject="need:3")

    def lines(query: str) -> list[str]:
        page = read(desk.get(f"{JOURNAL}?{query}"))
        acts = {"organisation-told": "Fiche d’organisation remplie", "need-closed": "Besoin : fermé"}
        return [verb for verb, told in acts.items() if f"<td>{told}</td>" in page]

    assert lines("qui=lovelace") == ["organisation-told"]
    assert lines("quoi=closed") == ["need-closed"], "as it is written too"
    assert lines("quoi=FERME") == ["need-closed"]
    assert lines("quoi=organisation") == ["organisation-told"]
    assert lines("sujet=organisation:12") == ["organisation-told"]
    assert lines("du=2000-01-01&au=2000-12-31") == []
    assert lines("du=2000-01-01") == ["organisation-told", "need-closed"]
    assert "mot caché" not in read(desk.get(JOURNAL)), "details may name people"
    wrong = desk.get(f"{JOURNAL}?du=demain")
    assert wrong.status_code == 400
    erase_author(user_id=ada.pk)
    assert "Lovelace" not in read(desk.get(f"{JOURNAL}?quoi=told"))


def test_the_journal_speaks_french_and_leads_to_what_it_is_about(desk: Client) -> None:
    halle, ada = OrganisationFactory(name="La Halle"), UserFactory(name="Ada")
    claim = Claim.objects.create(organisation=halle, user=ada, way=Way.MODERATION, status=ClaimStatus.WAITING)
    record(by=SYSTEM, verb="member-named", subject=f"organisation:{halle.pk}", before="member", after="administrator")
    record(by=SYSTEM, verb="claim-asked", subject=claim.ref, after="waiting")
    record(by=SYSTEM, verb="need-closed", subject="need:999", before="open", after="closed")
    record(by=SYSTEM, verb="account-renamed", subject=f"user:{ada.pk}")
    record(by=SYSTEM, verb="introduction-follow-up-answered", subject="introduction:999", before="paused", after="yes")
    page = read(desk.get(JOURNAL)).replace("\xa0", " ")
    assert f'<a href="{halle.get_absolute_url()}">Organisation : La Halle</a>' in page
    assert f'<a href="/gestion/organisations/demandes/{claim.pk}/">Demande de rattachement : La Halle</a>' in page
    assert "membre → administration" in page
    assert "elle est en pause → oui, elle vit" in page
    assert "à examiner" in page
    assert "Besoin n° 999" in page
    assert f"Compte n° {ada.pk}" in page
    coded = re.compile(r"\b(organisation|claim|need|user):\d|\bwaiting\b|\bclosed\b")
    assert [cell for cell in re.findall(r"<td>(.*?)</td>", page) if coded.search(cell)] == []
    found = read(desk.get(JOURNAL, {"sujet": "besoin n° 999"}))
    assert "Besoin : fermé" in found
    assert "Demande de rattachement" not in found


def test_every_kind_of_thing_that_is_written_has_its_words() -> None:
    written = set()
    for path in Path(fairealliance.__file__).parent.rglob("*.py"):
        if "migrations" not in path.parts:
            written |= set(re.findall(r'subject=f?"([a-z]+)[:"]', path.read_text()))
            written |= set(re.findall(r'return f"([a-z]+):\{self\.pk\}"', path.read_text()))
    assert len(written) > 20
    assert written - set(things.THINGS) == set()


@pytest.mark.parametrize("address", [EXPOSURE, JOURNAL])
def test_nobody_else_reads_them(address: str) -> None:
    assert Client().get(address).status_code == 302
    assert entered(UserFactory()).get(address).status_code == 403


def test_what_was_given_back_is_listed_until_somebody_administers_it(desk: Client) -> None:
    alone, user = OrganisationFactory(name="La Halle"), person("ada@exemple.fr")
    join(alone, user, Role.ADMINISTRATOR)
    address = "/gestion/organisations/confiees/"
    assert "La Halle" not in read(desk.get(address))
    members.entrust(by=user, organisation=alone)
    assert "La Halle" in read(desk.get(address))
    join(alone, user, Role.ADMINISTRATOR)
    assert "La Halle" not in read(desk.get(address))
