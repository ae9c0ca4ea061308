"""The invented world: every role signs in with what was printed, and nothing of it stays."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from fairealliance.accounts.models import User
from fairealliance.demo import world
from fairealliance.demo.people import Way, invented
from fairealliance.introductions.models import Introduction
from fairealliance.journal.models import Change, Entry
from fairealliance.journal.verifying import verify
from fairealliance.matching import loader
from fairealliance.matching.live import live
from fairealliance.needs.enums import Status
from fairealliance.needs.models import Need
from fairealliance.network import actions as network
from fairealliance.network.actions.asking import Asked
from fairealliance.network.models import Catalyst, Mediator, SupportRequest, Turn
from fairealliance.organisations.enums import Role
from fairealliance.organisations.models import Member, Organisation, Profile
from fairealliance.practices.models import Practice
from fairealliance.provenance.models import Source
from fairealliance.territories.models import Membership, Territory
from tests.factories import OrganisationFactory, PracticeFactory, UserFactory
from tests.starter import make_places

_WAY = re.compile(
    r"^(?P<name>[^,\n]+), (?P<plays>[^\n]+)\n +(?P<email>\S+) +(?P<password>\S+)(?:\n.*: (?P<proofs>[\d ]+))?", re.M
)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def warned(*arguments: str) -> str:
    err = StringIO()
    call_command("demo", *arguments, stdout=StringIO(), stderr=err)
    return err.getvalue()


def ways(printed: str) -> dict[str, Way]:
    """Role → how to sign in, as it is read on the screen."""
    found = {}
    for line in _WAY.finditer(printed):
        told = line.groupdict()
        found[told["email"].split("@")[0]] = Way(**{**told, "proofs": tuple((told["proofs"] or "").split())})
    return found


@pytest.fixture
def loaded(db: None) -> dict[str, Way]:
    make_places()
    return ways(run("load"))


def enter(way: Way) -> Client:
    client = Client()
    answer = client.post("/connexion/", {"login": way.email, "password": way.password})
    if way.proofs:
        assert answer["Location"] == "/connexion/seconde-preuve/"
        answer = client.post("/connexion/seconde-preuve/", {"code": way.proofs[0]})
    assert answer["Location"] == "/mon-espace/", answer.content.decode()
    return client


def test_everyone_signs_in_with_what_was_printed(loaded):
    assert set(loaded) == {person.mail for person in world.read().people}
    for way in loaded.values():
        assert "(démonstration)" in enter(way).get("/mon-espace/").content.decode()


def test_each_holds_the_role_they_play(loaded):
    desk = {mail: enter(way).get("/gestion/").status_code for mail, way in loaded.items()}
    assert {mail for mail, status in desk.items() if status == 200} == {"ines.roche", "simone.aubert"}
    nora = Member.objects.get(user__email="nora.vidal@demo.invalid")
    assert (nora.organisation.source_key, nora.role) == ("demo-passerelles-furan", Role.ADMINISTRATOR)
    assert (
        enter(loaded["nora.vidal"]).get(f"/mon-espace/organisations/{nora.organisation_id}/equipe/").status_code == 200
    )


def test_what_they_seek_is_public_and_marked(loaded):
    assert set(Need.objects.values_list("status", flat=True)) == {Status.PUBLISHED}
    need = Need.objects.get(exchange="premises", side="need")
    page = Client().get(need.get_absolute_url()).content.decode()
    assert need.title in page
    assert need.organisation.name in page
    assert Profile.objects.get(organisation=need.organisation).seeks == ["premises", "skills"]


def test_the_director_is_shown_somebody_who_completes_her_association(loaded):
    live.forget()
    loader.geography.forget()
    page = enter(loaded["nora.vidal"]).get("/mon-espace/suggestions/", follow=True).content.decode()
    completing = page.partition("Vous vous complétez")[2].partition("<h2")[0]
    assert "Forêt de liens" in completing


def test_loaded_again_passwords_change_and_what_was_played_stays(loaded):
    before = enter(loaded["nora.vidal"])
    need = Need.objects.get(side="offer")
    Need.objects.filter(pk=need.pk).update(title="Changé en jouant")
    again = ways(run("load"))
    assert again["nora.vidal"].password != loaded["nora.vidal"].password
    assert before.get("/mon-espace/").status_code == 302
    refused = Client().post(
        "/connexion/", {"login": "nora.vidal@demo.invalid", "password": loaded["nora.vidal"].password}
    )
    assert refused.status_code == 200
    assert Need.objects.get(side="offer").title == "Changé en jouant"
    assert len(invented()) == len(again) == len(loaded)
    assert Need.objects.count() == len(world.read().needs)


def test_it_goes_away_for_good_and_comes_back_when_asked(loaded):
    mine = PracticeFactory(title="Une vraie"), OrganisationFactory(name="Une vraie aussi"), UserFactory()
    cases = Practice.objects.filter(is_demo=True).count()
    changes = Change.objects.filter(kind="practice").count()
    told = run("remove", "--yes")
    assert f"{cases} exemples" in told
    assert f"{len(loaded)} personnes" in told
    for model in (Practice, Organisation, Source):
        assert not model.objects.filter(is_demo=True).exists()
    assert not Need.objects.exists()
    assert list(User.objects.all()) == [mine[2]]
    assert Practice.objects.filter(pk=mine[0].pk).exists()
    assert Organisation.objects.filter(pk=mine[1].pk).exists()
    assert Change.objects.filter(kind="practice").count() == changes + cases
    assert Entry.objects.filter(verb="demo-removed").exists()
    assert verify().is_right
    call_command("starter", verbosity=0, stdout=StringIO())
    assert not Practice.objects.filter(is_demo=True).exists()
    assert set(ways(run("load"))) == set(loaded)
    assert Practice.objects.filter(is_demo=True).count() == cases


def test_what_was_played_goes_with_those_who_played(loaded):
    """A request for support, its turn, an introduction: nothing of them stays, and the journal holds."""
    nora, elise = (User.objects.get(email=f"{mail}@demo.invalid") for mail in ("nora.vidal", "elise.marchal"))
    town, loire = (Territory.objects.resolve(ref) for ref in ("commune:42218", "departement:42"))
    Membership.objects.create(child=town, parent=loire)
    made = network.ask(by=nora, asked=Asked(town, "Des jeunes décrochent.", sector="education"), page_key="k")
    network.accept(by=elise, request=made)
    invented_rows = (Catalyst, Mediator, Introduction, SupportRequest, Turn)
    assert all(model.objects.exists() for model in invented_rows)
    run("remove", "--yes")
    assert [model.__name__ for model in invented_rows if model.objects.exists()] == []
    assert Entry.objects.filter(verb="support-accepted").exists()
    assert verify().is_right


def test_whoever_changed_their_address_goes_too(loaded):
    User.objects.filter(email="nora.vidal@demo.invalid").update(email="nora@exemple.fr")
    run("remove", "--yes")
    assert not User.objects.exists()


def test_what_is_real_and_needs_one_of_them_stops_the_removal_whole(loaded):
    real, nora = OrganisationFactory(), User.objects.get(email="nora.vidal@demo.invalid")
    Member.objects.create(organisation=real, user=nora, role=Role.ADMINISTRATOR, way="moderation")
    Member.objects.create(organisation=real, user=UserFactory(), role=Role.MEMBER, way="moderation")
    with pytest.raises(CommandError, match="Rien n’a été retiré"):
        run("remove", "--yes")
    assert Practice.objects.filter(is_demo=True).exists()
    assert len(invented()) == len(loaded)


@pytest.mark.parametrize(
    ("make", "said"),
    [(UserFactory, "1 compte réel et 0 organisation réelle"), (OrganisationFactory, "0 compte réel et 1 organisation")],
)
def test_where_something_is_real_it_is_said_what_the_invented_secretariat_may_do(db, make, said):
    make_places()
    call_command("starter", verbosity=0, stdout=StringIO())
    assert Organisation.objects.filter(is_demo=False).exists(), "the starter content is nobody's"
    assert "Attention" not in warned("load")
    make()
    assert said in warned("load").replace("\u00a0", " ")
    assert invented()


def test_removing_asks_first(loaded, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "non")
    with pytest.raises(CommandError, match="Rien n’a été retiré"):
        run("remove")
    assert Practice.objects.filter(is_demo=True).exists()
